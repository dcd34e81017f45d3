/** What goes in and out of a Plan at run time: the live counterparts of what components import and export. */
import type { FunctionType } from '../component/extern-type.ts'
import type { LiftContext, LiftedFunction, Signature } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { ComponentValue } from './component-value.ts'
import type { CoreModule } from './core-module.ts'
import type { RuntimeResource } from './resource.ts'
import type { SwappableFunction } from './swappable.ts'

export type ExternValue =
  | { readonly kind: 'function'; readonly function: FunctionValue }
  | { readonly kind: 'instance'; readonly exports: ExternValues }
  | { readonly kind: 'resource'; readonly resource: RuntimeResource }
  | { readonly kind: 'type' }
  | { readonly kind: 'core-module'; readonly module: CoreModule }
  | { readonly kind: 'component'; readonly component: ComponentValue }

export type ExternValues = ReadonlyMap<string, ExternValue>

/** Where what comes from outside of a Plan goes. */
export interface ExternRegisters {
  readonly functions: FunctionValue[]
  readonly modules: CoreModule[]
  readonly components: ComponentValue[]
  readonly resources: RuntimeResource[]
}

/** A component function that has not been bound to its caller yet. */
export type FunctionValue = HostValue | GuestValue

export interface HostValue {
  readonly target: undefined
  /** Takes and returns lifted values. */
  readonly call: (...args: never[]) => unknown
  /** Where it is what an instance of another tree exports, as it is. */
  readonly exported?: GuestValue | undefined
  /** Where another function may take its place; `call` goes on to whichever it is. */
  readonly swappable?: SwappableFunction | undefined
}

export interface GuestValue {
  /** The instance that it belongs to. */
  readonly target: ComponentInstance
  readonly type: FunctionType
  /** `caller`: the instance of the same tree that calls it; undefined for the host. */
  liftFor(caller: ComponentInstance | undefined): LiftedFunction
  /** What `liftFor` lifts. */
  readonly signature: Signature
  contextFor(caller: ComponentInstance | undefined): LiftContext
}
