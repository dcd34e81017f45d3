import type { ExternType, InstanceType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { SubstitutedFunction } from './substituted-function.ts'
import type { Substitution } from './substitution.ts'

/** Substitutions that were put off on top of each other: each further one takes a stack frame to catch up with. */
const longestChain = 8

/**
 * The exports of an instance with types replaced, each when it is asked for: of the functions of an imported interface, a
 * component uses few. What holds for an instance type whatever its resource types are is asked of `origin`.
 */
export class SubstitutedExports implements ReadonlyMap<string, ExternType> {
  /** The instance type as it was declared. */
  readonly origin: InstanceType
  readonly #source: ReadonlyMap<string, ExternType>
  readonly #substitution: Substitution
  readonly #made = new Map<string, ExternType>()
  readonly #steps: number

  private constructor(source: InstanceType, substitution: Substitution, steps: number) {
    this.#source = source.exports
    this.origin = originOf(source)
    this.#substitution = substitution
    this.#steps = steps
  }

  /** @param substitution complete: it gets no further replacements */
  static of(type: InstanceType, substitution: Substitution): ReadonlyMap<string, ExternType> {
    const { exports } = type
    const steps = exports instanceof SubstitutedExports ? exports.#steps + 1 : 1
    return steps > longestChain
      ? substitution.externs(exports)
      : new SubstitutedExports(type, substitution, steps)
  }

  /** What stands here where the origin has `type`. */
  inPlaceOf(type: TypeEntity): TypeEntity {
    const source = this.#source
    return this.#substitution.entity(source instanceof SubstitutedExports ? source.inPlaceOf(type) : type)
  }

  get size(): number {
    return this.#source.size
  }

  has(name: string): boolean {
    return this.#source.has(name)
  }

  get(name: string): ExternType | undefined {
    const made = this.#made.get(name)
    if (made !== undefined) return made
    const type = this.#source.get(name)
    if (type === undefined) return undefined
    const replaced =
      type.kind === 'function'
        ? SubstitutedFunction.of(type, this.#substitution)
        : this.#substitution.extern(type)
    this.#made.set(name, replaced)
    return replaced
  }

  keys(): MapIterator<string> {
    return this.#source.keys()
  }

  *entries(): MapIterator<[string, ExternType]> {
    for (const name of this.#source.keys()) yield [name, this.get(name)!]
  }

  *values(): MapIterator<ExternType> {
    for (const name of this.#source.keys()) yield this.get(name)!
  }

  [Symbol.iterator](): MapIterator<[string, ExternType]> {
    return this.entries()
  }

  forEach(call: (type: ExternType, name: string, map: ReadonlyMap<string, ExternType>) => void): void {
    for (const [name, type] of this) call(type, name, this)
  }
}

/** What stands in the exports of an instance where its origin has `type`. */
export function inPlaceOf(type: TypeEntity, { exports }: InstanceType): TypeEntity {
  return exports instanceof SubstitutedExports ? exports.inPlaceOf(type) : type
}

/** The instance type that others were made from by substitution alone. */
export function originOf(type: InstanceType): InstanceType {
  const { exports } = type
  return exports instanceof SubstitutedExports ? exports.origin : type
}

const namesOfTypes = new WeakMap<InstanceType, readonly string[]>()

/** The names of the types among the exports of an instance: to ask for these only makes none of the rest. */
export function typeNames(type: InstanceType): readonly string[] {
  const origin = originOf(type)
  const known = namesOfTypes.get(origin)
  if (known !== undefined) return known
  const names: string[] = []
  for (const [name, { kind }] of origin.exports) if (kind === 'type') names.push(name)
  namesOfTypes.set(origin, names)
  return names
}
