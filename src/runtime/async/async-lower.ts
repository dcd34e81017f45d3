/** CanonicalABI.md, "canon lower", for functions of async type, with the `async` option and without. */
import {
  flattenFunction,
  MAX_FLAT_ASYNC_PARAMS,
  MAX_FLAT_PARAMS,
  MAX_FLAT_RESULTS,
  parameterTuple,
} from '../../abi/flatten.ts'
import { LiftLowerContext } from '../../abi/literal/context.ts'
import { type CoreValue, CoreValueIterator, toCoreValues } from '../../abi/literal/core-value.ts'
import { liftFlatValues, lowerFlatValues } from '../../abi/literal/flat-values.ts'
import { resultTuple } from '../../abi/literal/function-result.ts'
import { Trap } from '../../errors.ts'
import type { LiftedFunction, LoweredFunction, LowerContext, Signature } from '../back-end.ts'
import { currentThread } from './async-state.ts'
import type { StartTask } from './async-lift.ts'
import { blockingFunction } from './blocking-function.ts'
import { hostTask } from './host-task.ts'
import { SUBTASK, Subtask } from './subtask.ts'
import { addEntry } from './table-entry.ts'
import { EVENT } from './waitable.ts'

type FlatResult = CoreValue | undefined

export function asyncLower(signature: Signature, context: LowerContext): LoweredFunction {
  const type = flattenFunction(signature.type, signature.options, 'lower')
  const start =
    context.target === undefined ? hostTask(signature, context) : (context.callee as LiftedFunction).start!
  return blockingFunction(context.instance, type, (suspends, ...flatArgs) => {
    const call = new LoweredCall(signature, context, flatArgs)
    return signature.options.async
      ? call.asynchronously(start, suspends)
      : call.synchronously(start, suspends)
  })
}

class LoweredCall {
  readonly #signature: Signature
  readonly #context: LowerContext
  readonly #cx: LiftLowerContext
  readonly #flatArgs: CoreValueIterator
  readonly #subtask: Subtask
  #onProgress: (() => void) | undefined

  constructor(signature: Signature, context: LowerContext, flatArgs: readonly CoreValue[]) {
    this.#signature = signature
    this.#context = context
    this.#cx = new LiftLowerContext(signature.options, context, context.target !== undefined)
    this.#flatArgs = new CoreValueIterator(flatArgs)
    this.#subtask = new Subtask(this.#cx.loans)
  }

  synchronously(start: StartTask, suspends: boolean): FlatResult | Promise<FlatResult> {
    const subtask = this.#subtask
    const { instance } = this.#context
    const thread = currentThread(instance)
    const finish = (): FlatResult => {
      subtask.deliverResolve()
      return subtask.flatResults[0]
    }
    const afterStart = (): FlatResult | Promise<FlatResult> => {
      if (subtask.resolved) return finish()
      const waiting = subtask.blockUntil(thread, () => subtask.resolved, suspends)
      return waiting === undefined ? finish() : waiting.then(finish)
    }
    const mustReturn = !thread.task.isAsync && thread.task.state !== 'resolved'
    try {
      const running = this.#start(start, suspends)
      if (!running) return afterStart()
      return running.then(afterStart, (error: unknown) => {
        throw mustReturn ? withinSynchronousTask(error) : error
      })
    } catch (error) {
      throw mustReturn ? withinSynchronousTask(error) : error
    }
  }

  asynchronously(start: StartTask, suspends: boolean): FlatResult | Promise<FlatResult> {
    const running = this.#start(start, suspends)
    return running ? running.then(() => this.#handle()) : this.#handle()
  }

  #start(start: StartTask, suspends: boolean): undefined | Promise<void> {
    const subtask = this.#subtask
    this.#context.instance.checkMayLeave()
    const { running, onCancel } = start(
      { onStart: () => this.#onStart(), onResolve: (results) => this.#onResolve(results) },
      suspends,
    )
    subtask.onCancel = onCancel
    if (!running || suspends) return running
    // Its stack goes on by itself; what becomes of it nobody is told.
    running.catch(() => {})
    throw new Trap(
      'cannot-block',
      `wasm trap: cannot block a synchronous task before returning: \`${this.#signature.name}\` neither returned nor waited where others could go on`,
    )
  }

  #onStart() {
    this.#onProgress?.()
    const { type, options } = this.#signature
    this.#subtask.state = SUBTASK.started
    const most = options.async ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS
    return liftFlatValues(this.#cx, most, this.#flatArgs, parameterTuple(type))
  }

  #onResolve(results: Parameters<typeof lowerFlatValues>[2] | undefined): void {
    this.#onProgress?.()
    const subtask = this.#subtask
    const { type, options } = this.#signature
    if (results === undefined) {
      const before = subtask.state === SUBTASK.starting
      subtask.resolve(before ? SUBTASK.cancelledBeforeStarted : SUBTASK.cancelledBeforeReturned, [])
      return
    }
    const most = options.async ? 0 : MAX_FLAT_RESULTS
    const flat = lowerFlatValues(this.#cx, most, results, resultTuple(type), this.#flatArgs)
    subtask.resolve(SUBTASK.returned, toCoreValues(flat, flattenFunction(type, options, 'lower').results))
  }

  /** The state, and the handle of the call where that is not over. */
  #handle(): number {
    const subtask = this.#subtask
    if (subtask.resolved) {
      subtask.deliverResolve()
      return SUBTASK.returned
    }
    const index = addEntry(this.#context.instance, subtask)
    this.#onProgress = () =>
      subtask.setPendingEvent(() => {
        if (subtask.resolved) subtask.deliverResolve()
        return [EVENT.subtask, index, subtask.state]
      })
    return subtask.state | (index << 4)
  }
}

/** Says of a trap that its call could not have waited in any case. */
function withinSynchronousTask(error: unknown): unknown {
  if (!(error instanceof Trap) || error.code === 'cannot-block') return error
  return new Trap(
    error.code,
    `${error.message} (in an asynchronous function that was called where nothing may wait: cannot block a synchronous task before returning)`,
    { cause: error },
  )
}
