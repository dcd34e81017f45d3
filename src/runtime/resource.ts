/**
 * A resource type at run time. Two kinds: what a component defines, whose handles users see as objects of a class made here,
 * and what the host implements with a class of its own, whose objects the guest sees as handles.
 */
import type { CoreFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { TypeOf } from './guest-imports.ts'

/** What users see of a resource type; the PLAN fills in its methods. */
export type ResourceClass = abstract new (...args: never[]) => object

/**
 * What glue asks of a resource type. "Claim" is the check of an argument, before anything moves; "take" moves. A
 * `stamp` is a number of one call, so that two uses of one handle in it are found; 0 where there is only one.
 */
export interface RuntimeResource {
  /** Its WIT name, for messages. */
  readonly name: string
  /** The instance that defines it; undefined: the host does. */
  readonly owner: ComponentInstance | undefined
  /** Guest code that is called with the rep when an owner drops it; `resource.drop` calls it from wasm. */
  readonly destructor: CoreFunction | undefined
  /** Of the destructor, where that can be known. */
  readonly typeOf?: TypeOf | undefined
  readonly class: ResourceClass

  /** Why a value cannot be passed as `own` in the call `stamp`; undefined where it can. */
  claimOwn(value: unknown, stamp: number): string | undefined
  /** The same for `borrow`. */
  claimBorrow(value: unknown, stamp: number): string | undefined
  /** The quick check of a value that may be lent: its rep, or undefined where `claimBorrow` says why not. */
  repOf(value: unknown): number | undefined
  /** Moves a claimed value into a component: it is no longer the host's. */
  takeOwn(value: object): number
  /** Lends a claimed value to a call; `endLend` with the same value when the call is over. */
  lend(value: object): number
  /** Keeps a claimed value that a waiting call will lend; `endLend` when that call is over. */
  hold(value: object): void
  endLend(value: object): void

  /** Drops an `own` object that no user can reach. */
  giveUp(value: object): void

  /** The object of an `own` that left a component; `transient`: it only goes on to another component. */
  liftOwn(rep: number, transient: boolean): object
  /** The object of a `borrow` that a component passed; `endBorrow` when the call is over. */
  liftBorrow(rep: number): object
  endBorrow(value: object): void

  /** An instance that owned one was disposed. */
  ownerDisposed(rep: number, owner: ComponentInstance): void
  /** A guest dropped its last claim: `own` runs the host's destructor, if the host implements it; never the guest's. */
  dropped(rep: number, own: boolean): void
}

let stamps = 0

/** A number for one call: two uses of one handle in it are found by it. */
export function nextStamp(): number {
  return ++stamps
}
