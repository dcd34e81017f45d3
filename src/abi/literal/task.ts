/** CanonicalABI.md, "Tasks": one call of a lifted function, from the arguments to the result. */
import type { LiftContext, Signature } from '../../runtime/back-end.ts'
import { RUNNING_CALL, words } from '../../runtime/thread.ts'
import { flattenFunction, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, parameterTuple } from '../flatten.ts'
import { Arguments } from './arguments.ts'
import { LiftLowerContext } from './context.ts'
import { type AnyCoreFunction, type CoreValue, CoreValueIterator, toCoreValues } from './core-value.ts'
import { liftFlatValues, lowerFlatValues } from './flat-values.ts'
import { resultTuple, toOutcome } from './function-result.ts'
import { JavaScriptWriter } from './to-javascript.ts'

export class Task {
  readonly #signature: Signature
  readonly #context: LiftContext
  readonly #cx: LiftLowerContext
  readonly #args: Arguments

  /**
   * Reads the arguments; nothing has moved when it throws.
   *
   * @throws {TypeError} where an argument does not fit
   */
  constructor(signature: Signature, context: LiftContext, args: readonly unknown[]) {
    this.#signature = signature
    this.#context = context
    this.#cx = new LiftLowerContext(signature.options, context, context.caller !== undefined)
    this.#args = new Arguments(signature, context, args)
  }

  /** Lowers the arguments: the core function's. */
  start(): CoreValue[] {
    const { type, options } = this.#signature
    const flat = lowerFlatValues(this.#cx, MAX_FLAT_PARAMS, this.#args.values, parameterTuple(type))
    return toCoreValues(flat, flattenFunction(type, options, 'lift').parameters)
  }

  /** Lifts what the core function returned, and lets the guest clean up. Undefined where the function returns nothing. */
  return(returned: CoreValue | undefined): unknown {
    const { result } = this.#signature.type
    const flatResults = returned === undefined ? [] : [returned]
    const values = liftFlatValues(
      this.#cx,
      MAX_FLAT_RESULTS,
      new CoreValueIterator(flatResults),
      resultTuple(this.#signature.type),
    )
    this.#cx.loans.checkBorrowsDropped()
    this.#postReturn(flatResults)
    return toOutcome(new JavaScriptWriter(this.#cx.between), values, result)
  }

  #postReturn(flatResults: readonly CoreValue[]): void {
    if (this.#context.postReturn === undefined) return
    const running = words[RUNNING_CALL]!
    words[RUNNING_CALL] = 0
    this.#cx.instance.forbidLeave()
    ;(this.#context.postReturn as AnyCoreFunction)(...flatResults)
    this.#cx.instance.allowLeave()
    words[RUNNING_CALL] = running
  }

  /** The call is over, whichever way. */
  end(): void {
    this.#cx.loans.end()
  }

  /** The call has to wait: takes the handles among its arguments, so that nobody else does. */
  reserve(): void {
    this.#args.reserve(this.#cx.loans)
  }

  /** A call that reserved handles is not made: what it owns has nobody else. */
  abandon(): void {
    this.#args.abandon(this.#cx.loans)
  }
}
