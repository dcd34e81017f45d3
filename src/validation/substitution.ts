import type {
  ComponentType,
  ExternType,
  FunctionType,
  InstanceType,
  ResourceHandles,
  TypeExtern,
} from '../component/extern-type.ts'
import { isValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { Field, ResourceType, ValueType } from '../component/value-type.ts'
import type { Exports, Origin } from './origin.ts'
import type { NamedType, Replacements } from './replacements.ts'
import { SubstitutedExports } from './substituted-exports.ts'
import type { TypeStore } from './type-store.ts'

/** The handles that go by each name of a resource type. */
export type ResourceNames = ReadonlyMap<ResourceType, ResourceHandles>

/** An instance in whose place another one stands. */
export interface ReplacedInstance {
  readonly exports: Exports
  readonly by: Exports
  /** The names of the types in both. */
  readonly typeNames: readonly string[]
}

export interface SubstitutionOptions {
  /** Names of resource types: they are replaced by the same object as the resource type itself, only their handles differ. */
  readonly names?: ResourceNames | undefined
  /** What is declared here is substituted, and the value types that it names become others, equal to them. */
  readonly anew?: Origin | undefined
}

/**
 * Replaces types throughout other types: at instantiation the imports by the arguments and the component's own resources by fresh
 * ones (Explainer.md, "Type Checking"). What shares a part shares its replacement; what does not change stays the same
 * object, so that names given to it still lead to it.
 */
export class Substitution {
  readonly #store: TypeStore
  readonly #names: ResourceNames | undefined
  /** Of resource types by their roots, of other names of them, and of value types. */
  readonly #replacements: Replacements
  readonly #anew: ReadonlySet<ValueType> | undefined
  #lastField: Field | undefined
  /** Without, value types change only where resource types are in them. */
  #replacesValues: boolean
  // These are made where they are needed: there are many substitutions.
  #instances: Map<InstanceType, InstanceType> | undefined
  #components: Map<ComponentType, ComponentType> | undefined
  /** Exports of instances by those that others take the place of. */
  #inPlace: Map<Exports, Exports> | undefined
  /** Those of them whose value types were not yet replaced. */
  #putOff: ReplacedInstance[] | undefined

  constructor(store: TypeStore, { names, anew }: SubstitutionOptions = {}) {
    this.#store = store
    this.#names = names
    this.#anew = anew?.namedTypes
    this.#replacements = anew ? anew.replacements() : new Map()
    this.#replacesValues = anew !== undefined && anew.namedTypes.size > 0
  }

  /** Whatever mentions `root` must be substituted afterwards. */
  replaceResource(root: ResourceType, by: ResourceType): void {
    this.#replacements.set(root, by)
  }

  /** Another name of a resource type that is replaced. */
  replaceAlias(alias: ResourceType, by: ResourceType): void {
    this.#replacements.set(alias, by)
  }

  replaceValueType(type: ValueType, by: ValueType): void {
    this.#replacesValues = true
    this.#replacements.set(type, by)
  }

  /**
   * All of an instance: its resource types were replaced before, its value types are when somebody looks at one. It mentions no others
   * than these.
   */
  replaceInstance(instance: ReplacedInstance): void {
    this.#replacesValues = true
    this.#inPlace ??= new Map()
    this.#inPlace.set(instance.exports, instance.by)
    this.#putOff ??= []
    this.#putOff.push(instance)
  }

  /** Undefined where one of them was not replaced as a whole. */
  instancesInPlaceOf(all: readonly Exports[]): readonly Exports[] | undefined {
    const made: Exports[] = []
    for (const each of all) {
      const by = this.#inPlace?.get(each)
      if (by === undefined) return undefined
      made.push(by)
    }
    return made
  }

  #catchUp(putOff: readonly ReplacedInstance[]): void {
    this.#putOff = undefined
    for (const { exports, by, typeNames } of putOff) {
      for (const name of typeNames) {
        const { type } = exports.get(name) as TypeExtern
        if (isValueType(type)) this.replaceValueType(type, (by.get(name) as TypeExtern).type as ValueType)
      }
    }
  }

  isReplaced(root: ResourceType): boolean {
    return this.#made(root) !== undefined
  }

  extern(type: ExternType): ExternType {
    switch (type.kind) {
      case 'function':
        return this.function(type)
      case 'instance':
        return this.instance(type)
      case 'component':
        return this.component(type)
      case 'core-module':
        return type
      case 'type': {
        const made = this.entity(type.type)
        return made === type.type ? type : { kind: 'type', bound: type.bound, type: made }
      }
      case 'value': {
        const made = this.value(type.type)
        return made === type.type ? type : { kind: 'value', type: made }
      }
    }
  }

  externs(types: ReadonlyMap<string, ExternType>): ReadonlyMap<string, ExternType> {
    this.#store.work(types.size)
    let changed = false
    const made = new Map<string, ExternType>()
    for (const [name, type] of types) {
      const replacement = this.extern(type)
      changed ||= replacement !== type
      made.set(name, replacement)
    }
    return changed ? made : types
  }

  entity(type: TypeEntity): TypeEntity {
    switch (type.kind) {
      case 'resource':
        return this.resource(type)
      case 'function':
        return this.function(type)
      case 'instance':
        return this.instance(type)
      case 'component':
        return this.component(type)
      default:
        return this.value(type)
    }
  }

  resource(type: ResourceType): ResourceType {
    const root = this.#store.root(type)
    const made = this.#made(root)
    if (made === undefined) return type
    if (type === root || this.#names !== undefined) return made
    const known = this.#made(type)
    if (known !== undefined) return known
    // A name of the resource type becomes a name of the one in its place.
    let last = made
    for (const each of this.#line(type)) {
      last = this.#made(each) ?? this.#store.alias(last, each.name)
      this.#replacements.set(each, last)
    }
    return last
  }

  value(type: ValueType): ValueType {
    if (!this.#replacesValues && !this.#store.facts(type).containsResource) return type
    if (this.#putOff !== undefined) this.#catchUp(this.#putOff)
    const known = this.#made(type)
    if (known !== undefined) return known
    const original = this.#store.original(type)
    if (original === undefined) return this.#replace(type)
    // Most names are the first one of their type.
    if (this.#store.original(original) === undefined) {
      if (this.#made(original) === undefined) this.#replace(original)
      return this.#replace(type)
    }
    let made = type
    for (const each of this.#line(type)) {
      made = this.#made(each) ?? this.#replacement(each)
      this.#replacements.set(each, made)
    }
    return made
  }

  #replace(type: ValueType): ValueType {
    this.#store.work()
    const made = this.#replacement(type)
    this.#replacements.set(type, made)
    return made
  }

  #made<T extends NamedType>(type: T): T | undefined {
    return this.#replacements.get(type) as T | undefined
  }

  /** Its original was looked at before. */
  #replacement(type: ValueType): ValueType {
    const original = this.#store.original(type)
    const newOriginal = original && (this.#made(original) ?? original)
    // Another name of a type that is replaced is another name of what takes its place.
    if (newOriginal !== original) return this.#store.copy(newOriginal!, newOriginal)
    const made = this.#rebuild(type)
    if (made !== type) return original ? this.#store.copy(made, original) : made
    return this.#anew?.has(type) ? this.#store.copy(type, original) : type
  }

  /** A type and those that it was made from, oldest first, as far back as they are not known: names can follow names for long. */
  #line<T extends NamedType>(type: T): readonly T[] {
    const line: T[] = []
    for (let each: T | undefined = type; each; each = this.#store.original(each) as T | undefined) {
      this.#store.work()
      line.push(each)
      if (this.#made(each) !== undefined) break
    }
    return line.reverse()
  }

  function(type: FunctionType): FunctionType {
    this.#store.work()
    const parameters = this.#fields(type.parameters)
    const result = this.#optional(type.result)
    if (parameters === type.parameters && result === type.result) return type
    return { kind: 'function', async: type.async, parameters, result }
  }

  instance(type: InstanceType): InstanceType {
    this.#instances ??= new Map()
    return remembered(this.#instances, type, () => {
      this.#store.work()
      const exports = this.externs(type.exports)
      if (exports === type.exports) return type
      return this.#store.bind({ ...type, exports }, this.#store.bound(type))
    })
  }

  /** The same, its exports when they are asked for: once all replacements are known. */
  instanceLater(type: InstanceType): InstanceType {
    this.#instances ??= new Map()
    return remembered(this.#instances, type, () => {
      this.#store.work()
      if (!this.#replacesValues && !this.#store.facts(type).containsResource) return type
      const inPlace = this.#inPlace?.get(type.exports)
      const exports = inPlace ?? SubstitutedExports.of(type, this.#store.origin(type), this)
      return this.#store.bind({ ...type, exports }, this.#store.bound(type))
    })
  }

  /**
   * The same as {@link externs}. Where it is known which types the exports mention, these are replaced at once, and so become
   * one substitution of the instance type as it was declared.
   */
  caughtUp(exports: SubstitutedExports): ReadonlyMap<string, ExternType> {
    const { type, typeNames, foreign } = exports.origin
    if (!foreign) return this.externs(exports)
    const substitution = new Substitution(this.#store)
    this.#store.work(typeNames.length + foreign.length)
    const replace = (each: TypeEntity): void => {
      // The root of a resource type, which its other names follow, comes before them.
      const both = each.kind === 'resource' ? [this.#store.root(each), each] : isValueType(each) ? [each] : []
      for (const one of both) {
        const by = this.entity(exports.inPlaceOf(one)) as NamedType
        if (by === one) continue
        substitution.#replacements.set(one, by)
        substitution.#replacesValues = true
      }
    }
    for (const each of foreign) replace(each)
    for (const name of typeNames) replace((type.exports.get(name) as TypeExtern).type)
    return SubstitutedExports.of(type, exports.origin, substitution)
  }

  component(type: ComponentType): ComponentType {
    this.#components ??= new Map()
    return remembered(this.#components, type, () => {
      this.#store.work()
      const imports = this.externs(type.imports)
      const exports = this.externs(type.exports)
      if (imports === type.imports && exports === type.exports) return type
      return this.#store.bind({ ...type, imports, exports }, this.#store.bound(type))
    })
  }

  /** The same type where no part of it changes. */
  #rebuild(type: ValueType): ValueType {
    switch (type.kind) {
      case 'record': {
        const fields = this.#fields(type.fields)
        return fields === type.fields ? type : { kind: 'record', fields }
      }
      case 'variant': {
        const cases = this.#map(type.cases, (each) => {
          const made = this.#optional(each.type)
          return made === each.type ? each : { name: each.name, type: made }
        })
        return cases === type.cases ? type : { kind: 'variant', cases }
      }
      case 'list': {
        const element = this.value(type.element)
        return element === type.element ? type : { kind: 'list', element, length: type.length }
      }
      case 'tuple': {
        const types = this.#map(type.types, (part) => this.value(part))
        return types === type.types ? type : { kind: 'tuple', types }
      }
      case 'option': {
        const made = this.value(type.type)
        return made === type.type ? type : { kind: 'option', type: made }
      }
      case 'result': {
        const ok = this.#optional(type.ok)
        const error = this.#optional(type.error)
        return ok === type.ok && error === type.error ? type : { kind: 'result', ok, error }
      }
      case 'map': {
        const key = this.value(type.key)
        const value = this.value(type.value)
        return key === type.key && value === type.value ? type : { kind: 'map', key, value }
      }
      case 'own':
      case 'borrow': {
        const named = this.#names?.get(type.resource)
        if (named !== undefined) return named[type.kind]
        const resource = this.resource(type.resource)
        return resource === type.resource ? type : { kind: type.kind, resource }
      }
      case 'stream':
      case 'future': {
        const element = this.#optional(type.element)
        return element === type.element ? type : { kind: type.kind, element }
      }
      default:
        return type
    }
  }

  /** The same list where no item changes. */
  #map<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
    this.#store.work(items.length)
    let mapped: T[] | undefined
    for (let i = 0; i < items.length; i++) {
      const item = map(items[i]!)
      if (item === items[i]) continue
      mapped ??= items.slice()
      mapped[i] = item
    }
    return mapped ?? items
  }

  #optional(type: ValueType | undefined): ValueType | undefined {
    return type && this.value(type)
  }

  readonly #field = (field: Field): Field => {
    const type = this.value(field.type)
    if (type === field.type) return field
    // Methods follow each other, and all have the same `self`.
    const last = this.#lastField
    if (last?.type === type && last.name === field.name) return last
    this.#lastField = { name: field.name, type }
    return this.#lastField
  }

  #fields(fields: readonly Field[]): readonly Field[] {
    return this.#map(fields, this.#field)
  }
}

/** Types have no cycles, so what is being made is never asked for meanwhile. */
function remembered<T>(known: Map<T, T>, type: T, make: () => T): T {
  const found = known.get(type)
  if (found !== undefined) return found
  const made = make()
  known.set(type, made)
  return made
}
