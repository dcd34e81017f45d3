import type { NameAttribute } from '../component/component.ts'
import type { ComponentType, ExternType, InstanceType, NameAttributes } from '../component/extern-type.ts'
import { type InterfaceName, parseExternName, parseInterfaceName } from '../component/names.ts'
import { inClasses } from './elaborate.ts'
import { draftInterface, type InterfaceDraft, type PackageDrafts, packageNameOf } from './package-drafts.ts'
import {
  nameInPackage,
  type PackageName,
  type TypeDefinition,
  type WitInterface,
  type WitWorld,
  type WorldItem,
} from './package.ts'
import { sameFunction } from './same-type.ts'
import { NamedTypes, TypeReader } from './type-reader.ts'

/** Something of a component that WIT has no words for. */
export interface Unprintable {
  readonly direction: 'import' | 'export'
  /** The name of the import or export, and of the item in it. */
  readonly path: readonly string[]
  /** What it is: `a core module`. */
  readonly what: string
}

type Direction = Unprintable['direction']
type InterfaceItem = Extract<WorldItem, { kind: 'interface' }>
type Owner = TypeDefinition['owner']

/** Reads one component type into packages: a component's own, or one that a package in binary form declares. */
export class WorldReader {
  readonly unprintable: Unprintable[] = []
  readonly #drafts: PackageDrafts
  readonly #home: PackageName
  readonly #known = new NamedTypes()
  /** Interfaces that have an instance under their own name, of which WIT lets others use types; imported ones. */
  readonly #instances = new Set<Owner>()
  readonly #imported = new Set<Owner>()
  /** Where the item is that is being read. */
  #direction: Direction = 'import'
  #path: readonly string[] = []

  /** @param home the package of the world, and of the interfaces that are written in it */
  constructor(drafts: PackageDrafts, home: PackageName) {
    this.#drafts = drafts
    this.#home = home
  }

  /** The exports of a component type that exports interfaces, and imports those that they use. */
  interfaces({ imports, importAttributes, exports, exportAttributes }: ComponentType): WitInterface[] {
    const read = (direction: Direction, externs: typeof imports, attributes: NameAttributes | undefined) =>
      Array.from(externs, ([name, extern]) => {
        this.#enter(direction, name)
        if (extern.kind === 'instance') return this.#instance(name, extern, attributes?.get(name)) ?? []
        this.#report(describe(extern))
        return []
      }).flat()
    read('import', imports, importAttributes)
    return read('export', exports, exportAttributes).map(({ item }) => item.interface)
  }

