/** Calls from JavaScript, which pass and get JavaScript's values, into functions that are tasks. */
import { ComponentError } from '../../errors.ts'
import type { LiftedFunction } from '../back-end.ts'
import type { AsyncLift } from './async-lift.ts'
import type { HostCall } from './scheduler.ts'
import { inSynchronousTask } from './synchronous-task.ts'
import type { TaskCaller } from './task.ts'
import type { TaskArguments, TaskResult } from './task-values.ts'

type Call = (...args: unknown[]) => unknown

/** A function of async type: a promise in both views. */
export function asyncFunction(lift: AsyncLift): LiftedFunction {
  const promise = promiseView(lift)
  return Object.assign((...args: unknown[]) => promise(...args), {
    promise,
    start: lift.start,
  }) as LiftedFunction
}

/** A synchronous function of an instance that takes part in asynchronous calls: `lifted` as a task. */
export function functionInTask(lift: AsyncLift, lifted: LiftedFunction): LiftedFunction {
  const { signature, context } = lift
  const synchronous = inSynchronousTask(context.instance, signature, (...args: never[]): unknown =>
    lifted(...args),
  )
  return Object.assign(synchronous, { promise: promiseView(lift), start: lift.start }) as LiftedFunction
}

function promiseView(lift: AsyncLift): Call {
  return (...args) =>
    new Promise((resolve, reject) => new JavaScriptCall(lift, args, resolve, reject).enter())
}

class JavaScriptCall implements HostCall, TaskCaller {
  readonly #lift: AsyncLift
  readonly #arguments: TaskArguments
  #reserved = false
  #started = false
  readonly #resolve: (value: unknown) => void
  readonly #reject: (error: unknown) => void
  #waited = false
  /** Of a synchronous function its caller gets it when post-return has run. */
  #result: TaskResult | undefined

  /** @throws {TypeError} */
  constructor(
    lift: AsyncLift,
    args: readonly unknown[],
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.#lift = lift
    this.#arguments = lift.values.read(args)
    this.#resolve = resolve
    this.#reject = reject
  }

  get #root() {
    return this.#lift.context.instance.root
  }

  get #scheduler() {
    return this.#lift.context.instance.async!.scheduler
  }

  enter(): void {
    const { border } = this.#lift
    if (border.free) this.#run()
    // A call from inside the tree would wait for itself.
    else if (border.suspended && border.caller === undefined) this.#wait()
    else {
      this.#end()
      this.#reject(border.refusal())
    }
  }

  #wait(): void {
    try {
      this.#reserve()
    } catch (error) {
      this.#reject(error)
      return
    }
    if (!this.#waited) this.#root.statistics.waitedCalls++
    this.#waited = true
    this.#root.whenLeft(() => this.enter())
  }

  /** It does not begin at once: what is handed over is nobody else's from now on. */
  #reserve(): void {
    if (this.#reserved) return
    this.#arguments.reserve()
    this.#reserved = true
  }

  get #fromHost(): boolean {
    return this.#lift.border.caller === undefined
  }

  #run(): void {
    if (this.#fromHost) {
      this.#scheduler.addHostCall(this)
      this.#root.addCall(this)
    }
    try {
      const { running } = this.#lift.start(this, true)
      if (!this.#started) this.#reserve()
      if (running)
        running.then(
          () => this.#ran(),
          (error: unknown) => this.#failed(error),
        )
      else this.#ran()
    } catch (error) {
      this.#failed(error)
    }
  }

  /** The task has blocked or ended; one of a synchronous function has returned. */
  #ran(): void {
    if (!this.#lift.signature.type.async) this.#settle()
    this.#scheduler.poke()
  }

  /** Guest code trapped: nothing in the tree goes on. Where another component called, it learns of that first. */
  #failed(error: unknown): void {
    this.fail(error)
    if (this.#fromHost) this.#scheduler.failAll(error)
  }

  onStart(): TaskArguments {
    this.#started = true
    return this.#arguments
  }

  onResolve(result: TaskResult | undefined): void {
    this.#result = result
    // When its caller goes on, other calls may be made.
    if (this.#lift.signature.type.async) this.#root.whenLeft(() => this.#settle())
  }

  #settle(): void {
    if (this.#root.poisoned) {
      this.fail(this.#root.failure)
      return
    }
    this.#end()
    const { value, failed } = this.#result!
    if (failed) this.#reject(new ComponentError(value))
    else this.#resolve(value)
  }

  fail(error: unknown): void {
    this.#end()
    this.#reject(error)
  }

  #end(): void {
    if (this.#started) this.#arguments.end()
    else if (this.#reserved) this.#arguments.abandon()
    this.#scheduler.removeHostCall(this)
    this.#root.endCall(this)
  }

  /** The instance was disposed: whatever the guest waits for, the caller does not. */
  abandon(): void {
    this.fail(this.#root.disposal())
  }
}
