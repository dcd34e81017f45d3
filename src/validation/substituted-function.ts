import type { FunctionType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { Field, ValueType } from '../component/value-type.ts'
import type { Substitution } from './substitution.ts'
import { everyPart, type PartTest } from './type-parts.ts'

/** Substitutions that were put off on top of each other: each further one takes stack frames to catch up with. */
export const longestChain = 8

/**
 * A function type with types replaced, its parameters and result when they are asked for: of the functions that a component hands
 * on, it looks into few. What holds for it whatever the replacements are is asked of `origin`.
 */
export class SubstitutedFunction implements FunctionType {
  readonly kind = 'function'
  readonly #source: FunctionType
  readonly #substitution: Substitution
  #made: FunctionType | undefined

  private constructor(source: FunctionType, substitution: Substitution) {
    this.#source = source
    this.#substitution = substitution
  }

  /** @param substitution complete: it gets no further replacements */
  static of(type: FunctionType, substitution: Substitution): FunctionType {
    let steps = 1
    for (let each = type; each instanceof SubstitutedFunction; each = each.#source) steps++
    return steps > longestChain ? substitution.function(type) : new SubstitutedFunction(type, substitution)
  }

  /** The function type as it was declared. */
  get origin(): FunctionType {
    return originOfFunction(this.#source)
  }

  get async(): boolean {
    return this.#source.async
  }

  get parameters(): readonly Field[] {
    return this.plain.parameters
  }

  get result(): ValueType | undefined {
    return this.plain.result
  }

  /** The same with nothing put off. */
  get plain(): FunctionType {
    this.#made ??= plainFunction(this.#substitution.function(plainFunction(this.#source)))
    return this.#made
  }

  /** What stands here where the origin has `type`. */
  inPlaceOf(type: TypeEntity): TypeEntity {
    const source = this.#source
    return this.#substitution.entity(source instanceof SubstitutedFunction ? source.inPlaceOf(type) : type)
  }
}

/** The function type that others were made from by substitution alone. */
export function originOfFunction(type: FunctionType): FunctionType {
  return type instanceof SubstitutedFunction ? type.origin : type
}

/** A function type that is an object like any other. */
export function plainFunction(type: FunctionType): FunctionType {
  return type instanceof SubstitutedFunction ? type.plain : type
}

/** Of functions with more parts, whoever asks looks at the parts themselves, and remembers what it saw of each. */
const manyParts = 64

/** The types that decide what a function type mentions: see `mentionsOf`. */
export type Mentions = readonly TypeEntity[] | undefined

/** `everyPart` of a function type; where its parts were not made yet, of the types that it mentions. */
export function everyMention<C>(
  type: FunctionType,
  known: Map<FunctionType, Mentions>,
  test: PartTest<C>,
  context: C,
): boolean {
  if (!(type instanceof SubstitutedFunction)) return everyPart(type, test, context)
  const { origin } = type
  let mentions = known.get(origin)
  if (mentions === undefined && !known.has(origin)) {
    mentions = mentionsOf(origin)
    known.set(origin, mentions)
  }
  if (mentions === undefined) return everyPart(type, test, context)
  for (const each of mentions) if (!test(type.inPlaceOf(each), context)) return false
  return true
}

/** The resource, record, variant, enum and flags types that are reached without going through another of them. Undefined where there are many parts. */
function mentionsOf(type: FunctionType): Mentions {
  const found: Found = { types: new Set(), parts: 0 }
  return everyPart(type, collectMentions, found) ? [...found.types] : undefined
}

interface Found {
  readonly types: Set<TypeEntity>
  /** Looked at so far. */
  parts: number
}

function collectMentions(type: TypeEntity, found: Found): boolean {
  found.parts++
  if (found.parts > manyParts) return false
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
    case 'resource':
      found.types.add(type)
      return true
    default:
      return everyPart(type, collectMentions, found)
  }
}
