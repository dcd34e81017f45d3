import type { FunctionType, TypeExtern } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'
import { isValueType } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { mapParts } from './map-parts.ts'
import {
  nameInPackage,
  type TypeDefinition,
  type WitFunction,
  type WitInterface,
  type WitWorld,
} from './package.ts'
import { handlesOf } from './resource-handles.ts'
import { type Counterpart, sameType } from './same-type.ts'

/** Says that there is something in a component that WIT has no words for. */
export type ReportUnprintable = (problem: string) => void

/** What stands in the model for the named types of one component type. */
export class NamedTypes {
  readonly #definitions = new Map<TypeExtern, TypeDefinition>()
  readonly #externs = new Map<TypeDefinition, TypeExtern>()
  /** By type object; handles of a resource by themselves. */
  readonly #byType = new Map<ValueType | ResourceType, TypeDefinition>()

  learn(extern: TypeExtern, definition: TypeDefinition): void {
    this.#definitions.set(extern, definition)
    this.#externs.set(definition, extern)
    for (const type of typesOf(extern)) if (!this.#byType.has(type)) this.#byType.set(type, definition)
  }

  /** What a type is another name of. */
  aliased({ aliasOf, bound, type }: TypeExtern): TypeDefinition | undefined {
    if (aliasOf !== undefined) return this.#definitions.get(aliasOf)
    return bound === 'eq' && type.kind === 'resource' ? this.find(type) : undefined
  }

  find(type: ValueType | ResourceType): TypeDefinition | undefined {
    return this.#byType.get(type)
  }

  /** Whether it is the last instance of its interface that lends this: another one cannot be named in WIT. */
  isLast(extern: TypeExtern, definition: TypeDefinition): boolean {
    return this.#externs.get(definition) === extern
  }
}

function typesOf({ type, handles }: TypeExtern): (ValueType | ResourceType)[] {
  if (handles !== undefined) return [type as ResourceType, handles.own, handles.borrow]
  return [type as ValueType | ResourceType]
}

/** Reads the types and functions of one interface or world into the model, each mention of a named type by its name there. */
export class TypeReader {
  readonly #owner: WitInterface | WitWorld
  readonly #types: Map<string, TypeDefinition>
  readonly #names: ReadonlyMap<string, unknown>
  readonly #known: NamedTypes
  readonly #lends: (owner: TypeDefinition['owner']) => boolean
  readonly #report: ReportUnprintable
  /** By type object of the component: what goes by a name here. */
  readonly #named = new Map<ValueType | ResourceType, TypeDefinition>()
  /** The name that a definition of elsewhere has here. */
  readonly #used = new Map<TypeDefinition, TypeDefinition>()
  readonly #made = new Map<ValueType, ValueType>()

  /**
   * @param types of `owner`, which may have some already: what is known of an interface grows
   * @param names of all that is read into `owner`
   * @param lends whether types can be used of another interface or world
   */
  constructor(
    owner: WitInterface | WitWorld,
    types: Map<string, TypeDefinition>,
    names: ReadonlyMap<string, unknown>,
    known: NamedTypes,
    lends: (owner: TypeDefinition['owner']) => boolean,
    report: ReportUnprintable,
  ) {
    this.#owner = owner
    this.#types = types
    this.#names = names
    this.#known = known
    this.#lends = lends
    this.#report = report
    for (const each of types.values()) if (each.aliasOf !== undefined) this.#used.set(each.aliasOf, each)
  }

