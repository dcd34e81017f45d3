/** The types of what components import and export (Explainer.md, `externtype`), resolved: no indices. */
import type { NameAttribute } from './component.ts'
import type { BorrowType, Field, OwnType, ResourceType, ValueType } from './value-type.ts'

export type ExternType =
  | FunctionType
  | InstanceType
  | ComponentType
  | CoreModuleType
  | TypeExtern
  | ValueExtern

export interface FunctionType {
  readonly kind: 'function'
  readonly async: boolean
  readonly parameters: readonly Field[]
  readonly result: ValueType | undefined
}

/** Exports in order of definition; keys are the full extern names (`ns:pkg/iface@1.0.0`, `[method]r.get`, `add`). */
export interface InstanceType {
  readonly kind: 'instance'
  readonly exports: ReadonlyMap<string, ExternType>
  /** Of the names of `exports`. */
  readonly attributes?: NameAttributes | undefined
}

export interface ComponentType {
  readonly kind: 'component'
  readonly imports: ReadonlyMap<string, ExternType>
  readonly exports: ReadonlyMap<string, ExternType>
  /** Of the names of `imports`, and of `exports`. */
  readonly importAttributes?: NameAttributes | undefined
  readonly exportAttributes?: NameAttributes | undefined
}

/** What names say beside themselves, by name, where they do (Binary.md, "Import and Export Definitions": `nameattributes`). */
export type NameAttributes = ReadonlyMap<string, readonly NameAttribute[]>

/** An imported or exported type: `eq` names an existing type, `sub` is a fresh abstract resource. */
export interface TypeExtern {
  readonly kind: 'type'
  readonly bound: 'eq' | 'sub'
  readonly type: ValueType | ResourceType | FunctionType | InstanceType | ComponentType
  /**
   * What this is another name of, if it is one: `type b = a` of the same interface, or a type that another interface lends. The type
   * of the one is that of the other then, or equal to it.
   */
  readonly aliasOf?: TypeExtern | undefined
  /** Of a resource type: the handles that call it by this name, told by their identity. */
  readonly handles?: ResourceHandles | undefined
}

export interface ResourceHandles {
  readonly own: OwnType
  readonly borrow: BorrowType
}

export interface ValueExtern {
  readonly kind: 'value'
  readonly type: ValueType
}

export interface CoreModuleType {
  readonly kind: 'core-module'
  readonly imports: readonly CoreImport[]
  readonly exports: ReadonlyMap<string, CoreExternType>
}

export interface CoreImport {
  readonly module: string
  readonly name: string
  readonly type: CoreExternType
}

/** A core value type in text form: `i32`, `i64`, `f32`, `f64`, `v128`, `funcref`, `externref`, `(ref null 3)` … */
export type CoreValueType = string

export type CoreExternType =
  | {
      readonly kind: 'func'
      readonly parameters: readonly CoreValueType[]
      readonly results: readonly CoreValueType[]
      /** Undefined for a type that is written as plainly as `(func …)`: final, unshared, without supertypes. */
      readonly form?: CoreFunctionForm | undefined
    }
  | { readonly kind: 'table'; readonly element: CoreValueType; readonly limits: CoreLimits }
  | { readonly kind: 'memory'; readonly limits: CoreLimits; readonly pageSizeLog2: number }
  | { readonly kind: 'global'; readonly type: CoreValueType; readonly mutable: boolean }
  | {
      readonly kind: 'tag'
      readonly parameters: readonly CoreValueType[]
      readonly results: readonly CoreValueType[]
      readonly form?: CoreFunctionForm | undefined
    }

/** What else is said of a function type; it makes another type of it. */
export interface CoreFunctionForm {
  /** `(sub …)`: other types may extend it. */
  readonly open: boolean
  /** It extends another type. */
  readonly derived: boolean
  readonly shared: boolean
}

export interface CoreLimits {
  readonly minimum: bigint
  readonly maximum: bigint | undefined
  readonly shared: boolean
  /** memory64 and table64. */
  readonly index64: boolean
}
