import type { ExternName, NameAttribute, ValueTypeReference } from '../component/component.ts'
import type { CoreValueType, ExternType, NameAttributes, TypeExtern } from '../component/extern-type.ts'
import { type Refuse, resolveReference, type TypeEntity, type TypeLookup } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { IndexSpaces } from './index-spaces.ts'
import type { Exports } from './origin.ts'
import type { Reporter } from './reporter.ts'
import type { TypeStore } from './type-store.ts'
import type { CheckModule } from './validate.ts'

/** The names of resource types that `[method]r.f` and its like can refer to, on one side of a scope. */
export class ResourceNames {
  #names: Map<ResourceType, string> | undefined
  #all: Set<string> | undefined

  add(name: string, type: ResourceType): void {
    this.#names ??= new Map()
    this.#names.set(type, name)
    this.#all ??= new Set()
    this.#all.add(name)
  }

  nameOf(type: ResourceType): string | undefined {
    return this.#names?.get(type)
  }

  has(name: string): boolean {
    return this.#all?.has(name) ?? false
  }
}

/** One side of a scope: its imports or its exports so far. */
export class ExternList {
  readonly kind: 'import' | 'export'
  readonly types = new Map<string, ExternType>()
  readonly resources = new ResourceNames()
  #attributes: Map<string, readonly NameAttribute[]> | undefined
  #otherNames: Map<string, string> | undefined
  /** What has a name that this side may mention (Explainer.md, "External Visibility of Types"), and what is made of that alone. */
  #visible: Set<TypeEntity> | undefined
  /** Instances of which all exports are visible. */
  #visibleExports: Set<Exports> | undefined
  /** Those of them whose types are made visible when somebody looks for one. */
  #putOff: [Exports, typeNames: readonly string[]][] | undefined
  /** What is imported, exports may mention too; not the other way round. */
  readonly #imports: ExternList | undefined

  constructor(kind: 'import' | 'export', imports?: ExternList) {
    this.kind = kind
    this.#imports = imports
  }

  add({ name, attributes }: ExternName, type: ExternType): void {
    this.types.set(name, type)
    if (attributes.length === 0) return
    this.#attributes ??= new Map()
    this.#attributes.set(name, attributes)
  }

  get attributes(): NameAttributes | undefined {
    return this.#attributes
  }

  /** The name with this key: see `uniquenessKey`. */
  nameOf(key: string): string | undefined {
    return this.types.has(key) ? key : this.#otherNames?.get(key)
  }

  /** Of a name that is not its own key. */
  addKey(key: string, name: string): void {
    this.#otherNames ??= new Map()
    this.#otherNames.set(key, name)
  }

  sees(type: TypeEntity): boolean {
    if (this.#putOff !== undefined) this.#catchUp(this.#putOff)
    return (this.#visible?.has(type) || this.#imports?.sees(type)) ?? false
  }

  show(type: TypeEntity): void {
    this.#visible ??= new Set()
    this.#visible.add(type)
  }

  seesAll(exports: Exports): boolean {
    return (this.#visibleExports?.has(exports) || this.#imports?.seesAll(exports)) ?? false
  }

  /** All exports of an instance, whose types have these names; no names where its types are visible already. */
  showAll(exports: Exports, typeNames: readonly string[]): void {
    this.#visibleExports ??= new Set()
    this.#visibleExports.add(exports)
    if (typeNames.length === 0) return
    this.#putOff ??= []
    this.#putOff.push([exports, typeNames])
  }

  #catchUp(putOff: readonly (readonly [Exports, readonly string[]])[]): void {
    this.#putOff = undefined
    for (const [exports, typeNames] of putOff) {
      for (const name of typeNames) this.show((exports.get(name) as TypeExtern).type)
    }
  }
}

export type ScopeKind = 'component' | 'component-type' | 'instance-type'

/** What all scopes of one validation share. */
export interface Context {
  readonly reporter: Reporter
  readonly store: TypeStore
  readonly checkModule: CheckModule | undefined
  /** So far. */
  modulesAndComponents: number
}

/** What the definitions or declarations of one component, component type or instance type can see. */
export class Scope {
  readonly kind: ScopeKind
  /** The scopes around it, for outer aliases. */
  readonly outer: Scope | undefined
  readonly context: Context
  readonly reporter: Reporter
  readonly store: TypeStore
  readonly spaces: IndexSpaces
  readonly imports = new ExternList('import')
  readonly exports = new ExternList('export', this.imports)
  /** Roots of the resource types that come in through imports. */
  readonly importedResources = new Set<ResourceType>()
  /** Roots of the resource types that are new here; with the representation of those defined by this component. */
  readonly definedResources = new Map<ResourceType, CoreValueType | undefined>()
  /** It mentions nothing around it. */
  closed = true
  /** The one type of all its `context.get` and `context.set`. */
  contextType: CoreValueType | undefined

  constructor(kind: ScopeKind, context: Context, outer?: Scope) {
    this.kind = kind
    this.context = context
    this.reporter = context.reporter
    this.store = context.store
    this.outer = outer
    this.spaces = new IndexSpaces(this.reporter)
  }

  readonly type: TypeLookup = (index) => this.spaces.types.get(index)

  readonly refuse: Refuse = (problem) => this.reporter.refuse(problem)

  valueType(reference: ValueTypeReference): ValueType {
    return resolveReference(reference, this.type, this.refuse)
  }

  side(kind: 'import' | 'export'): ExternList {
    return kind === 'import' ? this.imports : this.exports
  }
}
