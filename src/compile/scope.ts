import type { Sort } from '../component/component.ts'
import type { TypeEntity, TypeLookup } from '../component/resolve-type.ts'
import { ValidationError } from '../errors.ts'
import type { PlanBuilder } from './plan-builder.ts'
import type {
  Symbolic,
  SymbolicComponent,
  SymbolicCore,
  SymbolicCoreInstance,
  SymbolicCoreType,
  SymbolicFunction,
  SymbolicInstance,
  SymbolicModule,
  TypeClosure,
} from './symbolic.ts'

interface Spaces {
  'core module': SymbolicModule
  'core instance': SymbolicCoreInstance
  'core type': SymbolicCoreType
  'core func': SymbolicCore
  'core table': SymbolicCore
  'core memory': SymbolicCore
  'core global': SymbolicCore
  'core tag': SymbolicCore
  func: SymbolicFunction
  type: TypeEntity | TypeClosure
  component: SymbolicComponent
  instance: SymbolicInstance
}

export type Space = keyof Spaces
type SpaceArrays = { readonly [S in Space]: Spaces[S][] }

/** The index spaces of one instantiation, or of one component or instance type, and the scope that encloses it. */
export class Scope {
  readonly builder: PlanBuilder
  /** The component instance under way. */
  readonly instance: number
  readonly outer: Scope | undefined
  /** Offset of the definition under way, for messages. */
  offset = 0
  readonly #spaces: SpaceArrays = {
    'core module': [],
    'core instance': [],
    'core type': [],
    'core func': [],
    'core table': [],
    'core memory': [],
    'core global': [],
    'core tag': [],
    func: [],
    type: [],
    component: [],
    instance: [],
  }
  /** For resolving types: a component or instance type is none that a value type can refer to. */
  readonly lookup: TypeLookup = (index) => {
    const type = this.get('type', index)
    if (!('declarations' in type)) return type
    return this.refuse(`type index ${index} is not a defined type: it is ${type.kind}`)
  }

  constructor(builder: PlanBuilder, instance: number, outer: Scope | undefined) {
    this.builder = builder
    this.instance = instance
    this.outer = outer
  }

  get<S extends Space>(space: S, index: number): Spaces[S] {
    const found: Spaces[S] | undefined = this.#spaces[space][index]
    if (found === undefined) this.refuse(`unknown ${space} ${index}: ${space} index out of bounds`)
    return found!
  }

  define<S extends Space>(space: S, definition: Spaces[S]): void {
    const definitions: Spaces[S][] = this.#spaces[space]
    definitions.push(definition)
  }

  /** Defines what an import, export or alias brings in, in the space of its sort. */
  defineSymbolic(symbolic: Symbolic): void {
    switch (symbolic.sort) {
      case 'func':
        this.define('func', symbolic)
        break
      case 'instance':
        this.define('instance', symbolic)
        break
      case 'component':
        this.define('component', symbolic)
        break
      case 'core module':
        this.define('core module', symbolic)
        break
      case 'type':
        this.define('type', symbolic.type)
    }
  }

  /** What a sort and an index name, of the sorts that can be imported, exported and aliased. */
  symbolic(sort: Sort, index: number): Symbolic {
    switch (sort) {
      case 'func':
      case 'instance':
      case 'component':
      case 'core module':
        return this.get(sort, index)
      case 'type':
        return { sort, type: this.get('type', index) }
      default:
        return this.refuse(`a ${sort} cannot be imported or exported`)
    }
  }

  /** The scope that `count` steps of nesting enclose. */
  enclosing(count: number): Scope {
    let scope: Scope | undefined = this
    for (let i = 0; i < count && scope; i++) scope = scope.outer
    return scope ?? this.refuse(`invalid outer alias count of ${count}`)
  }

  /** What was compiled was validated: this is a second line of defence, never an assertion that ends the process. */
  refuse(problem: string): never {
    throw new ValidationError(problem, this.offset)
  }
}
