/**
 * The source of one function, as it is written: straight-line text with locals that have names of their own. All that
 * comes from a component (names of fields and cases, paths) goes through `quote`.
 */
import { limits } from '../../component/limits.ts'
import type { PointerType } from '../../abi/pointer.ts'
import type { FutureType, ResourceType, StreamType, ValueType } from '../../component/value-type.ts'
import { isInherited } from '../../runtime/elements.ts'
import { describeType } from '../../runtime/mismatch.ts'

/** Quotes a name for generated source. */
export function quote(name: string): string {
  // Lone surrogates and line separators are escaped, too: nothing of a name is read as anything but text.
  return JSON.stringify(name).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)
}

/** A property of an object literal: `"__proto__": x` would set the prototype. */
export function quoteKey(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : quote(name)
}

/** What an object has under a name. */
export function property(object: string, name: string): string {
  return isInherited(name) ? `ownProperty(${object}, ${quote(name)})` : `${object}[${quote(name)}]`
}

/** Where a value is, for messages: `argument b.points[#].x` with the index in a local. */
export interface Place {
  readonly text: string
  /** The locals that the `#`s stand for, in order. */
  readonly indices: readonly string[]
}

export function field(place: Place, name: string): Place {
  return { ...place, text: `${place.text}.${name}` }
}

export function element(place: Place, index: string): Place {
  return { text: `${place.text}[#]`, indices: [...place.indices, index] }
}

/** What can be wrong at one place of the source. */
export interface Site {
  readonly place: string
  /** What belongs there, as messages name it. */
  readonly expected: string
}

/** Describes its type when something is wrong there. */
class TypeSite implements Site {
  readonly place: string
  readonly #type: ValueType

  constructor(place: string, type: ValueType) {
    this.place = place
    this.#type = type
  }

  get expected(): string {
    return describeType(this.#type)
  }
}

/** The signature is for the literal interpreter, which writes nothing out. */
export class TooLarge extends Error {}

interface NamedEnds {
  readonly type: StreamType | FutureType
  readonly pointer: PointerType
  written: boolean
  readonly name: string
}

/** What all functions of one signature share. */
export class Shared {
  readonly sites: Site[] = []
  /** Types of values that the source refers to: enum names, classes, resources. */
  readonly #constants = new Map<unknown, string>()
  /** Resource types that it refers to. */
  readonly #resources = new Map<ResourceType, string>()
  /** Types of streams and futures that it refers to. */
  readonly #ends = new Map<ValueType, NamedEnds>()
  #nodes = 0
  #locals = 0

  /**
   * Counts a part of a type that is being written out. Types share their parts: a tiny file can name one whose parts, all
   * written out, fill the memory.
   *
   * @throws {TooLarge}
   */
  node(): void {
    if (++this.#nodes > limits.generatedTypeParts) throw new TooLarge()
  }

  local(hint: string): string {
    return `${hint}${this.#locals++}`
  }

  site(place: Place, type: ValueType): number {
    return this.sites.push(new TypeSite(place.text, type)) - 1
  }

  /** A name for something that lives outside of the source. */
  constant(value: unknown, hint: string): string {
    let name = this.#constants.get(value)
    if (name === undefined) {
      name = `${hint}$${this.#constants.size}`
      this.#constants.set(value, name)
    }
    return name
  }

  /** The name of the resource that a type is bound to. */
  resource(type: ResourceType): string {
    let name = this.#resources.get(type)
    if (name === undefined) {
      name = `resource$${this.#resources.size}`
      this.#resources.set(type, name)
    }
    return name
  }

  get resources(): ReadonlyMap<ResourceType, string> {
    return this.#resources
  }

  /**
   * The name of what moves streams, or futures, of a type.
   *
   * @param written they may be the host's, which writes to them
   */
  ends(type: StreamType | FutureType, pointer: PointerType, written: boolean): string {
    let known = this.#ends.get(type)
    if (known === undefined) {
      known = { type, pointer, written, name: `ends$${this.#ends.size}` }
      this.#ends.set(type, known)
    }
    known.written ||= written
    return known.name
  }

  get allEnds(): readonly Readonly<NamedEnds>[] {
    return [...this.#ends.values()]
  }

  get constants(): ReadonlyMap<unknown, string> {
    return this.#constants
  }
}

/** Locals of a call that only some functions need, and what they begin as. */
export interface CallLocals {
  /** Where lists are written while they are read. */
  readonly scratch: string
  /** More than one handle may be passed. */
  readonly stamped: boolean
}

const callLocals = {
  stamp: 'nextStamp()',
  /** Handles in lists that are lent. */
  loans: 'new Loans()',
  /** The scratch as a DataView, since the last time that bytes of it were taken. */
  written: 'undefined',
  /** Counts borrows that the guest has to drop. */
  scope: 'undefined',
  /** Those that are lifted for the host. */
  futures: 'new Futures()',
  /** Bytes that were lifted so far. */
  lifted: '0',
} as const

export class Source {
  readonly shared: Shared
  readonly #lines: string[] = []
  readonly #declarations: string[] = []
  readonly #callLocals = new Set<string>()
  readonly #scratch: string
  readonly #stamped: boolean
  #depth = 1

  constructor(shared: Shared, { scratch, stamped }: CallLocals) {
    this.shared = shared
    this.#scratch = scratch
    this.#stamped = stamped
  }

  /** What tells the uses of one handle in this call from those in others. */
  stamp(): string {
    return this.#stamped ? this.needs('stamp') : '0'
  }

  /** Declares a local of the call, and returns its name. */
  needs(name: keyof typeof callLocals | 'scratch'): string {
    if (!this.#callLocals.has(name)) {
      this.#callLocals.add(name)
      this.#declarations.push(`  let ${name} = ${name === 'scratch' ? this.#scratch : callLocals[name]}`)
    }
    return name
  }

  has(name: keyof typeof callLocals | 'scratch'): boolean {
    return this.#callLocals.has(name)
  }

  line(text: string): void {
    this.#lines.push('  '.repeat(this.#depth) + text)
  }

  /** A constant of the block. */
  constant(hint: string, value: string): string {
    const name = this.shared.local(hint)
    this.line(`const ${name} = ${value}`)
    return name
  }

  /** A variable of the function, declared at its top. */
  variable(hint: string, initial: string): string {
    const name = this.shared.local(hint)
    this.#declarations.push(`  let ${name} = ${initial}`)
    return name
  }

  /** `header {` … `}`. */
  block(header: string, body: () => void): void {
    this.line(`${header} {`)
    this.indented(body)
    this.line('}')
  }

  indented(body: () => void): void {
    this.#depth++
    body()
    this.#depth--
  }

  toString(): string {
    return [...this.#declarations, ...this.#lines].join('\n')
  }
}

/** Source that is ready to be evaluated. */
export interface Generated {
  /** A function expression. */
  readonly text: string
  readonly shared: Shared
}
