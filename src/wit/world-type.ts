import type { NameAttribute } from '../component/component.ts'
import type {
  ComponentType,
  ExternType,
  FunctionType,
  InstanceType,
  NameAttributes,
  ResourceHandles,
  TypeExtern,
} from '../component/extern-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'
import { attributesOf, externalIdAttributes } from './extern-attributes.ts'
import { fullName, functionsInOrder } from './interface-parts.ts'
import { withLenders } from './lenders.ts'
import { mapParts } from './map-parts.ts'
import type { TypeDefinition, WitInterface, WitWorld, WorldItem } from './package.ts'
import { handlesOf } from './resource-handles.ts'

/**
 * A world as the type of a component that imports and exports all of it: what `validate` says of such a component. Every call makes
 * resource types of their own, one for each import and export of an interface that defines one.
 *
 * The other way is `worldOf`.
 *
 * @throws {TenonError} code `wit`, where the world uses a type of an interface that it does not import: worlds of resolved
 *   packages import what their interfaces need
 * @example
 * const empty = { namespace: 'my', package: 'app', version: undefined }
 * const run = { kind: 'function', name: 'run', type: func([], u8) }
 * const world = { kind: 'world', name: 'app', package: empty, imports: new Map(), exports: new Map([['run', run]]) }
 * worldType(world).exports.get('run').result // { kind: 'u8' }
 */
export function worldType(world: WitWorld): ComponentType {
  const scopes = new ComponentScope()
  const imports = scopes.items(world.imports)
  const exports = scopes.items(world.exports)
  return componentType(imports, exports)
}

/**
 * An interface as its package has it in binary form: the type of a component that exports it, and imports the types that it uses of
 * others. The other way is `interfaceOf`.
 *
 * @example
 * const name = { namespace: 'my', package: 'app', version: undefined }
 * const run = { kind: 'function', name: 'run', type: func([], u8) }
 * const runner = { kind: 'interface', name: 'runner', package: name, types: new Map(), functions: new Map([['run', run]]) }
 * interfaceType(runner).exports.get('my:app/runner').exports.get('run').result // { kind: 'u8' }
 */
export function interfaceType(one: WitInterface): ComponentType {
  const scopes = new ComponentScope()
  const imports = new Side()
  const exports = new Side()
  for (const each of withLenders(one)) {
    if (each === one) exports.add(fullName(each), scopes.instance(each, true), [])
    else imports.add(fullName(each), scopes.instance(each, false), [])
  }
  return componentType(imports, exports)
}

function componentType(imports: Side, exports: Side): ComponentType {
  return {
    kind: 'component',
    imports: imports.externs,
    exports: exports.externs,
    ...(imports.attributes && { importAttributes: imports.attributes }),
    ...(exports.attributes && { exportAttributes: exports.attributes }),
  }
}

/** The imports or the exports of a component, or the exports of an instance. */
class Side {
  readonly externs = new Map<string, ExternType>()
  #attributes: Map<string, readonly NameAttribute[]> | undefined

  add(name: string, type: ExternType, attributes: readonly NameAttribute[]): void {
    this.externs.set(name, type)
    if (attributes.length === 0) return
    this.#attributes ??= new Map()
    this.#attributes.set(name, attributes)
  }

  get attributes(): NameAttributes | undefined {
    return this.#attributes
  }
}

type TypeLookup = (definition: TypeDefinition) => TypeExtern

/** What a world or an interface refers to: its own types, and the last instance of each interface. */
class ComponentScope {
  readonly #types = new TypeScope()
  readonly #instances = new Map<WitInterface, TypeScope>()
  readonly #lend: TypeLookup = (definition) => this.#lent(definition)

  items(items: WitWorld['imports']): Side {
    const side = new Side()
    for (const [name, item] of items) side.add(name, this.#item(item), attributesOf(item))
    return side
  }

  #item(item: WorldItem): ExternType {
    if (item.kind === 'interface') return this.instance(item.interface, true)
    if (item.kind === 'function') return this.#types.function(item.type)
    return this.#types.define(item, this.#lend)
  }

  instance(one: WitInterface, withFunctions: boolean): InstanceType {
    const scope = new TypeScope()
    const side = new Side()
    for (const [name, each] of one.types) {
      side.add(name, scope.define(each, this.#lend), externalIdAttributes(each.externalId))
    }
    for (const { name, type, externalId } of withFunctions ? functionsInOrder(one) : []) {
      side.add(name, scope.function(type), externalIdAttributes(externalId))
    }
    this.#instances.set(one, scope)
    const { externs, attributes } = side
    return { kind: 'instance', exports: externs, ...(attributes && { attributes }) }
  }

  #lent({ owner, name }: TypeDefinition): TypeExtern {
    const found = owner.kind === 'interface' ? this.#instances.get(owner)?.types.get(name) : undefined
    if (found !== undefined) return found
    throw new TenonError('wit', `type \`${name}\` is used of \`${owner.name}\`, which is not imported`)
  }
}

/** The types of one instance, or of the component itself. */
class TypeScope {
  /** By name. */
  readonly types = new Map<string, TypeExtern>()
  /** What stands for the types of the model here, those without names as well. */
  readonly #made = new Map<ValueType, ValueType>()
  readonly #handles = new Map<ResourceType, ResourceHandles>()

  define(definition: TypeDefinition, lend: TypeLookup): TypeExtern {
    const { type, handles } = definition
    const made = this.#extern(definition, lend)
    this.types.set(definition.name, made)
    if (type.kind !== 'resource') this.#made.set(type, made.type as ValueType)
    else {
      if (!this.#handles.has(type)) this.#handles.set(type, made.handles!)
      this.#made.set(handles!.own, made.handles!.own)
      this.#made.set(handles!.borrow, made.handles!.borrow)
    }
    return made
  }

  #extern({ name, type, aliasOf, owner }: TypeDefinition, lend: TypeLookup): TypeExtern {
    if (aliasOf !== undefined && aliasOf.owner !== owner) {
      const lent = lend(aliasOf)
      return { ...lent, bound: 'eq', aliasOf: lent }
    }
    if (aliasOf !== undefined) {
      const other = this.types.get(aliasOf.name)!
      if (other.type.kind === 'resource')
        return { ...other, bound: 'eq', aliasOf: other, handles: handlesOf(other.type) }
      return { kind: 'type', bound: 'eq', type: { ...other.type }, aliasOf: other }
    }
    // With a name, a handle is told from those that the resource's names mean.
    if (type.kind === 'own' || type.kind === 'borrow')
      return { kind: 'type', bound: 'eq', type: { ...this.#structure(type) } }
    if (type.kind !== 'resource') return { kind: 'type', bound: 'eq', type: this.#structure(type) }
    const resource: ResourceType = { kind: 'resource', name }
    return { kind: 'type', bound: 'sub', type: resource, handles: handlesOf(resource) }
  }

  function({ async, parameters, result }: FunctionType): FunctionType {
    const made = parameters.map(({ name, type }) => ({ name, type: this.#value(type) }))
    return { kind: 'function', async, parameters: made, result: result && this.#value(result) }
  }

  /** Types share their parts: each is made once. */
  readonly #value = (type: ValueType): ValueType => {
    const known = this.#made.get(type)
    if (known !== undefined) return known
    const made = this.#structure(type)
    this.#made.set(type, made)
    return made
  }

  #structure(type: ValueType): ValueType {
    if (type.kind === 'own' || type.kind === 'borrow') return this.#handles.get(type.resource)![type.kind]
    return mapParts(type, this.#value)
  }
}
