import type { ExternType, FunctionType, TypeExtern } from '../component/extern-type.ts'
import { isValueType, primitive } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { TypeNames } from './print-type.ts'

export type NamedType = ValueType | ResourceType

/** Which scope defines a type, by identity, and under which name. Whoever names it first owns it; others `use` it. */
export type Owners = Map<NamedType, { readonly scope: Scope; readonly name: string }>

/** `use interface.{name as local}`. */
export interface Use {
  readonly name: string
  readonly local: string
  /** Lines that stand before it: gates. */
  readonly before?: readonly string[]
}

/** A type that a scope defines, or another name for one that it knows. */
export interface Definition {
  readonly name: string
  readonly type: NamedType
  readonly aliasOf: string | undefined
}

/** What is printed between the braces of an interface or a world. */
export interface PrintedScope {
  readonly definitions: readonly Definition[]
  readonly functions: ReadonlyMap<string, FunctionType>
  /** By the lending interface's name. */
  readonly uses: ReadonlyMap<string, readonly Use[]>
  readonly unprintable: readonly (readonly [name: string, type: ExternType])[]
  readonly nameOf: TypeNames
  /** The lines before a type or a function, by extern name: docs and gates. Components know none. */
  before?(name: string): readonly string[]
  /** The lines before a part of a type. */
  beforePart?(type: string, part: string): readonly string[]
}

/** What stands between the braces of an interface or a world: types, functions, and what other interfaces lend. */
export class Scope implements PrintedScope {
  /** `ns:pkg/name@version`; undefined for a world and for interfaces that are written inside of one. */
  readonly interface: string | undefined
  readonly definitions: Definition[] = []
  readonly functions = new Map<string, FunctionType>()
  /** By the lending interface's name. Complete only when everything else has been printed. */
  readonly uses = new Map<string, Use[]>()
  /** What WIT has no words for: exported components, values and so on. */
  readonly unprintable: [name: string, type: ExternType][] = []
  readonly #owners: Owners
  readonly #names = new Map<NamedType, string>()
  readonly #taken = new Set<string>()

  constructor(name: string | undefined, owners: Owners) {
    this.interface = name
    this.#owners = owners
  }

  /** Adds what is not there yet: an interface that is imported and exported is the union of both. */
  add(items: Iterable<readonly [string, ExternType]>): void {
    for (const [name, item] of items) {
      if (item.kind === 'type') this.#addType(name, item)
      else if (item.kind !== 'function') this.unprintable.push([name, item])
      else if (!this.functions.has(name)) this.functions.set(name, item)
    }
  }

  #addType(name: string, item: TypeExtern): void {
    const { type } = item
    if (type.kind !== 'resource' && !isValue(type)) {
      this.unprintable.push([name, item])
      return
    }
    const owner = this.#owners.get(type)
    if (this.#taken.has(name)) {
      this.#learn(type, name)
      return
    }
    this.#taken.add(name)
    if (owner === undefined) this.#define(name, type)
    else if (owner.scope === this) this.definitions.push({ name, type, aliasOf: owner.name })
    else if (owner.scope.interface === undefined) this.definitions.push({ name, type, aliasOf: undefined })
    else this.#use(owner.scope.interface, owner.name, name)
    if (!this.#names.has(type)) this.#learn(type, name)
  }

  #define(name: string, type: NamedType): void {
    this.definitions.push({ name, type, aliasOf: undefined })
  }

  #learn(type: NamedType, name: string): void {
    // A primitive that is written in place is one object everywhere; nobody can own it.
    if (type.kind !== 'resource' && type === primitive(type.kind as 'bool')) return
    this.#names.set(type, name)
    if (!this.#owners.has(type)) this.#owners.set(type, { scope: this, name })
  }

  #use(from: string, name: string, local: string): void {
    const uses = this.uses.get(from)
    if (uses) uses.push({ name, local })
    else this.uses.set(from, [{ name, local }])
  }

  /** The name of a type here; one that is known only elsewhere is `use`d from there. */
  readonly nameOf: TypeNames = (type) => {
    const known = this.#names.get(type)
    if (known !== undefined) return known
    const owner = this.#owners.get(type)
    if (owner?.scope.interface === undefined) return owner?.name
    const local = this.#freeName(owner.name)
    this.#taken.add(local)
    this.#names.set(type, local)
    this.#use(owner.scope.interface, owner.name, local)
    return local
  }

  #freeName(name: string): string {
    let free = name
    for (let count = 2; this.#taken.has(free); count++) free = `${name}-${count}`
    return free
  }
}

function isValue(type: TypeExtern['type']): type is ValueType {
  return isValueType(type)
}
