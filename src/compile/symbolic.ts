/**
 * What stands in the index spaces while a component is instantiated symbolically: not the things themselves, but where
 * they will be found. An instance argument is simply the definition it was given, so that every use leads straight to
 * the origin.
 */
import type { Component, Declaration } from '../component/component.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import type { CoreItem, FunctionItem, ModuleItem, ModuleSurface } from './plan.ts'
import type { PlanBuilder } from './plan-builder.ts'
import type { Scope } from './scope.ts'

export type Symbolic = SymbolicFunction | SymbolicInstance | SymbolicComponent | SymbolicModule | SymbolicType

export interface SymbolicFunction {
  readonly sort: 'func'
  readonly type: FunctionType
  readonly item: FunctionItem
  /** For messages: `add`, `ns:pkg/iface#fn`. */
  readonly label: string
}

export interface SymbolicInstance {
  readonly sort: 'instance'
  readonly exports: ReadonlyMap<string, Symbolic>
}

export type SymbolicComponent =
  /** Defined in the file: closed over the scope that encloses it. */
  | {
      readonly sort: 'component'
      readonly from: 'definition'
      readonly definition: Component
      readonly scope: Scope | undefined
      readonly owner?: undefined
    }
  /** Only known at run time; `owner` is whose register it is. */
  | {
      readonly sort: 'component'
      readonly from: 'register'
      readonly register: number
      readonly type: TypeClosure
      readonly owner: PlanBuilder
    }

export interface SymbolicModule {
  readonly sort: 'core module'
  readonly item: ModuleItem
  /** Whose register it is; undefined for a module of the file. */
  readonly owner: PlanBuilder | undefined
  /** The address type of an exported memory. */
  memory(name: string): AddressType
}

export type AddressType = 'i32' | 'i64'

interface SymbolicType {
  readonly sort: 'type'
  readonly type: Exclude<TypeEntity, ResourceType> | NamedResource | TypeClosure
}

/** A component or instance type: each use of it resolves its declarations anew, with resource types of its own. */
export interface TypeClosure {
  readonly kind: 'component type' | 'instance type'
  readonly declarations: readonly Declaration[]
  readonly scope: Scope
}

/** A resource type as `compile` makes it: whoever only reads it sees a `ResourceType`. An import is named at once, an export later. */
export interface NamedResource extends ResourceType {
  name: string | undefined
}

export interface SymbolicCore {
  readonly item: CoreItem
  /** The address type, for a memory. */
  addressType(): AddressType
}

export type SymbolicCoreInstance =
  | { readonly from: 'module'; readonly register: number; readonly module: SymbolicModule }
  | { readonly from: 'items'; readonly items: ReadonlyMap<string, SymbolicCore> }

/** Of core types module types matter, of them only names and kinds and the address types of memories, and what threads start with. */
export type SymbolicCoreType =
  | { readonly kind: 'module'; readonly surface: ModuleSurface; memory(name: string): AddressType }
  /** `parameter`: of a function type with one parameter that is an integer, what a thread starts with. */
  | { readonly kind: 'other'; readonly parameter?: AddressType | undefined }
