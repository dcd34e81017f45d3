import type { FunctionType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { originOf } from './substituted-exports.ts'
import { originOfFunction } from './substituted-function.ts'
import { everyPart, type PartTest } from './type-parts.ts'

/** What is asked of every type again and again; types share their parts, so each is computed once per type object. */
export interface Facts {
  /** Its parts, parts of parts included, as if nothing were shared. */
  readonly size: number
  /** How deep types nest in it; 1 for a primitive. */
  readonly depth: number
  readonly containsBorrow: boolean
  readonly containsResource: boolean
  /** Values refer to memory beyond themselves: there is a list or a string in it (not behind a stream or future). */
  readonly containsPointer: boolean
  /** Its values may take more memory than it has parts. */
  readonly containsFixedLengthList: boolean
}

/** Computes facts, and remembers them as long as it lives. */
export class TypeFacts {
  readonly #known = new Map<TypeEntity, Facts>()

  of(type: TypeEntity): Facts {
    const leaf = leafFacts(type)
    if (leaf !== undefined) return leaf
    // What was put into another's place is as large.
    const declared = declaredType(type)
    const known = this.#known.get(declared)
    if (known !== undefined) return known
    const facts = this.#found(declared)
    // Functions are many, and if nothing was made from them are asked for once or twice.
    if (declared.kind !== 'function' || declared !== type) this.#known.set(declared, facts)
    return facts
  }

  #found(type: TypeEntity): Facts {
    const facts = { ...none, depth: 0 }
    everyPart(type, this.#add, facts)
    facts.depth++
    if (type.kind === 'stream' || type.kind === 'future') facts.containsPointer = false
    if (type.kind === 'map') facts.containsPointer = true
    if (type.kind === 'list') {
      if (type.length === undefined) facts.containsPointer = true
      else facts.containsFixedLengthList = true
    }
    return facts
  }

  /** Functions are many: their parts are added without facts of the function itself. */
  #addFunction(type: FunctionType, facts: Mutable<Facts>): boolean {
    const { depth } = facts
    facts.depth = 0
    facts.size++
    everyPart(type, this.#add, facts)
    facts.depth = Math.max(facts.depth + 1, depth)
    return true
  }

  readonly #add: PartTest<Mutable<Facts>> = (part, facts) => {
    if (part.kind === 'function' && declaredType(part) === part) return this.#addFunction(part, facts)
    const inner = this.of(part)
    facts.size += inner.size
    if (inner.depth > facts.depth) facts.depth = inner.depth
    facts.containsBorrow ||= inner.containsBorrow
    facts.containsResource ||= inner.containsResource
    facts.containsPointer ||= inner.containsPointer
    facts.containsFixedLengthList ||= inner.containsFixedLengthList
    return true
  }
}

/** The type itself, or the one that it comes from by substitution. */
function declaredType(type: TypeEntity): TypeEntity {
  return type.kind === 'instance' ? originOf(type) : type.kind === 'function' ? originOfFunction(type) : type
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const none: Facts = {
  size: 1,
  depth: 1,
  containsBorrow: false,
  containsResource: false,
  containsPointer: false,
  containsFixedLengthList: false,
}
const ofString: Facts = { ...none, containsPointer: true }
const ofResource: Facts = { ...none, containsResource: true }
const ofOwn: Facts = { ...ofResource, size: 2, depth: 2 }
const ofBorrow: Facts = { ...ofOwn, containsBorrow: true }

/** What holds for all types of a kind that has no types of different size in it; undefined for the others. */
function leafFacts(type: TypeEntity): Facts | undefined {
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'list':
    case 'tuple':
    case 'option':
    case 'result':
    case 'map':
    case 'stream':
    case 'future':
    case 'function':
    case 'instance':
    case 'component':
      return undefined
    case 'string':
      return ofString
    case 'resource':
      return ofResource
    case 'own':
      return ofOwn
    case 'borrow':
      return ofBorrow
    default:
      return none
  }
}
