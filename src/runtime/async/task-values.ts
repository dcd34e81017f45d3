/**
 * What moves the values of tasks (CanonicalABI.md, "Lifting and Lowering Values"): each back end has its own. Between the two sides they
 * are the values that JavaScript has, where both are components, too.
 */
import type { CoreValue } from '../../abi/literal/core-value.ts'
import type { LiftContext, LowerContext, Signature } from '../back-end.ts'

export interface TaskValues {
  lift(signature: Signature): (context: LiftContext) => LiftValues
  lower(signature: Signature): (context: LowerContext) => LowerValues
}

/** Of a lifted function. */
export interface LiftValues {
  /**
   * Checks and reads the arguments of one call; nothing has moved when it throws.
   *
   * @throws {TypeError}
   */
  read(args: readonly unknown[]): TaskArguments
  /** What the core function returned, where it is lifted without the `async` option. */
  liftReturned(returned: CoreValue | undefined): TaskResult
  /** What it handed to `task.return`. */
  liftResult(flat: readonly CoreValue[]): TaskResult
}

/** The arguments of one call, which have been read. */
export interface TaskArguments {
  /** Lends and moves what is to be lent and moved: the arguments of the core function. */
  lower(): readonly CoreValue[]
  /** Borrow handles that the guest was handed, and has not dropped. */
  readonly borrows: number
  /** The call has to wait: takes the handles among them, so that nobody else does. */
  reserve(): void
  /** A call that reserved handles is not made: what it owns has nobody else. */
  abandon(): void
  /** The call is over, whichever way: what was lent is given back, once. */
  end(): void
}

/** `failed`: it is the payload of the error case of a `result`; else that of its ok case, or a value of any other type. */
export interface TaskResult {
  readonly value: unknown
  readonly failed: boolean
}

/** Of a lowered function. */
export interface LowerValues {
  /** The callee's arguments. */
  lift(flat: readonly CoreValue[]): LiftedArguments
  /**
   * Lowers what came of the call: what the core function returns.
   *
   * @param flat the core arguments, the last of which may say where the result goes
   * @throws {TypeError} where the host's value does not fit
   */
  lower(result: TaskResult, flat: readonly CoreValue[]): CoreValue | undefined
}

export interface LiftedArguments {
  readonly values: readonly unknown[]
  /** The call is over: the guest has what it lent back, once. */
  end(): void
}
