/** CanonicalABI.md, "canon lower", for functions of async type, with the `async` option and without. */
import { flattenFunction } from '../../abi/flatten.ts'
import type { CoreValue } from '../../abi/literal/core-value.ts'
import { Trap } from '../../errors.ts'
import type { LiftedFunction, LoweredFunction, LowerContext, Signature } from '../back-end.ts'
import { hostFailure } from '../trap.ts'
import { currentThread } from './async-state.ts'
import type { StartTask } from './async-lift.ts'
import { blockingFunction } from './blocking-function.ts'
import { hostTask } from './host-task.ts'
import { SUBTASK, Subtask } from './subtask.ts'
import type { LiftedArguments, LowerValues, TaskResult } from './task-values.ts'
import { addEntry } from './table-entry.ts'
import { EVENT } from './waitable.ts'

type FlatResult = CoreValue | undefined

export function asyncLower(
  signature: Signature,
  context: LowerContext,
  values: LowerValues,
): LoweredFunction {
  const type = flattenFunction(signature.type, signature.options, 'lower')
  const start =
    context.target === undefined ? hostTask(signature, context) : (context.callee as LiftedFunction).start!
  return blockingFunction(context.instance, type, (suspends, ...flatArgs) => {
    const call = new LoweredCall(signature, context, values, flatArgs)
    return signature.options.async
      ? call.asynchronously(start, suspends)
      : call.synchronously(start, suspends)
  })
}

class LoweredCall {
  readonly #signature: Signature
  readonly #context: LowerContext
  readonly #values: LowerValues
  readonly #flatArgs: readonly CoreValue[]
  readonly #subtask: Subtask
  #arguments: LiftedArguments | undefined
  #onProgress: (() => void) | undefined

  constructor(
    signature: Signature,
    context: LowerContext,
    values: LowerValues,
    flatArgs: readonly CoreValue[],
  ) {
    this.#signature = signature
    this.#context = context
    this.#values = values
    this.#flatArgs = flatArgs
    this.#subtask = new Subtask(() => this.#arguments?.end())
  }

  synchronously(start: StartTask, suspends: boolean): FlatResult | Promise<FlatResult> {
    const subtask = this.#subtask
    const { instance } = this.#context
    const thread = currentThread(instance)
    const finish = (): FlatResult => {
      subtask.deliverResolve()
      return subtask.flatResult
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
      { onStart: () => this.#onStart(), onResolve: (result) => this.#onResolve(result) },
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

  #onStart(): readonly unknown[] {
    this.#onProgress?.()
    this.#subtask.state = SUBTASK.started
    this.#arguments = this.#values.lift(this.#flatArgs)
    return this.#arguments.values
  }

  #onResolve(result: TaskResult | undefined): void {
    this.#onProgress?.()
    const subtask = this.#subtask
    if (result === undefined) {
      const before = subtask.state === SUBTASK.starting
      subtask.resolve(before ? SUBTASK.cancelledBeforeStarted : SUBTASK.cancelledBeforeReturned, undefined)
      return
    }
    subtask.resolve(SUBTASK.returned, this.#lower(result))
  }

  #lower(result: TaskResult): FlatResult {
    const { instance, target } = this.#context
    // Nothing of what it would get would ever be dropped.
    if (instance.disposed) throw instance.disposal()
    try {
      return this.#values.lower(result, this.#flatArgs)
    } catch (error) {
      // Getters and proxies of the host throw what they like.
      throw target === undefined ? hostFailure(instance, this.#signature.name, error) : error
    }
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
