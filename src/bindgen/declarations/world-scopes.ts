/** A world as scopes: one for each interface that it imports or exports, and its own. */
import { pascalCase } from '../../component/js-name.ts'
import { parseExternName } from '../../component/names.ts'
import type { TypeDefinition, WitFunction, WitInterface, WitWorld } from '../../wit/package.ts'
import type { Role } from './function.ts'
import { claim } from './identifiers.ts'
import { Room } from './room.ts'
import { type Direction, type InterfaceItem, Scope } from './scope.ts'

export interface InterfaceScope {
  /** The extern name. */
  readonly key: string
  readonly direction: Direction
  readonly item: InterfaceItem
  readonly scope: Scope
  /** The type of the object with its functions and classes. */
  readonly face: string
  /** What the world's own module calls it: of the package and the interface, `WasiHttpTypes`. */
  readonly namespace: string
}

export interface WorldScopes {
  readonly world: WitWorld
  readonly interfaces: readonly InterfaceScope[]
  /** The world's own types, and what it imports and exports itself: two scopes with the same names. */
  readonly imports: Scope
  readonly exports: Scope
  readonly names: WorldNames
  /** The scope that a definition is in, as one of this direction sees it. */
  find(owner: WitInterface | WitWorld, from: Direction): Scope | undefined
}

/** What the types of the world as a whole are called. */
export interface WorldNames {
  readonly world: string
  readonly imports: string
  readonly exports: string
}

/** The declarations of which side. */
export type Side = 'host' | 'guest'

/** @param label what its types are called after, in kebab-case */
export function worldScopes(world: WitWorld, label: string, side: Side): WorldScopes {
  const role = (direction: Direction): Role => `${side}-${direction}`
  const room = new Room()
  const items = { import: [...world.imports.values()], export: [...world.exports.values()] }
  const types = [...items.import, ...items.export].filter(isType)
  const scopeOf = (direction: Direction): Scope => {
    const [functions, visible] = [items[direction].filter(isFunction), items[direction].filter(isType)]
    return new Scope(undefined, direction, role(direction), types, functions, room, visible)
  }
  const imports = scopeOf('import')
  const exports = scopeOf('export')
  const own = new Set(imports.taken)
  const interfaces = [
    ...interfacesOf(world, 'import', role('import'), own, room),
    ...interfacesOf(world, 'export', role('export'), own, room),
  ]
  const name = pascalCase(label)
  const names = {
    world: claim(name, own),
    imports: claim(`${name}Imports`, own),
    exports: claim(`${name}Exports`, own),
  }
  for (const each of own) {
    imports.taken.add(each)
    exports.taken.add(each)
  }
  return { world, interfaces, imports, exports, names, find: finder(world, interfaces, imports) }
}

function interfacesOf(
  world: WitWorld,
  direction: Direction,
  role: Role,
  taken: Set<string>,
  room: Room,
): InterfaceScope[] {
  const items = direction === 'import' ? world.imports : world.exports
  return Array.from(items).flatMap(([key, item]): InterfaceScope[] => {
    if (item.kind !== 'interface') return []
    const has = ({ name }: { readonly name: string }): boolean => item.parts?.has(name) ?? true
    const types = [...item.interface.types.values()]
    const functions = [...item.interface.functions.values()].filter(has)
    const scope = new Scope(key, direction, role, types, functions, room, types.filter(has))
    const label = pascalCase(localName(key))
    const face = scope.claim(scope.taken.has(label) ? `${label}Interface` : label)
    return [{ key, direction, item, scope, face, namespace: namespaceOf(key, direction, taken) }]
  })
}

/** `types` of `wasi:http/types@0.2.6`; a label is one itself. */
function localName(key: string): string {
  const parts = parseExternName(key)
  return parts.kind === 'interface' ? parts.interface : key
}

/** Where both sides have an interface, the exported one says so. */
function namespaceOf(key: string, direction: Direction, taken: Set<string>): string {
  const parts = parseExternName(key)
  const words = parts.kind === 'interface' ? [parts.namespace, parts.package, parts.interface] : [key]
  const name = words.map(pascalCase).join('')
  return claim(direction === 'export' && taken.has(name) ? `Exported${name}` : name, taken)
}

/** What an exported interface uses comes from an export, where there is one, else from an import (WIT.md, "WIT Worlds"). */
function finder(world: WitWorld, interfaces: readonly InterfaceScope[], own: Scope): WorldScopes['find'] {
  const byInterface = { import: new Map<WitInterface, Scope>(), export: new Map<WitInterface, Scope>() }
  for (const { item, scope, direction } of interfaces) {
    const known = byInterface[direction]
    // One with a label is another one than that which others use.
    if (item.label === undefined || !known.has(item.interface)) known.set(item.interface, scope)
  }
  return (owner, from) => {
    if (owner.kind === 'world') return owner === world ? own : undefined
    return (from === 'export' ? byInterface.export.get(owner) : undefined) ?? byInterface.import.get(owner)
  }
}

function isType(item: { readonly kind: string }): item is TypeDefinition {
  return item.kind === 'type'
}

function isFunction(item: { readonly kind: string }): item is WitFunction {
  return item.kind === 'function'
}
