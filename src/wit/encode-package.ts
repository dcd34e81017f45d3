import type { Component, Declaration, Definition, NameAttribute } from '../component/component.ts'
import type { InstanceIndex, TypeIndex } from '../component/indices.ts'
import { type Borrowing, externName, TypeDeclarations } from './encode-types.ts'
import { attributesOf, externalIdAttributes } from './extern-attributes.ts'
import { functionsInOrder, fullName } from './interface-parts.ts'
import { withLenders } from './lenders.ts'
import { encodePackageDocs, packageDocsSection } from './package-docs.ts'
import {
  nameInPackage,
  type TypeDefinition,
  type WitInterface,
  type WitPackage,
  type WitWorld,
  type WorldItem,
} from './package.ts'

/**
 * A resolved package as a component that exports a type for each interface and world of it (WIT.md, "Package Format"), in the order
 * and with the indices of `wit-component`, docs and gates in a section of their own. Other packages are in it only as far as this
 * one uses them.
 *
 * @example
 * const name = { namespace: 'my', package: 'empty', version: undefined }
 * encodePackage({ name, docs: undefined, interfaces: new Map(), worlds: new Map() }).definitions.length // 1
 */
export function encodePackage(one: WitPackage): Component {
  const definitions: Definition[] = []
  let types = 0
  const add = (name: string, declarations: readonly Declaration[]): void => {
    const item = { sort: 'type', index: types } as const
    definitions.push({ kind: 'type', type: { kind: 'component', declarations }, offset: 0 })
    definitions.push({ kind: 'export', name: externName(name), item, type: undefined, offset: 0 })
    types += 2
  }
  for (const [name, each] of one.interfaces) add(name, encodeInterface(each))
  for (const [name, world] of one.worlds) add(name, encodeWorld(world))
  const bytes = encodePackageDocs(one)
  const range = { start: 0, end: bytes.length }
  definitions.push({ kind: 'custom', name: packageDocsSection, range, offset: 0 })
  return { bytes, range, definitions }
}

/** The interfaces that it uses types of are imported, with all of their types, and it is exported. */
function encodeInterface(one: WitInterface): Declaration[] {
  const outer = new ComponentDeclarations()
  for (const each of withLenders(one)) {
    if (each === one) outer.addInstance('export', fullName(each), each, true)
    else outer.addInstance('import', fullName(each), each, false)
  }
  return outer.types.list
}

/** A component type in a component type: the outer one gives the world its full name. */
function encodeWorld(world: WitWorld): Declaration[] {
  const inner = new ComponentDeclarations()
  for (const [name, item] of world.imports) inner.addItem('import', name, item)
  for (const [name, item] of world.exports) inner.addItem('export', name, item)
  const outer = new TypeDeclarations()
  const type = outer.type({ kind: 'component', declarations: inner.types.list })
  outer.extern('export', nameInPackage(world.package, world.name), { kind: 'component', type })
  return outer.list
}

/** The declarations of a component type, with the instances among them. */
class ComponentDeclarations {
  readonly types = new TypeDeclarations()
  #instances = 0
  /** The last instance of each interface. */
  readonly #indices = new Map<WitInterface, InstanceIndex>()
  /** Types of instances that have an index of their own. */
  readonly #aliases = new Map<TypeDefinition, TypeIndex>()

  addItem(direction: 'import' | 'export', name: string, item: WorldItem): void {
    if (item.kind === 'interface') {
      this.addInstance(direction, name, item.interface, true, attributesOf(item))
    } else if (item.kind === 'function') {
      const type = this.types.function(item.type)
      this.types.extern(direction, name, { kind: 'function', type }, externalIdAttributes(item.externalId))
    } else this.types.define(item, direction, (definition) => this.#alias(definition))
  }

  addInstance(
    direction: 'import' | 'export',
    name: string,
    one: WitInterface,
    withFunctions: boolean,
    attributes: readonly NameAttribute[] = [],
  ): void {
    const type = this.types.type({ kind: 'instance', declarations: this.#declare(one, withFunctions) })
    this.types.extern(direction, name, { kind: 'instance', type }, attributes)
    this.#indices.set(one, this.#instances++ as InstanceIndex)
    for (const definition of one.types.values()) this.#aliases.delete(definition)
  }

  #declare(one: WitInterface, withFunctions: boolean): Declaration[] {
    const inner = new TypeDeclarations()
    const borrow: Borrowing = (definition) =>
      inner.alias({ kind: 'outer', count: 1, index: this.#alias(definition) })
    for (const definition of one.types.values()) inner.define(definition, 'export', borrow)
    if (!withFunctions) return inner.list
    for (const { name, type, externalId } of functionsInOrder(one)) {
      const index = inner.function(type)
      inner.extern('export', name, { kind: 'function', type: index }, externalIdAttributes(externalId))
    }
    return inner.list
  }

  #alias(definition: TypeDefinition): TypeIndex {
    const known = this.#aliases.get(definition)
    if (known !== undefined) return known
    const instance = this.#indices.get(definition.owner as WitInterface)!
    const index = this.types.alias({ kind: 'export', instance, name: definition.name })
    this.#aliases.set(definition, index)
    return index
  }
}
