import type { CoreSort, CoreSubType, Sort } from '../component/component.ts'
import type {
  ComponentType,
  CoreExternType,
  CoreModuleType,
  FunctionType,
  InstanceType,
} from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { ValueType } from '../component/value-type.ts'
import type { Exports } from './origin.ts'
import type { Reporter } from './reporter.ts'

export type CoreExternOf<Kind extends CoreExternType['kind']> = Extract<CoreExternType, { kind: Kind }>

export interface CoreInstanceType {
  readonly exports: ReadonlyMap<string, CoreExternType>
}

/** What an index of the core type space can stand for. */
export type CoreTypeEntity = CoreModuleType | Readonly<DefinedCoreType>

/** A type that modules know. */
export interface DefinedCoreType {
  readonly kind: 'sub'
  readonly type: CoreSubType
  /** Equal for equal types. */
  id: string
  supertype: DefinedCoreType | undefined
}

/** One index space of a scope; it grows definition by definition (Explainer.md, "Index Spaces"). */
export class IndexSpace<T> {
  readonly #reporter: Reporter
  readonly #sort: string
  readonly #index: string
  readonly #limit: number
  readonly #beside: (() => number) | undefined
  /** Undefined where the definition was invalid. */
  readonly #items: (T | undefined)[] = []
  #sources: (Exports | undefined)[] | undefined

  /**
   * @param sort what messages call an item: `core instance`
   * @param index what messages call its index, where that is less
   * @param beside items of another index space that count, too
   */
  constructor(
    reporter: Reporter,
    sort: string,
    limit: number,
    index: string = sort,
    beside: (() => number) | undefined = undefined,
  ) {
    this.#reporter = reporter
    this.#sort = sort
    this.#index = index
    this.#limit = limit
    this.#beside = beside
  }

  get size(): number {
    return this.#items.length
  }

  get(index: number): T {
    if (index >= this.#items.length) {
      const has = this.#items.length === 1 ? 'there is 1' : `there are ${this.#items.length}`
      this.#reporter.refuse(`unknown ${this.#sort} ${index}: ${this.#index} index out of bounds, ${has}`)
    }
    return this.#items[index] ?? this.#reporter.skip()
  }

  /** What an alias took the item from, where that was remembered. */
  sourceOf(index: number): Exports | undefined {
    return this.#sources?.[index]
  }

  add(item: T, source?: Exports): void {
    const count = this.#items.length + (this.#beside?.() ?? 0)
    if (count >= this.#limit) this.#reporter.exceeds(`the count of ${this.#sort}s`, this.#limit)
    if (source !== undefined) {
      this.#sources ??= []
      while (this.#sources.length < this.#items.length) this.#sources.push(undefined)
      this.#sources.push(source)
    }
    this.#items.push(item)
  }

  /** Keeps the place of a definition that is invalid, so that those after it keep their indices. */
  addInvalid(): void {
    this.#items.push(undefined)
  }
}

/** All index spaces of a component, or of a component or instance type. Most scopes use a few of them: each is made when it is asked for. */
export class IndexSpaces {
  readonly #reporter: Reporter
  #coreModules: IndexSpace<CoreModuleType> | undefined
  #coreInstances: IndexSpace<CoreInstanceType> | undefined
  #coreTypes: IndexSpace<CoreTypeEntity> | undefined
  #coreFuncs: IndexSpace<CoreExternOf<'func'>> | undefined
  #coreTables: IndexSpace<CoreExternOf<'table'>> | undefined
  #coreMemories: IndexSpace<CoreExternOf<'memory'>> | undefined
  #coreGlobals: IndexSpace<CoreExternOf<'global'>> | undefined
  #coreTags: IndexSpace<CoreExternOf<'tag'>> | undefined
  #components: IndexSpace<ComponentType> | undefined
  #instances: IndexSpace<InstanceType> | undefined
  #funcs: IndexSpace<FunctionType> | undefined
  #types: IndexSpace<TypeEntity> | undefined
  #values: IndexSpace<ValueType> | undefined

  constructor(reporter: Reporter) {
    this.#reporter = reporter
  }

  get coreModules(): IndexSpace<CoreModuleType> {
    this.#coreModules ??= new IndexSpace(this.#reporter, 'module', limits.modules)
    return this.#coreModules
  }

  get coreInstances(): IndexSpace<CoreInstanceType> {
    this.#coreInstances ??= this.#ofInstances('core instance', () => this.#instances?.size ?? 0)
    return this.#coreInstances
  }

  get coreTypes(): IndexSpace<CoreTypeEntity> {
    this.#coreTypes ??= new IndexSpace(this.#reporter, 'type', limits.types)
    return this.#coreTypes
  }

  get coreFuncs(): IndexSpace<CoreExternOf<'func'>> {
    this.#coreFuncs ??= new IndexSpace(this.#reporter, 'core function', limits.functions, 'function')
    return this.#coreFuncs
  }

  get coreTables(): IndexSpace<CoreExternOf<'table'>> {
    this.#coreTables ??= new IndexSpace(this.#reporter, 'table', limits.coreIndexSpace)
    return this.#coreTables
  }

  get coreMemories(): IndexSpace<CoreExternOf<'memory'>> {
    this.#coreMemories ??= new IndexSpace(this.#reporter, 'memory', limits.coreIndexSpace)
    return this.#coreMemories
  }

  get coreGlobals(): IndexSpace<CoreExternOf<'global'>> {
    this.#coreGlobals ??= new IndexSpace(this.#reporter, 'global', limits.coreIndexSpace)
    return this.#coreGlobals
  }

  get coreTags(): IndexSpace<CoreExternOf<'tag'>> {
    this.#coreTags ??= new IndexSpace(this.#reporter, 'tag', limits.coreIndexSpace)
    return this.#coreTags
  }

  get components(): IndexSpace<ComponentType> {
    this.#components ??= new IndexSpace(this.#reporter, 'component', limits.components)
    return this.#components
  }

  get instances(): IndexSpace<InstanceType> {
    this.#instances ??= this.#ofInstances('instance', () => this.#coreInstances?.size ?? 0)
    return this.#instances
  }

  get funcs(): IndexSpace<FunctionType> {
    this.#funcs ??= new IndexSpace(this.#reporter, 'function', limits.functions)
    return this.#funcs
  }

  get types(): IndexSpace<TypeEntity> {
    this.#types ??= new IndexSpace(this.#reporter, 'type', limits.types)
    return this.#types
  }

  get values(): IndexSpace<ValueType> {
    this.#values ??= new IndexSpace(this.#reporter, 'value', limits.values)
    return this.#values
  }

  /** Core instances and the others have one limit together. */
  #ofInstances<T>(sort: string, others: () => number): IndexSpace<T> {
    return new IndexSpace(this.#reporter, sort, limits.instances, 'instance', others)
  }

  ofSort(sort: Sort): IndexSpace<unknown> {
    switch (sort) {
      case 'func':
        return this.funcs
      case 'value':
        return this.values
      case 'type':
        return this.types
      case 'component':
        return this.components
      case 'instance':
        return this.instances
      default:
        return this.ofCoreSort(sort.slice('core '.length) as CoreSort)
    }
  }

  ofCoreSort(sort: CoreSort): IndexSpace<unknown> {
    switch (sort) {
      case 'func':
        return this.coreFuncs
      case 'table':
        return this.coreTables
      case 'memory':
        return this.coreMemories
      case 'global':
        return this.coreGlobals
      case 'tag':
        return this.coreTags
      case 'type':
        return this.coreTypes
      case 'module':
        return this.coreModules
      case 'instance':
        return this.coreInstances
    }
  }
}
