import type {
  ComponentType,
  ExternType,
  FunctionType,
  InstanceType,
  ResourceHandles,
} from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { Field, ResourceType, ValueType } from '../component/value-type.ts'
import type { TypeStore } from './type-store.ts'

/** The handles that go by each name of a resource type. */
export type ResourceNames = ReadonlyMap<ResourceType, ResourceHandles>

/**
 * Replaces types throughout other types: at instantiation the imports by the arguments and the component's own resources by fresh
 * ones (Explainer.md, "Type Checking"). What shares a part shares its replacement; what does not change stays the same
 * object, so that names given to it still lead to it.
 */
export class Substitution {
  readonly #store: TypeStore
  readonly #names: ResourceNames | undefined
  readonly #resources = new Map<ResourceType, ResourceType>()
  readonly #aliases = new Map<ResourceType, ResourceType>()
  readonly #values = new Map<ValueType, ValueType>()
  #lastField: Field | undefined
  /** Without, value types change only where resource types are in them. */
  #replacesValues = false
  readonly #instances = new Map<InstanceType, InstanceType>()
  readonly #components = new Map<ComponentType, ComponentType>()

  /** @param names of resource types: they are replaced by the same object as the resource type itself, only their handles differ */
  constructor(store: TypeStore, names?: ResourceNames) {
    this.#store = store
    this.#names = names
  }

  /** Whatever mentions `root` must be substituted afterwards. */
  replaceResource(root: ResourceType, by: ResourceType): void {
    this.#resources.set(root, by)
  }

  /** Another name of a resource type that is replaced. */
  replaceAlias(alias: ResourceType, by: ResourceType): void {
    this.#aliases.set(alias, by)
  }

  replaceValueType(type: ValueType, by: ValueType): void {
    this.#replacesValues = true
    this.#values.set(type, by)
  }

  isReplaced(root: ResourceType): boolean {
    return this.#resources.has(root)
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
    const made = this.#resources.get(root)
    if (made === undefined) return type
    if (type === root || this.#names !== undefined) return made
    // A name of the resource type becomes a name of the one in its place.
    return remembered(this.#aliases, type, () => {
      const original = this.#store.original(type)
      return this.#store.alias(original ? this.resource(original) : made, type.name)
    })
  }

  value(type: ValueType): ValueType {
    if (!this.#replacesValues && !this.#store.facts(type).containsResource) return type
    return remembered(this.#values, type, () => {
      this.#store.work()
      const original = this.#store.original(type)
      const newOriginal = original && this.value(original)
      // Another name of a type that is replaced is another name of what takes its place.
      if (newOriginal !== original) return this.#store.copy(newOriginal!, newOriginal)
      const made = this.#rebuild(type)
      return made !== type && original ? this.#store.copy(made, original) : made
    })
  }

  function(type: FunctionType): FunctionType {
    this.#store.work()
    const parameters = this.#fields(type.parameters)
    const result = this.#optional(type.result)
    if (parameters === type.parameters && result === type.result) return type
    return { kind: 'function', async: type.async, parameters, result }
  }

  instance(type: InstanceType): InstanceType {
    return remembered(this.#instances, type, () => {
      this.#store.work()
      const exports = this.externs(type.exports)
      if (exports === type.exports) return type
      return this.#store.bind({ ...type, exports }, this.#store.bound(type))
    })
  }

  component(type: ComponentType): ComponentType {
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
