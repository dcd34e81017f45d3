import { parseExternName } from '../component/names.ts'
import {
  nameInPackage,
  type PackageName,
  printPackageName,
  type TypeDefinition,
  type WitFunction,
  type WitInterface,
  type WitPackage,
  type WitWorld,
  type WorldItem,
} from '../wit/package.ts'

import { showable } from './html.ts'

/** A page of the site, and a place in it. They depend on names alone, so that links from elsewhere stay right. */
export interface Address {
  /** Relative to the site's folder. */
  readonly page: string
  readonly anchor?: string | undefined
}

/** What a scope's anchors begin with: nothing in an interface's page, `import.` and the like in a world's. */
export interface Home {
  readonly page: string
  readonly prefix: string
}

function packagePage(name: PackageName): string {
  return `${folderOf(name)}/index.html`
}

/** By `kind` in the name, an interface called `index` or `con` is a file as good as any. */
export function itemPage(kind: 'interface' | 'world', home: PackageName, name: string): string {
  return `${folderOf(home)}/${kind}.${fileName(name)}.html`
}

function folderOf({ namespace, package: own, version }: PackageName): string {
  return `${fileName(namespace)}/${fileName(own)}${version === undefined ? '' : `@${fileName(version)}`}`
}

/** Capital letters are marked: on many file systems `A` and `a` are one. */
function fileName(name: string): string {
  return name.replace(/^\.|[^a-z0-9.+-]/g, (character) =>
    /[A-Z]/.test(character) ? `_${character.toLowerCase()}` : `=${character.codePointAt(0)!.toString(16)}`,
  )
}

/**
 * `name`, `resource.method`, `resource.constructor`. A method that is called `constructor` has two dots: no other name has.
 *
 * @example
 * functionAnchor('[method]file.read') // file.read
 */
export function functionAnchor(name: string): string {
  const parts = parseExternName(name)
  if (parts.kind === 'constructor') return `${parts.resource}.constructor`
  if (parts.kind !== 'method' && parts.kind !== 'static') return name
  return `${parts.resource}.${parts.label === 'constructor' ? '.' : ''}${parts.label}`
}

/** `record.field`, `variant.case`. */
export function partAnchor(type: string, part: string): string {
  return `${type}.${part}`
}

export function partsOf({ type }: TypeDefinition): readonly string[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map(({ name }) => name)
    case 'variant':
      return type.cases.map(({ name }) => name)
    case 'enum':
    case 'flags':
      return type.names
    default:
      return []
  }
}

/** The definition that a `use` is of, which has a place of its own. */
export function original(definition: TypeDefinition): TypeDefinition {
  let found = definition
  while (found.aliasOf !== undefined && found.aliasOf.owner !== found.owner) found = found.aliasOf
  return found
}

/** The interfaces and functions that stand in a world themselves. */
export function homeOfWorldItem(page: string, direction: 'import' | 'export', key: string): Home {
  return { page, prefix: `${direction}.${key}.` }
}

/** Where everything is that the site shows. */
export class Addresses {
  readonly #pages = new Set<string>()
  readonly #types = new Map<TypeDefinition, Address>()
  /** Of each page. */
  readonly #anchors = new Map<string, Set<string>>()

  constructor(packages: Iterable<WitPackage>) {
    for (const { name, interfaces, worlds } of packages) {
      this.#pages.add(packagePage(name))
      for (const one of interfaces.values()) {
        const home = { page: itemPage('interface', name, one.name!), prefix: '' }
        this.#addScope(one.types.values(), one.functions.values(), home)
      }
      for (const world of worlds.values()) this.#addWorld(world, itemPage('world', name, world.name))
    }
  }

  package(name: PackageName): Address | undefined {
    return this.#known(packagePage(name))
  }

  interface({ package: home, name }: WitInterface): Address | undefined {
    return name === undefined ? undefined : this.#known(itemPage('interface', home, name))
  }

  world({ package: home, name }: WitWorld): Address | undefined {
    return this.#known(itemPage('world', home, name))
  }

  /** Of a `use`: what is used. */
  type(definition: TypeDefinition): Address | undefined {
    return this.#types.get(original(definition))
  }

  /** Of `name`, `resource.method` or `record.field`, if a page has it. */
  within({ page, prefix }: Home, name: string): Address | undefined {
    const anchor = `${prefix}${name}`
    return this.#anchors.get(page)?.has(anchor) ? { page, anchor } : undefined
  }

  /** An interface or a world of a package. */
  item(home: PackageName, name: string): Address | undefined {
    return this.#known(itemPage('interface', home, name)) ?? this.#known(itemPage('world', home, name))
  }

  #known(page: string): Address | undefined {
    return this.#pages.has(page) ? { page } : undefined
  }

  #addWorld(world: WitWorld, page: string): void {
    for (const [direction, items] of [
      ['import', world.imports],
      ['export', world.exports],
    ] as const) {
      const own = ownItems(items)
      this.#addScope(own.types, own.functions, { page, prefix: `${direction}.` })
      for (const [key, one] of own.interfaces)
        this.#addScope(one.types.values(), one.functions.values(), homeOfWorldItem(page, direction, key))
    }
  }

  #addScope(types: Iterable<TypeDefinition>, functions: Iterable<WitFunction>, { page, prefix }: Home): void {
    this.#pages.add(page)
    const anchors = this.#anchors.get(page) ?? new Set()
    this.#anchors.set(page, anchors)
    for (const definition of types) {
      if (original(definition) !== definition) continue
      const anchor = `${prefix}${definition.name}`
      this.#types.set(definition, { page, anchor })
      anchors.add(anchor)
      for (const part of partsOf(definition)) anchors.add(partAnchor(anchor, part))
    }
    for (const { name } of functions) anchors.add(`${prefix}${functionAnchor(name)}`)
  }
}

/** What a world says of its own: interfaces with names have pages of theirs. */
export function ownItems(items: ReadonlyMap<string, WorldItem>): {
  readonly types: readonly TypeDefinition[]
  readonly functions: readonly WitFunction[]
  /** By label. */
  readonly interfaces: readonly (readonly [label: string, item: WitInterface])[]
} {
  const all = [...items]
  return {
    types: all.flatMap(([, item]) => (item.kind === 'type' ? [item] : [])),
    functions: all.flatMap(([, item]) => (item.kind === 'function' ? [item] : [])),
    interfaces: all.flatMap(([key, item]) =>
      item.kind === 'interface' && item.interface.name === undefined ? [[key, item.interface] as const] : [],
    ),
  }
}

/** What people call it: `ns:pkg/name@1.0.0`, or the package alone. */
export function fullName(home: PackageName, name?: string): string {
  return name === undefined ? printPackageName(home) : nameInPackage(home, name)
}

/** A link to a place of the same page; ids are text like any other. */
export function fragmentOf(anchor: string): string {
  return `#${encodeURIComponent(showable(anchor))}`
}

/** A link from one page to an address. Colons and the like are part of no file's name; anchors may have any character. */
export function href(from: string, { page, anchor }: Address): string {
  const fragment = anchor === undefined ? '' : fragmentOf(anchor)
  if (page === from && anchor !== undefined) return fragment
  const up = '../'.repeat(from.split('/').length - 1)
  return `${up}${page.split('/').map(encodeURIComponent).join('/')}${fragment}`
}
