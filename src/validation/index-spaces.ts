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
import type { Reporter } from './reporter.ts'

export type CoreExternOf<Kind extends CoreExternType['kind']> = Extract<CoreExternType, { kind: Kind }>

export interface CoreInstanceType {
  readonly exports: ReadonlyMap<string, CoreExternType>
}

/** What an index of the core type space can stand for. */
export type CoreTypeEntity = CoreModuleType | { readonly kind: 'sub'; readonly type: CoreSubType }

/** One index space of a scope; it grows definition by definition (Explainer.md, "Index Spaces"). */
export class IndexSpace<T> {
  readonly #reporter: Reporter
  readonly #sort: string
  readonly #index: string
  readonly #limit: number
  /** Undefined where the definition was invalid. */
  readonly #items: (T | undefined)[] = []

  /**
   * @param sort what messages call an item: `core instance`
   * @param index what messages call its index, where that is less
   */
  constructor(reporter: Reporter, sort: string, limit: number, index: string = sort) {
    this.#reporter = reporter
    this.#sort = sort
    this.#index = index
    this.#limit = limit
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

  add(item: T): void {
    if (this.#items.length >= this.#limit) this.#reporter.exceeds(`the count of ${this.#sort}s`, this.#limit)
    this.#items.push(item)
  }

  /** Keeps the place of a definition that is invalid, so that those after it keep their indices. */
  addInvalid(): void {
    this.#items.push(undefined)
  }
}

/** All index spaces of a component, or of a component or instance type. */
export class IndexSpaces {
  readonly coreModules: IndexSpace<CoreModuleType>
  readonly coreInstances: IndexSpace<CoreInstanceType>
  readonly coreTypes: IndexSpace<CoreTypeEntity>
  readonly coreFuncs: IndexSpace<CoreExternOf<'func'>>
  readonly coreTables: IndexSpace<CoreExternOf<'table'>>
  readonly coreMemories: IndexSpace<CoreExternOf<'memory'>>
  readonly coreGlobals: IndexSpace<CoreExternOf<'global'>>
  readonly coreTags: IndexSpace<CoreExternOf<'tag'>>
  readonly components: IndexSpace<ComponentType>
  readonly instances: IndexSpace<InstanceType>
  readonly funcs: IndexSpace<FunctionType>
  readonly types: IndexSpace<TypeEntity>
  readonly values: IndexSpace<ValueType>

  constructor(reporter: Reporter) {
    this.coreModules = new IndexSpace(reporter, 'module', limits.modules)
    this.coreInstances = new IndexSpace(reporter, 'core instance', limits.instances, 'instance')
    this.coreTypes = new IndexSpace(reporter, 'type', limits.types)
    this.coreFuncs = new IndexSpace(reporter, 'core function', limits.functions, 'function')
    this.coreTables = new IndexSpace(reporter, 'table', limits.coreIndexSpace)
    this.coreMemories = new IndexSpace(reporter, 'memory', limits.coreIndexSpace)
    this.coreGlobals = new IndexSpace(reporter, 'global', limits.coreIndexSpace)
    this.coreTags = new IndexSpace(reporter, 'tag', limits.coreIndexSpace)
    this.components = new IndexSpace(reporter, 'component', limits.components)
    this.instances = new IndexSpace(reporter, 'instance', limits.instances)
    this.funcs = new IndexSpace(reporter, 'function', limits.functions)
    this.types = new IndexSpace(reporter, 'type', limits.types)
    this.values = new IndexSpace(reporter, 'value', limits.values)
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