  world({ imports, importAttributes, exports, exportAttributes }: ComponentType, name: string): WitWorld {
    const items = { import: new Map<string, WorldItem>(), export: new Map<string, WorldItem>() }
    const own = { package: this.#home, docs: undefined, stability: undefined }
    const world: WitWorld = { kind: 'world', name, imports: items.import, exports: items.export, ...own }
    const types = new Map<string, TypeDefinition>()
    const lends = (owner: Owner): boolean => this.#imported.has(owner)
    const reader = new TypeReader(world, types, imports, this.#known, lends, this.#report)
    for (const [each, extern] of imports)
      this.#item('import', each, extern, importAttributes?.get(each), reader, items.import)
    for (const [each, extern] of exports)
      this.#item('export', each, extern, exportAttributes?.get(each), reader, items.export)
    narrow(items.import, imports, importAttributes)
    narrow(items.export, exports, exportAttributes)
    const sorted = inClasses([...items.import, ...types], ([, item]) => item)
    items.import.clear()
    for (const [key, item] of sorted) items.import.set(key, item)
    return world
  }

  #item(
    direction: Direction,
    name: string,
    extern: ExternType,
    attributes: readonly NameAttribute[] | undefined,
    reader: TypeReader,
    items: Map<string, WorldItem>,
  ): void {
    this.#enter(direction, name)
    const externalId = externalIdIn(attributes)
    if (extern.kind === 'instance') {
      const read = this.#instance(name, extern, attributes)
      if (read === undefined) return
      if (items.has(read.key)) this.#report('another instance of the same interface')
      else items.set(read.key, read.item)
    } else if (extern.kind === 'function') {
      const isMember = name.startsWith('[')
      // A world has no words for what it exports of resources.
      const made = isMember && direction === 'export' ? undefined : reader.function(name, extern, externalId)
      if (made !== undefined) items.set(name, made)
      else this.#report(isMember ? 'a function of a resource' : 'a function of that name')
    } else if (extern.kind === 'type') {
      if (direction === 'export' && extern.type.kind === 'resource') this.#report('a resource type')
      reader.type(name, extern, externalId)
    } else this.#report(describe(extern))
  }

  /** One that is imported and exported, or known in part from elsewhere, grows. */
  #instance(
    name: string,
    instance: InstanceType,
    attributes: readonly NameAttribute[] | undefined,
  ): { readonly key: string; readonly item: InterfaceItem } | undefined {
    const meant = interfaceOf(name, attributes)
    const key = instanceKey(name, attributes)
    if (key === undefined) {
      this.#report('an instance of that name')
      return undefined
    }
    const isLabel = key === name && !name.includes(':')
    const draft = meant ? this.#drafts.interface(meant) : draftInterface(undefined, this.#home)
    this.#read(draft, instance, name)
    const { model } = draft
    if (!isLabel) {
      this.#instances.add(model)
      if (this.#direction === 'import') this.#imported.add(model)
    }
    const rest = { docs: undefined, stability: undefined, externalId: externalIdIn(attributes) }
    const label = isLabel ? name : undefined
    return { key, item: { kind: 'interface', label, interface: model, ...rest } }
  }

  #read({ model, types, functions }: InterfaceDraft, instance: InstanceType, name: string): void {
    const lends = (owner: Owner): boolean => this.#instances.has(owner)
    const reader = new TypeReader(model, types, instance.exports, this.#known, lends, this.#report)
    for (const [each, extern] of instance.exports) {
      this.#path = [name, each]
      const externalId = externalIdIn(instance.attributes?.get(each))
      if (extern.kind === 'type') reader.type(each, extern, externalId)
      else if (extern.kind !== 'function') this.#report(describe(extern))
      else {
        const made = reader.function(each, extern, externalId)
        const known = functions.get(each)
        if (made === undefined) this.#report('a function of a resource that is defined elsewhere')
        else if (known === undefined) functions.set(each, made)
        else if (!sameFunction(known.type, made.type)) this.#report('another function than before')
      }
    }
    this.#path = [name]
  }

  #enter(direction: Direction, name: string): void {
    this.#direction = direction
    this.#path = [name]
  }

  readonly #report = (what: string): void => {
    this.unprintable.push({ direction: this.#direction, path: this.#path, what })
  }
}

function describe({ kind }: ExternType): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind.replace('-', ' ')}`
}

function externalIdIn(attributes: readonly NameAttribute[] | undefined): string | undefined {
  return attributes?.find((each) => each.kind === 'external-id')?.id
}

/** Under which name a world has an instance; undefined for one that it cannot have. */
export function instanceKey(
  name: string,
  attributes: readonly NameAttribute[] | undefined,
): string | undefined {
  if (parseExternName(name).kind === 'label') return name
  const meant = interfaceOf(name, attributes)
  return meant && nameInPackage(packageNameOf(meant), meant.interface)
}

/** The interface that an instance's name means, with the attributes of the name. */
function interfaceOf(
  name: string,
  attributes: readonly NameAttribute[] | undefined,
): InterfaceName | undefined {
  let full = name
  for (const each of attributes ?? []) {
    if (each.kind === 'implements') full = each.interface
    if (each.kind === 'version-suffix') full = name + each.suffix
  }
  const parts = full.includes(':') ? parseInterfaceName(full) : undefined
  return parts?.kind === 'interface' ? parts : undefined
}

/** Says of the interfaces that have become more than what is there by what is imported or exported elsewhere. */
function narrow(
  items: Map<string, WorldItem>,
  externs: ComponentType['imports'],
  attributes: NameAttributes | undefined,
): void {
  for (const [name, extern] of externs) {
    const key = extern.kind === 'instance' ? instanceKey(name, attributes?.get(name)) : undefined
    const item = key === undefined ? undefined : items.get(key)
    if (item?.kind !== 'interface' || extern.kind !== 'instance') continue
    const { types, functions } = item.interface
    const isWhole = [...types.keys(), ...functions.keys()].every((each) => extern.exports.has(each))
    if (!isWhole) items.set(key!, { ...item, parts: new Set(extern.exports.keys()) })
  }
}