  type(name: string, extern: TypeExtern, externalId: string | undefined): void {
    const { type } = extern
    if (type.kind !== 'resource' && !isValueType(type)) {
      this.#report(`a type of ${type.kind}s`)
      return
    }
    const known = this.#types.get(name)
    const agrees = known !== undefined && this.#agrees(known, extern, type)
    if (known !== undefined && !agrees) this.#report('another type than before')
    const definition = agrees ? known : this.#define(this.#own(name, extern), extern, type, externalId)
    this.#known.learn(extern, definition)
    for (const each of typesOf(extern)) if (!this.#named.has(each)) this.#named.set(each, definition)
  }

  /** Undefined for one that is no function of WIT: of a resource of elsewhere, or with another sort of name. */
  function(name: string, type: FunctionType, externalId: string | undefined): WitFunction | undefined {
    const parts = parseExternName(name)
    if (parts.kind !== 'label' && !('resource' in parts)) return undefined
    if ('resource' in parts && !this.#isOwnResource(parts.resource)) return undefined
    const parameters = type.parameters.map((one) => ({ name: one.name, type: this.#value(one.type) }))
    const result = type.result && this.#value(type.result)
    const made: FunctionType = { kind: 'function', async: type.async, parameters, result }
    return { kind: 'function', name, type: made, docs: undefined, stability: undefined, externalId }
  }

  #isOwnResource(name: string): boolean {
    const found = this.#types.get(name)
    return found?.type.kind === 'resource' && found.aliasOf === undefined
  }

  #agrees(known: TypeDefinition, extern: TypeExtern, type: ValueType | ResourceType): boolean {
    const alias = this.#known.aliased(extern)
    if (type.kind !== 'resource')
      return (
        known.type.kind !== 'resource' &&
        sameType(known.type, alias ? (alias.type as ValueType) : type, this.#counterpart)
      )
    if (alias === undefined) return known.type.kind === 'resource' && known.aliasOf === undefined
    return known.type === alias.type
  }

  readonly #counterpart: Counterpart = (type) => {
    const found = this.#named.get(type) ?? this.#known.find(type)
    return (type.kind === 'own' || type.kind === 'borrow' ? found?.handles?.[type.kind] : found?.type) as
      | typeof type
      | undefined
  }

  #define(
    name: string,
    extern: TypeExtern,
    type: ValueType | ResourceType,
    externalId: string | undefined,
  ): TypeDefinition {
    const alias = this.#known.aliased(extern)
    if (alias?.owner === this.#owner) return this.#add(name, { ...sameScopeAlias(alias), externalId })
    if (alias !== undefined && this.#canUse(alias, extern)) return this.#use(name, alias, externalId)
    if (type.kind !== 'resource') {
      // A handle that has a name is told from those that the resource's names mean.
      return this.#add(name, { type: { ...this.#structure(type) }, externalId })
    }
    const own = this.#named.get(type)
    if (own !== undefined) return this.#add(name, { ...sameScopeAlias(own), externalId })
    if (alias !== undefined) this.#report(`the same resource type as ${pathOf(alias)}`)
    return this.#defineResource(name, externalId)
  }

  #canUse(definition: TypeDefinition, { aliasOf }: TypeExtern): boolean {
    if (!this.#lends(definition.owner)) return false
    return definition.type.kind !== 'resource' || !aliasOf || this.#known.isLast(aliasOf, definition)
  }

  #defineResource(name: string, externalId?: string): TypeDefinition {
    const resource: ResourceType = { kind: 'resource', name }
    return this.#add(name, { type: resource, handles: handlesOf(resource), externalId })
  }

  #use(name: string, aliasOf: TypeDefinition, externalId?: string): TypeDefinition {
    const { type, handles } = aliasOf
    return this.#add(name, { type, handles, aliasOf, externalId })
  }

  #add(
    name: string,
    parts: Pick<TypeDefinition, 'type'> & Partial<Pick<TypeDefinition, 'handles' | 'aliasOf' | 'externalId'>>,
  ): TypeDefinition {
    const definition: TypeDefinition = {
      kind: 'type',
      name,
      owner: this.#owner,
      docs: undefined,
      stability: undefined,
      partDocs: new Map(),
      handles: undefined,
      aliasOf: undefined,
      externalId: undefined,
      ...parts,
    }
    this.#types.set(name, definition)
    if (definition.aliasOf !== undefined && !this.#used.has(definition.aliasOf))
      this.#used.set(definition.aliasOf, definition)
    return definition
  }

  readonly #value = (type: ValueType): ValueType => {
    const known = this.#made.get(type)
    if (known !== undefined) return known
    const found = this.#find(type)
    let made: ValueType
    if (found === undefined) made = this.#structure(type)
    else if (type.kind === 'own' || type.kind === 'borrow')
      made = found.handles?.[type.kind] ?? (found.type as ValueType)
    else made = found.type as ValueType
    this.#made.set(type, made)
    return made
  }

  #structure(type: ValueType): ValueType {
    if (type.kind !== 'own' && type.kind !== 'borrow') return mapParts(type, this.#value)
    const resource = this.#find(type.resource)
    if (resource?.handles !== undefined) return resource.handles[type.kind]
    return this.#defineResource(this.#freeName(type.resource.name ?? 'resource')).handles![type.kind]
  }

  /** The definition that a type is mentioned by, under a name that is known here. */
  #find(type: ValueType | ResourceType): TypeDefinition | undefined {
    const own = this.#named.get(type)
    if (own !== undefined) return own
    const other = this.#known.find(type)
    if (other === undefined || other.owner === this.#owner) return other
    const made = this.#used.get(other) ?? this.#bring(other, type)
    this.#named.set(type, made)
    return made
  }

  /** A type that nothing here gives a name is used under its own; if it cannot be, it is defined once more. */
  #bring(other: TypeDefinition, type: ValueType | ResourceType): TypeDefinition {
    const name = this.#freeName(other.name)
    if (this.#lends(other.owner)) return this.#use(name, other)
    if (other.type.kind !== 'resource' && isValueType(type))
      return this.#add(name, { type: { ...this.#structure(type) } })
    this.#report(`the resource type of ${pathOf(other)}`)
    return this.#defineResource(name)
  }

  /** The name that a type has, if nothing else has it. */
  #own(name: string, extern: TypeExtern): string {
    const isOwn = !this.#names.has(name) || this.#names.get(name) === extern
    return isOwn && !this.#types.has(name) ? name : this.#freeName(name)
  }

  #freeName(name: string): string {
    let free = name
    for (let count = 2; this.#types.has(free) || this.#names.has(free); count++) free = `${name}-${count}`
    return free
  }
}

function sameScopeAlias(alias: TypeDefinition): Pick<TypeDefinition, 'type' | 'handles' | 'aliasOf'> {
  const { type } = alias
  if (type.kind === 'resource') return { type, handles: handlesOf(type), aliasOf: alias }
  return { type: { ...type }, handles: undefined, aliasOf: alias }
}

function pathOf({ owner, name }: TypeDefinition): string {
  const path = owner.name === undefined ? name : `${nameInPackage(owner.package, owner.name)} › ${name}`
  return `\`${path}\``
}
