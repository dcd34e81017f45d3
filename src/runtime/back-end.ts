/**
 * The border between the Plan and the code that moves values. `instantiate` walks the Plan and hands each lift and
 * lower to a back end; a back end returns functions. There are two, under the same tests: `glue` (generated
 * JavaScript, `compile/`) and `literal` (the interpreter in `abi/`, written like the spec).
 */
import type { FlatFunction } from '../abi/flatten.ts'
import type { StringEncoding } from '../component/component.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'
import type { StartTask } from './async/async-lift.ts'
import type { ElementValues } from './async/element-values.ts'
import type { TaskValues } from './async/task-values.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { ConfinedItems } from './confined.ts'
import type { TypeOf } from './guest-imports.ts'
import type { RuntimeResource } from './resource.ts'

export type CoreFunction = (...args: never[]) => unknown

/** Canonical options with everything but the live objects: enough to generate code. */
export interface CanonicalOptions {
  readonly stringEncoding: StringEncoding
  /** Address type of the memory: `i64` for memory64 (CanonicalABI.md, `ptr_type`). */
  readonly pointer: 'i32' | 'i64'
  readonly async: boolean
  readonly postReturn: boolean
  readonly callback: boolean
}

/** What one lift or lower is about; code generated for it is shared by all instances. */
export interface Signature {
  /** For messages and names in stack traces: `add`, `ns:pkg/iface#fn`. */
  readonly name: string
  readonly type: FunctionType
  readonly options: CanonicalOptions
}

/** The live objects behind the options. All functions are wasm functions, or what a back end or `bindLowered` returned. */
export interface CanonicalContext extends ConfinedItems {
  readonly instance: ComponentInstance
  readonly memory: WebAssembly.Memory | undefined
  readonly realloc: CoreFunction | undefined
  /** The types of all these functions, where they can be known: not each is of the plain type with its parameters. */
  readonly typeOf?: TypeOf | undefined
  /** The runtime's resource for a type that occurs in the signature. */
  resource(type: ResourceType): RuntimeResource
}

export interface LiftContext extends CanonicalContext {
  readonly callee: CoreFunction
  readonly postReturn: CoreFunction | undefined
  readonly callback: CoreFunction | undefined
  /**
   * The component instance that calls, where one component calls another of the same tree (it decides which
   * instances are entered, CanonicalABI.md `entering_set`); undefined for calls from the host.
   */
  readonly caller: ComponentInstance | undefined
}

/** A lifted export: callable as it is (the synchronous view), and through `promise` (may be suspended). */
export interface LiftedFunction {
  (...args: never[]): unknown
  /** Where the engine has no JSPI, it calls the synchronous view: it works until something can only wait. */
  readonly promise: (...args: never[]) => Promise<unknown>
  /** Of functions of async type, and of others whose instance takes part in asynchronous calls: begins a task. */
  readonly start?: StartTask
}

export interface LowerContext extends CanonicalContext {
  /**
   * Takes and returns lifted values; `this` is undefined. A host function with its traits, or the lifted function of
   * another component instance of the same tree.
   */
  readonly callee: ((...args: never[]) => unknown) | LiftedFunction
  /** Where `callee` is a lifted function of the same tree: the instance that it belongs to. Undefined: the host. */
  readonly target: ComponentInstance | undefined
}

/**
 * A lowered import: `plain` is what core wasm calls when it cannot be suspended. Where `suspending` is given, the import may
 * block: `bindLowered` (`switch.ts`) puts a switch in front of both.
 */
export interface LoweredFunction {
  readonly plain: CoreFunction
  /**
   * Returns a core value, or a promise of one. Never throws and never rejects: it marks the instance as failed, and the
   * switch traps.
   */
  readonly suspending: CoreFunction | undefined
  readonly instance: ComponentInstance
  /** The core type of both. */
  readonly type: FlatFunction
}

/**
 * A lowered import of one component that is a lifted function of another one: of the same tree, or (no `caller`) of another tree
 * from whose exports the host took it.
 */
export interface DirectCall {
  readonly lower: Signature
  readonly lowerContext: CanonicalContext
  readonly lift: Signature
  readonly liftContext: LiftContext
  /** The same call as lift-then-lower, and how many core parameters it has; made when it is first needed. */
  readonly slow: () => (...args: unknown[]) => unknown
  readonly parameters: number
  /** Whether `may_leave` of the caller can be false when it calls, and has to be checked. */
  readonly needsLeaveCheck: () => boolean
  /** It takes the place of another one, which was counted: see `limits.adapterTypeParts`. */
  readonly isReplacement?: boolean | undefined
}

export interface BackEnd {
  readonly name: 'glue' | 'fused' | 'literal'
  lift(signature: Signature): (context: LiftContext) => LiftedFunction
  lower(signature: Signature): (context: LowerContext) => LoweredFunction
  /** Of functions that are tasks; without it the literal ones. */
  readonly taskValues?: TaskValues
  /** Of elements of streams and futures; without it the literal interpreter moves them. */
  readonly elementValues?: ElementValues
  /**
   * Core functions that call from wasm to wasm; undefined for those calls that have to be lift-then-lower. Where a call may
   * block it is suspended as a whole, whatever it passes through.
   */
  readonly fuse?: (calls: readonly DirectCall[]) => readonly (CoreFunction | undefined)[]
}

/** For back ends. @throws {TenonError} unsupported */
export function refuseAsync({ name, type, options }: Signature): void {
  if (type.async || options.async) {
    throw new TenonError(
      'unsupported',
      `${name}: asynchronous functions are tasks, which no back end makes by itself: see \`withTasks\``,
    )
  }
}
