import { partsOf } from '../component/type-parts.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { lendersOf } from '../wit/lenders.ts'
import type { TypeDefinition, WitFunction, WitInterface, WitPackage, WitWorld } from '../wit/package.ts'
import {
  type Address,
  functionAnchor,
  fullName,
  homeOfWorldItem,
  itemPage,
  original,
  ownItems,
} from './addresses.ts'
import { ScopeNames } from './scope-names.ts'

/** Who uses a type: a function or another type. */
export interface Referrer {
  /** As people call it: `file.read`. */
  readonly name: string
  /** The interface or world that it stands in. */
  readonly within: string
  readonly address: Address
}

interface Lists {
  readonly users: Set<WitInterface>
  readonly importers: Set<WitWorld>
  readonly exporters: Set<WitWorld>
}

/** Who refers to what, read backwards. */
export class References {
  readonly #types = new Map<TypeDefinition, Referrer[]>()
  readonly #interfaces = new Map<WitInterface, Lists>()

  constructor(packages: Iterable<WitPackage>) {
    for (const { interfaces, worlds } of packages) {
      for (const one of interfaces.values()) {
        const page = itemPage('interface', one.package, one.name!)
        const within = fullName(one.package, one.name)
        this.#addScope(one.types.values(), one.functions.values(), { page, prefix: '' }, within)
        for (const lender of lendersOf(one)) this.#listsOf(lender).users.add(one)
      }
      for (const world of worlds.values()) this.#addWorld(world)
    }
  }

  /** Functions and types whose own text names the type. */
  toType(definition: TypeDefinition): readonly Referrer[] {
    return this.#types.get(definition) ?? []
  }

  toInterface(one: WitInterface): Readonly<Record<keyof Lists, ReadonlySet<WitInterface | WitWorld>>> {
    return this.#listsOf(one)
  }

  #listsOf(one: WitInterface): Lists {
    let lists = this.#interfaces.get(one)
    if (lists === undefined) {
      lists = { users: new Set(), importers: new Set(), exporters: new Set() }
      this.#interfaces.set(one, lists)
    }
    return lists
  }

  #addWorld(world: WitWorld): void {
    const page = itemPage('world', world.package, world.name)
    const within = fullName(world.package, world.name)
    for (const [direction, list, items] of [
      ['import', 'importers', world.imports],
      ['export', 'exporters', world.exports],
    ] as const) {
      for (const item of items.values())
        if (item.kind === 'interface' && item.interface.name !== undefined)
          this.#listsOf(item.interface)[list].add(world)
      const own = ownItems(items)
      // Exported functions use the types that the world imports.
      const known = direction === 'export' ? ownItems(world.imports).types : []
      this.#addScope(own.types, own.functions, { page, prefix: `${direction}.` }, within, known)
      for (const [key, one] of own.interfaces)
        this.#addScope(
          one.types.values(),
          one.functions.values(),
          homeOfWorldItem(page, direction, key),
          `${within}, ${key}`,
        )
    }
  }

  #addScope(
    types: Iterable<TypeDefinition>,
    functions: Iterable<WitFunction>,
    { page, prefix }: { readonly page: string; readonly prefix: string },
    within: string,
    known: readonly TypeDefinition[] = [],
  ): void {
    const definitions = [...types]
    const names = new ScopeNames([...known, ...definitions])
    const add = (name: string, anchor: string, mentioned: ReadonlySet<TypeDefinition>): void => {
      const referrer = { name, within, address: { page, anchor: `${prefix}${anchor}` } }
      for (const one of mentioned) {
        const referrers = this.#types.get(one)
        if (referrers === undefined) this.#types.set(one, [referrer])
        else referrers.push(referrer)
      }
    }
    for (const definition of definitions)
      if (original(definition) === definition)
        add(definition.name, definition.name, mentionedIn(definition, names))
    for (const { name, type } of functions) {
      const anchor = functionAnchor(name)
      const self = name.startsWith('[method]') ? 1 : 0
      const mentioned = new Set<TypeDefinition>()
      const seen = new Set<ValueType | ResourceType>()
      for (const { type: parameter } of type.parameters.slice(self))
        mention(parameter, names, mentioned, seen)
      // Of a constructor it is no use of the resource that it makes it.
      if (type.result && !(name.startsWith('[constructor]') && type.result.kind === 'own'))
        mention(type.result, names, mentioned, seen)
      add(anchor.replace('..', '.'), anchor, mentioned)
    }
  }
}

function mentionedIn(definition: TypeDefinition, names: ScopeNames): ReadonlySet<TypeDefinition> {
  const mentioned = new Set<TypeDefinition>()
  const seen = new Set<ValueType | ResourceType>()
  if (definition.aliasOf !== undefined) mentioned.add(original(definition.aliasOf))
  else for (const part of innerTypes(definition.type)) mention(part, names, mentioned, seen)
  return mentioned
}

/** Names end the search, and types that were seen do: they can share their parts. */
function mention(
  type: ValueType | ResourceType,
  names: ScopeNames,
  into: Set<TypeDefinition>,
  seen: Set<ValueType | ResourceType>,
): void {
  if (seen.has(type)) return
  seen.add(type)
  const definition = type.kind === 'borrow' ? names.ofBorrowed(type) : names.of(type)
  if (definition !== undefined) into.add(original(definition))
  else for (const part of innerTypes(type)) mention(part, names, into, seen)
}

function innerTypes(type: ValueType | ResourceType): readonly (ValueType | ResourceType)[] {
  if (type.kind === 'resource') return []
  return type.kind === 'own' || type.kind === 'borrow' ? [type.resource] : partsOf(type)
}
