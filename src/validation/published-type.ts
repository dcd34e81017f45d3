import type {
  ComponentType,
  ExternType,
  FunctionType,
  InstanceType,
  ResourceHandles,
  TypeExtern,
} from '../component/extern-type.ts'
import { isValueType } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { plainFunction } from './substituted-function.ts'
import { Substitution } from './substitution.ts'
import type { TypeStore } from './type-store.ts'

/**
 * The type of a component as others see it, where the checker's own has more objects than they need to know of: each resource type is
 * one object, under the first name it got, and what an interface lends (`use i.{a}`) is the object that it lends. Another name for a
 * type in the same place (`type b = a`) has an object of its own, as each name of a resource type has handles of its own. It is made
 * when somebody looks at its imports or exports: whoever only wants to know whether a component is valid need not wait for that.
 */
export function publish(type: ComponentType, store: TypeStore): ComponentType {
  const seen = new Seen(type, store)
  return {
    ...type,
    get imports() {
      return seen.type.imports
    },
    get exports() {
      return seen.type.exports
    },
  }
}

/** Lets go of what the checker knows once somebody has looked. */
class Seen {
  #type: ComponentType
  #publisher: Publisher | undefined

  constructor(type: ComponentType, store: TypeStore) {
    this.#type = type
    this.#publisher = new Publisher(store)
  }

  get type(): ComponentType {
    if (this.#publisher !== undefined) {
      this.#type = this.#publisher.component(this.#type)
      this.#publisher = undefined
    }
    return this.#type
  }
}

/** The imports or exports of a component, or the exports of an instance: their names stand beside each other. */
type Side = ReadonlyMap<string, ExternType>
type NamedType = ValueType | ResourceType

class Publisher {
  readonly #store: TypeStore
  readonly #substitution: Substitution
  readonly #handles = new Map<ResourceType, ResourceHandles>()
  /** Every type that has a name somewhere in the component's type, and where it has its first. */
  readonly #named = new Map<NamedType, Side>()
  /** Of those, what they are another name of. */
  readonly #originals = new Map<NamedType, NamedType>()
  /** By root: where the resource type is first named. */
  readonly #introduced = new Map<ResourceType, TypeExtern>()
  /** By the checker's type. */
  readonly #published = new Map<NamedType, TypeExtern>()

  constructor(store: TypeStore) {
    this.#store = store
    this.#substitution = new Substitution(store, { names: this.#handles })
  }

  component(type: ComponentType): ComponentType {
    this.#collectComponent(type)
    for (const [named, side] of this.#named) {
      const original = this.#namedOriginal(named)
      if (original !== undefined) this.#originals.set(named, original)
      if (named.kind === 'resource') this.#nameResource(named, side)
      else this.#nameValueType(named, side)
    }
    return this.#component(type)
  }

