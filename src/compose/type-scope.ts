import type {
  AliasTarget,
  CoreType,
  Declaration,
  Definition,
  ExternTypeSyntax,
  NameAttribute,
  Sort,
  TypeSyntax,
  ValueTypeReference,
} from '../component/component.ts'
import type {
  ComponentType,
  CoreModuleType,
  ExternType,
  FunctionType,
  InstanceType,
  TypeExtern,
} from '../component/extern-type.ts'
import type { CoreTypeIndex, InstanceIndex, TypeIndex } from '../component/indices.ts'
import { isValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { fieldSyntax, type TypeReferences, valueTypeSyntax } from '../component/value-type-syntax.ts'
import { CompositionError } from '../errors.ts'
import type { TypeStore } from '../validation/type-store.ts'
import { externName } from '../wit/encode-types.ts'
import { coreModuleTypeSyntax } from './core-module-type-syntax.ts'

/** Takes what stands in a component, or in the type of a component or an instance. */
export type Sink = (item: TypeItem) => void

export type TypeItem = Extract<Declaration & Definition, { readonly kind: 'type' | 'core-type' | 'alias' }>

type Side = 'import' | 'export'

/** Where a type has a name: an export of an instance of the scope. */
interface Lent {
  readonly instance: InstanceIndex
  readonly name: string
}

/**
 * The types that one component, component type or instance type has names or indices for, and how others get into it. Types are
 * told by identity; a type without a name that equals one with a name is taken for it, because functions may only mention what
 * has a name (Explainer.md, "External Visibility of Types").
 */
export class TypeScope {
  readonly #sink: Sink
  readonly #store: TypeStore
  readonly #parent: TypeScope | undefined
  readonly #named = new Map<ValueType | ResourceType, TypeIndex>()
  /** Those of them that are known by an alias of what is around, or of an instance. */
  readonly #aliased = new Set<ValueType | ResourceType>()
  readonly #lent = new Map<ValueType | ResourceType, Lent>()
  /** By structure, of types that have names. */
  readonly #equal = new Map<number, ValueType>()
  readonly #anonymous = new Map<string, TypeIndex>()
  readonly #counts = new Map<Sort, number>()
  readonly #references: TypeReferences = {
    value: (type) => this.#value(type),
    resource: ({ resource }) => this.#known(resource) ?? this.#unknownResource(resource),
  }

  constructor(sink: Sink, store: TypeStore, parent?: TypeScope) {
    this.#sink = sink
    this.#store = store
    this.#parent = parent
  }

  /** The next index of a sort. */
  add(sort: Sort): number {
    const index = this.#counts.get(sort) ?? 0
    this.#counts.set(sort, index + 1)
    return index
  }

  /** What comes to be by an import, or is exported, as it is written; its own types are declared before. */
  externSyntax(type: ExternType): ExternTypeSyntax {
    switch (type.kind) {
      case 'function':
        return { kind: 'function', type: this.function(type) }
      case 'instance':
        return { kind: 'instance', type: this.#type({ kind: 'instance', declarations: this.#inside(type) }) }
      case 'component':
        return { kind: 'component', type: this.component(type) }
      case 'core-module':
        return { kind: 'core-module', type: this.#coreModule(type) }
      case 'value':
        return { kind: 'value', bound: { kind: 'type', type: this.#value(type.type) } }
      case 'type':
        return type.bound === 'sub' && type.type.kind === 'resource'
          ? { kind: 'type', bound: { kind: 'sub-resource' } }
          : { kind: 'type', bound: { kind: 'eq', index: this.entity(type) } }
    }
  }

  /** Takes what was imported or exported into the index space of its sort. */
  bringIn(type: ExternType): number {
    const index = this.add(sortOf(type))
    if (type.kind === 'type') this.#name(type.type, index as TypeIndex)
    if (type.kind === 'instance') this.lend(index as InstanceIndex, type)
    return index
  }

  /** From here on types of the instance are found by aliasing its exports. */
  lend(instance: InstanceIndex, { exports }: InstanceType): void {
    for (const [name, { kind, ...rest }] of exports) {
      if (kind !== 'type') continue
      const { type } = rest as TypeExtern
      if (type.kind !== 'resource' && !isValueType(type)) continue
      if (!this.#lent.has(type)) this.#lent.set(type, { instance, name })
      this.#remember(type)
    }
  }

  /** The index of what a type is another name of, or of its body. */
  entity({ type, aliasOf }: TypeExtern): TypeIndex {
    switch (type.kind) {
      case 'function':
        return this.function(type)
      case 'instance':
        return this.#type({ kind: 'instance', declarations: this.#inside(type) })
      case 'component':
        return this.component(type)
      case 'resource':
        return this.#known(type) ?? this.#unknownResource(type)
      default: {
        const known = this.#known(type) ?? (aliasOf && this.#known(aliasOf.type as ValueType))
        return known ?? this.#type({ kind: 'value', type: valueTypeSyntax(type, this.#references) })
      }
    }
  }

  function(type: FunctionType): TypeIndex {
    return this.#once({
      kind: 'function',
      async: type.async,
      parameters: fieldSyntax(type.parameters, this.#references),
      result: type.result && this.#value(type.result),
    })
  }

  /** Refers to what is around it only where it must: most component types stand for themselves. */
  component(type: ComponentType): TypeIndex {
    const declarations: Declaration[] = []
    const parent = this.#store.freeResources([type]).size > 0 ? this : undefined
    const inner = new TypeScope((item) => declarations.push(item), this.#store, parent)
    inner.#declare(declarations, 'import', type.imports, type.importAttributes)
    inner.#declare(declarations, 'export', type.exports, type.exportAttributes)
    return this.#type({ kind: 'component', declarations })
  }

  #inside({ exports, attributes }: InstanceType): Declaration[] {
    const declarations: Declaration[] = []
    const inner = new TypeScope((item) => declarations.push(item), this.#store, this)
    inner.#declare(declarations, 'export', exports, attributes)
    return declarations
  }

  #declare(
    declarations: Declaration[],
    side: Side,
    externs: ReadonlyMap<string, ExternType>,
    attributes?: ReadonlyMap<string, readonly NameAttribute[]>,
  ): void {
    for (const [name, type] of externs) {
      const syntax = this.externSyntax(type)
      declarations.push({
        kind: side,
        name: externName(name, attributes?.get(name)),
        type: syntax,
        offset: 0,
      })
      this.bringIn(type)
    }
  }

  #name(type: TypeEntity, index: TypeIndex): void {
    if (type.kind !== 'resource' && !isValueType(type)) return
    // A resource's functions mention it by the name that it has beside them.
    if (this.#aliased.delete(type) || !this.#named.has(type)) this.#named.set(type, index)
    this.#remember(type)
  }

  #remember(type: ValueType | ResourceType): void {
    if (type.kind === 'resource' || !needsName(type)) return
    const structure = this.#store.structure(type)
    if (!this.#equal.has(structure)) this.#equal.set(structure, type)
  }

  /** The index here of a type that has a name here, in an instance here, or further out. */
  #known(type: ValueType | ResourceType): TypeIndex | undefined {
    const named = this.#named.get(type)
    if (named !== undefined) return named
    const target = this.#targetOf(type)
    if (target === undefined) return undefined
    this.#sink({ kind: 'alias', sort: 'type', target, offset: 0 })
    const index = this.add('type') as TypeIndex
    this.#named.set(type, index)
    this.#aliased.add(type)
    return index
  }

  #targetOf(type: ValueType | ResourceType): AliasTarget | undefined {
    const lent = this.#lent.get(type)
    if (lent) return { kind: 'export', ...lent }
    if (!this.#parent) return undefined
    const outer = this.#parent.#known(type)
    return outer === undefined ? undefined : { kind: 'outer', count: 1, index: outer }
  }

  #value(type: ValueType): ValueTypeReference {
    const known = this.#known(type) ?? this.#equalOne(type)
    if (known !== undefined) return known
    const syntax = valueTypeSyntax(type, this.#references)
    return syntax.kind === 'primitive' ? syntax.type : this.#once({ kind: 'value', type: syntax })
  }

  #equalOne(type: ValueType): TypeIndex | undefined {
    if (!needsName(type)) return undefined
    const structure = this.#store.structure(type)
    for (let scope: TypeScope | undefined = this; scope; scope = scope.#parent) {
      const equal = scope.#equal.get(structure)
      if (equal) return this.#known(equal)
    }
    return undefined
  }

  #once(syntax: TypeSyntax): TypeIndex {
    const key = JSON.stringify(syntax)
    const known = this.#anonymous.get(key)
    if (known !== undefined) return known
    const index = this.#type(syntax)
    this.#anonymous.set(key, index)
    return index
  }

  #type(type: TypeSyntax): TypeIndex {
    this.#sink({ kind: 'type', type, offset: 0 })
    return this.add('type') as TypeIndex
  }

  #coreModule(type: CoreModuleType): CoreTypeIndex {
    const syntax: CoreType = coreModuleTypeSyntax(type)
    this.#sink({ kind: 'core-type', type: syntax, offset: 0 })
    return this.add('core type') as CoreTypeIndex
  }

  #unknownResource({ name }: ResourceType): never {
    throw new CompositionError('bound', `the resource type \`${name}\` has no name where it is mentioned`, {
      cure: 'import or export the interface that defines it',
    })
  }
}

/** Types that functions may mention only by name. */
function needsName({ kind }: ValueType): boolean {
  return kind === 'record' || kind === 'variant' || kind === 'enum' || kind === 'flags'
}

export function sortOf({ kind }: ExternType): Sort {
  switch (kind) {
    case 'function':
      return 'func'
    case 'core-module':
      return 'core module'
    default:
      return kind
  }
}
