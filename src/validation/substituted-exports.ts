import type { ExternType, InstanceType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { Exports, Origin } from './origin.ts'
import { longestChain, SubstitutedFunction } from './substituted-function.ts'
import type { Substitution } from './substitution.ts'

/**
 * The exports of an instance with types replaced, each when it is asked for: of the functions of an imported interface, a
 * component uses few. What holds for an instance type whatever its resource types are is asked of `origin`.
 */
export class SubstitutedExports implements ReadonlyMap<string, ExternType> {
  /** Of the instance type as it was declared. */
  readonly origin: Origin
  readonly #source: ReadonlyMap<string, ExternType>
  readonly #substitution: Substitution
  readonly #steps: number
  /** What was asked for, by the origin's places where these are known, else by name. */
  readonly #places: ReadonlyMap<string, number> | undefined
  readonly #inPlaces: (ExternType | undefined)[] | undefined
  #byName: Map<string, ExternType> | undefined

  private constructor(source: InstanceType, origin: Origin, substitution: Substitution, steps: number) {
    this.#source = source.exports
    this.origin = origin
    this.#substitution = substitution
    this.#steps = steps
    this.#places = origin.useAgain()
    this.#inPlaces = this.#places && new Array(this.#places.size)
  }

  /**
   * @param origin of `type`
   * @param substitution complete: it gets no further replacements
   */
  static of(type: InstanceType, origin: Origin, substitution: Substitution): ReadonlyMap<string, ExternType> {
    const { exports } = type
    if (!(exports instanceof SubstitutedExports)) return new SubstitutedExports(type, origin, substitution, 1)
    const steps = exports.#steps + 1
    return steps > longestChain
      ? substitution.caughtUp(exports)
      : new SubstitutedExports(type, origin, substitution, steps)
  }

  /** What stands here where the origin has `type`. */
  inPlaceOf(type: TypeEntity): TypeEntity {
    const source = this.#source
    return this.#substitution.entity(source instanceof SubstitutedExports ? source.inPlaceOf(type) : type)
  }

  /** See `Origin`; those that stand in the place of the origin's. */
  get sources(): readonly Exports[] | undefined {
    const source = this.#source
    const sources = source instanceof SubstitutedExports ? source.sources : this.origin.sources
    return sources && this.#substitution.instancesInPlaceOf(sources)
  }

  get size(): number {
    return this.#source.size
  }

  has(name: string): boolean {
    return this.#source.has(name)
  }

  get(name: string): ExternType | undefined {
    if (this.#inPlaces === undefined) {
      const known = this.#byName?.get(name)
      if (known !== undefined) return known
      const made = this.#make(name)
      if (made === undefined) return undefined
      this.#byName ??= new Map()
      this.#byName.set(name, made)
      return made
    }
    const place = this.#places!.get(name)
    if (place === undefined) return undefined
    this.#inPlaces[place] ??= this.#make(name)
    return this.#inPlaces[place]
  }

  #make(name: string): ExternType | undefined {
    const type = this.#source.get(name)
    if (type === undefined) return undefined
    return type.kind === 'function'
      ? SubstitutedFunction.of(type, this.#substitution)
      : this.#substitution.extern(type)
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
  return exports instanceof SubstitutedExports ? exports.origin.type : type
}