  #collectComponent({ imports, exports }: ComponentType): void {
    this.#collect(imports)
    this.#collect(exports)
  }

  #collect(side: Side): void {
    for (const type of side.values()) {
      this.#store.work()
      if (type.kind === 'type') this.#collectType(type, side)
      if (type.kind === 'instance') this.#collect(type.exports)
      if (type.kind === 'component') this.#collectComponent(type)
    }
  }

  #collectType({ type }: TypeExtern, side: Side): void {
    if (type.kind === 'instance') this.#collect(type.exports)
    else if (type.kind === 'component') this.#collectComponent(type)
    else if (type.kind === 'resource') this.#collectResource(type, side)
    else if (isValueType(type) && !this.#named.has(type)) this.#named.set(type, side)
  }

  #collectResource(type: ResourceType, side: Side): void {
    if (this.#named.has(type)) return
    this.#named.set(type, side)
    const root = this.#store.root(type)
    if (this.#substitution.isReplaced(root)) return
    const name = root.name ?? type.name
    this.#substitution.replaceResource(root, { kind: 'resource', name })
  }

  #nameValueType(type: ValueType, side: Side): void {
    const original = this.#originals.get(type)
    // A handle that has a name is told from those that the resource's names mean.
    if (original === undefined && type.kind !== 'own' && type.kind !== 'borrow') return
    const made = this.#substitution.value((original ?? type) as ValueType)
    const isLent = original !== undefined && this.#named.get(original) !== side
    this.#substitution.replaceValueType(type, isLent ? made : { ...made })
  }

  #nameResource(type: ResourceType, side: Side): void {
    const original = this.#originals.get(type)
    const lent = original && this.#named.get(original) !== side && this.#handles.get(original as ResourceType)
    const resource = this.#substitution.resource(type)
    this.#handles.set(type, lent || { own: { kind: 'own', resource }, borrow: { kind: 'borrow', resource } })
  }

  #component(type: ComponentType): ComponentType {
    const { imported, defined } = this.#store.bound(type)
    const imports = this.#externs(type.imports, imported)
    return { ...type, imports, exports: this.#externs(type.exports, defined) }
  }

  #externs(types: Side, own: ReadonlySet<ResourceType>): Side {
    return new Map(types.entries().map(([name, type]) => [name, this.#extern(type, own)]))
  }

  /** @param own the resource types that the component or instance around it brings along */
  #extern(type: ExternType, own: ReadonlySet<ResourceType>): ExternType {
    switch (type.kind) {
      case 'instance':
        return { ...type, exports: this.#externs(type.exports, own) }
      case 'component':
        return this.#component(type)
      case 'type':
        return this.#type(type, own)
      case 'function':
        return this.#function(type)
      default:
        return this.#substitution.extern(type)
    }
  }

  #function(type: FunctionType): FunctionType {
    return this.#substitution.function(plainFunction(type))
  }

  #type({ type }: TypeExtern, own: ReadonlySet<ResourceType>): TypeExtern {
    switch (type.kind) {
      case 'resource':
        return this.#resource(type, own)
      case 'instance':
        return { kind: 'type', bound: 'eq', type: this.#instanceType(type) }
      case 'component':
        return { kind: 'type', bound: 'eq', type: this.#component(type) }
      case 'function':
        return { kind: 'type', bound: 'eq', type: this.#function(type) }
      default:
        return this.#valueType(type)
    }
  }

  #resource(type: ResourceType, own: ReadonlySet<ResourceType>): TypeExtern {
    const root = this.#store.root(type)
    const introduced = this.#introduced.get(root)
    const original = this.#originals.get(type)
    const aliasOf = this.#published.get(original ?? type) ?? introduced
    const handles = this.#handles.get(type)
    const made = this.#remember(type, {
      kind: 'type',
      bound: own.has(root) && introduced === undefined ? 'sub' : 'eq',
      type: this.#substitution.resource(type),
      ...(aliasOf && { aliasOf }),
      ...(handles && { handles }),
    })
    if (introduced === undefined) this.#introduced.set(root, made)
    return made
  }

  #valueType(type: ValueType): TypeExtern {
    const original = this.#originals.get(type)
    const aliasOf = original && this.#published.get(original)
    const made = this.#substitution.value(type)
    return this.#remember(type, { kind: 'type', bound: 'eq', type: made, ...(aliasOf && { aliasOf }) })
  }

  #remember(type: NamedType, made: TypeExtern): TypeExtern {
    if (!this.#published.has(type)) this.#published.set(type, made)
    return made
  }

  #instanceType(type: InstanceType): InstanceType {
    return { ...type, exports: this.#externs(type.exports, this.#store.bound(type).defined) }
  }

  /** The nearest type in the line it was made from that has a name others can see. */
  #namedOriginal(type: NamedType): NamedType | undefined {
    for (let each = this.#store.original(type); each; each = this.#store.original(each)) {
      this.#store.work()
      if (this.#named.has(each)) return each
    }
    return undefined
  }
}
