import type { ComponentType, ExternType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import { isValueType } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { Substitution } from './substitution.ts'
import type { TypeStore } from './type-store.ts'

/**
 * The type of a component as others see it, where the checker's own has more objects than they need to know of:
 * each resource type is one object, under the first name it got, and a type that was made from another with a name
 * (`type b = a`, `use i.{a}`) is that one.
 */
export function publish(type: ComponentType, store: TypeStore): ComponentType {
  return new Publisher(store).component(type)
}

class Publisher {
  readonly #store: TypeStore
  readonly #substitution: Substitution
  /** Every type that has a name somewhere in the component's type. */
  readonly #named = new Set<ValueType>()
  readonly #introduced = new Set<ResourceType>()

  constructor(store: TypeStore) {
    this.#store = store
    this.#substitution = new Substitution(store, true)
  }

  component(type: ComponentType): ComponentType {
    this.#collect([...type.imports.values(), ...type.exports.values()])
    for (const named of this.#named) {
      const original = this.#namedOriginal(named)
      if (original) this.#substitution.replaceValueType(named, this.#substitution.value(original))
    }
    return this.#component(type)
  }

  #collect(types: Iterable<ExternType>): void {
    for (const type of types) {
      this.#store.work()
      if (type.kind === 'type') this.#collectType(type)
      if (type.kind === 'instance') this.#collect(type.exports.values())
      if (type.kind === 'component') this.#collect([...type.imports.values(), ...type.exports.values()])
    }
  }

  #collectType({ type }: TypeExtern): void {
    if (isValueType(type)) this.#named.add(type)
    if (type.kind === 'instance' || type.kind === 'component') this.#collect([type])
    if (type.kind !== 'resource') return
    const root = this.#store.root(type)
    if (this.#substitution.isReplaced(root)) return
    const name = root.name ?? type.name
    this.#substitution.replaceResource(root, { kind: 'resource', name })
  }

  #component(type: ComponentType): ComponentType {
    const { imported, defined } = this.#store.bound(type)
    const imports = this.#externs(type.imports, imported)
    return { kind: 'component', imports, exports: this.#externs(type.exports, defined) }
  }

  #externs(
    types: ReadonlyMap<string, ExternType>,
    own: ReadonlySet<ResourceType>,
  ): ReadonlyMap<string, ExternType> {
    return new Map(types.entries().map(([name, type]) => [name, this.#extern(type, own)]))
  }

  /** @param own the resource types that the component or instance around it brings along */
  #extern(type: ExternType, own: ReadonlySet<ResourceType>): ExternType {
    switch (type.kind) {
      case 'instance':
        return { kind: 'instance', exports: this.#externs(type.exports, own) }
      case 'component':
        return this.#component(type)
      case 'type':
        return this.#type(type, own)
      default:
        return this.#substitution.extern(type)
    }
  }

  #type({ type }: TypeExtern, own: ReadonlySet<ResourceType>): TypeExtern {
    switch (type.kind) {
      case 'resource': {
        const root = this.#store.root(type)
        const bound = own.has(root) && !this.#introduced.has(root) ? 'sub' : 'eq'
        this.#introduced.add(root)
        return { kind: 'type', bound, type: this.#substitution.resource(type) }
      }
      case 'instance':
        return { kind: 'type', bound: 'eq', type: this.#instanceType(type) }
      case 'component':
        return { kind: 'type', bound: 'eq', type: this.#component(type) }
      case 'function':
        return { kind: 'type', bound: 'eq', type: this.#substitution.function(type) }
      default:
        return { kind: 'type', bound: 'eq', type: this.#substitution.value(type) }
    }
  }

  #instanceType(type: InstanceType): InstanceType {
    return { kind: 'instance', exports: this.#externs(type.exports, this.#store.bound(type).defined) }
  }

  /** The first type in the line it was made from that has a name others can see. */
  #namedOriginal(type: ValueType): ValueType | undefined {
    let named: ValueType | undefined
    for (let each = this.#store.original(type); each; each = this.#store.original(each)) {
      if (this.#named.has(each)) named = each
    }
    return named
  }
}
