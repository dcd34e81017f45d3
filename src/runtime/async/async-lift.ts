/**
 * CanonicalABI.md, "canon lift", for functions of async type, and for synchronous ones of instances that take part in
 * asynchronous calls.
 */
import { flattenFunction } from '../../abi/flatten.ts'
import type { CoreValue } from '../../abi/literal/core-value.ts'
import type { LiftContext, Signature } from '../back-end.ts'
import { Border } from '../entering.ts'
import { RUNNING_CALL, words } from '../thread.ts'
import type { AsyncState } from './async-state.ts'
import { BLOCK, GuestThread, type Step, synchronousTaskBlocked } from './guest-thread.ts'
import type { OnCancel } from './subtask.ts'
import { runEntered, Task, type TaskCall, type TaskCaller, taskTrap } from './task.ts'
import { waitableSetAt } from './table-entry.ts'
import { type ThreadCore, threadCore } from './thread-core.ts'
import type { LiftValues, TaskArguments, TaskResult } from './task-values.ts'
import { type Event, NO_EVENT, TASK_CANCELLED } from './waitable.ts'

/** A task that has begun. */
export interface StartedTask {
  /** Until its first thread has blocked or ended; a synchronous task: until it has returned. Undefined: that is so already. */
  readonly running: undefined | Promise<void>
  readonly onCancel: OnCancel
}

/**
 * CanonicalABI.md, "Tasks", `FuncInst`.
 *
 * @param suspends whether who calls can wait; what cannot gets the host's synchronous views
 * @throws {Trap} cannot-enter, and what guest code trapped with
 */
export type StartTask = (caller: TaskCaller, suspends: boolean) => StartedTask

/** `CallbackCode`. */
const EXIT = 0
const YIELD = 1
const WAIT = 2

const callbackShape = { parameters: ['i32', 'i32', 'i32'], results: ['i32'] } as const

export class AsyncLift {
  readonly signature: Signature
  readonly context: LiftContext
  readonly border: Border
  readonly values: LiftValues
  readonly #core: ThreadCore
  readonly #callback: ThreadCore | undefined

  constructor(signature: Signature, context: LiftContext, values: LiftValues) {
    this.signature = signature
    this.context = context
    this.values = values
    this.border = new Border(context.instance, context.caller)
    const { callee, callback, typeOf } = context
    this.#core = threadCore(callee, flattenFunction(signature.type, signature.options, 'lift'), typeOf)
    this.#callback = callback && threadCore(callback, callbackShape, typeOf)
  }

  readonly start: StartTask = (caller) => {
    const { border, signature, context } = this
    if (!border.free) throw border.refusal()
    const call = new LiftedCall(this.values, caller)
    const task = new Task({ signature, instance: context.instance, memory: context.memory, call })
    const thread = new GuestThread(task, (one) => this.#implicitThread(task, one, call))
    const running = runEntered(border, thread, () => this.#run(task, thread))
    return { running, onCancel: (by) => task.requestCancellation(by) }
  }

  #run(task: Task, thread: GuestThread): undefined | Promise<void> {
    const running = thread.resume(this.border, false)
    if (task.isAsync) return running
    return running ? running.then(() => this.#untilResolved(task)) : this.#untilResolved(task)
  }

  /** While a synchronous task has not returned, only other threads of its instance may run. */
  #untilResolved(task: Task): undefined | Promise<void> {
    while (task.state !== 'resolved') {
      const running = this.#resumeOther()
      if (running) return running.then(() => this.#untilResolved(task))
    }
    return undefined
  }

  #resumeOther(): undefined | Promise<void> {
    for (const thread of this.#async.scheduler.waiting) {
      const inInstance = thread.task.instance === this.context.instance && thread.index !== undefined
      if (!inInstance || thread.wantsStack || !thread.ready) continue
      this.border.mark(thread.call)
      return thread.resume(this.border, false)
    }
    throw synchronousTaskBlocked()
  }

  get #async(): AsyncState {
    return this.context.instance.async!
  }

  /** What the implicit thread does. Where it fails, too, what was lent to it goes back. */
  *#implicitThread(task: Task, thread: GuestThread, call: LiftedCall): Generator<Step, void, boolean> {
    try {
      yield* this.#body(task, thread)
    } finally {
      call.end()
    }
  }

  *#body(task: Task, thread: GuestThread): Generator<Step, void, boolean> {
    if (!(yield* task.enterImplicitThread(thread))) return
    const returned = yield* thread.callCore(this.#core, task.start().lower())
    if (!this.signature.options.async) {
      task.return(this.values.liftReturned(returned))
      this.#postReturn(returned === undefined ? [] : [returned])
    } else if (this.#callback) yield* this.#loop(task, thread, this.#callback, returned as number)
    task.exitImplicitThread(thread)
  }

  #postReturn(results: readonly CoreValue[]): void {
    const { postReturn, instance } = this.context
    if (postReturn === undefined) return
    const running = words[RUNNING_CALL]!
    words[RUNNING_CALL] = 0
    instance.forbidLeave()
    ;(postReturn as (...args: readonly CoreValue[]) => unknown)(...results)
    instance.allowLeave()
    words[RUNNING_CALL] = running
  }

  /** Calls the callback with one event after the other, until it says that the task is over. */
  *#loop(
    task: Task,
    thread: GuestThread,
    callback: ThreadCore,
    first: number,
  ): Generator<Step, void, boolean> {
    const instance = this.#async
    let packed = first >>> 0
    while ((packed & 0xf) !== EXIT) {
      instance.releaseStack()
      const event = yield* this.#nextEvent(task, thread, packed)
      instance.exclusive = thread
      packed = ((yield* thread.callCore(callback, event)) as number) >>> 0
    }
  }

  *#nextEvent(task: Task, thread: GuestThread, packed: number): Generator<Step, Event, boolean> {
    const code = packed & 0xf
    if (code === YIELD) {
      if (task.deliverPendingCancel(true)) return TASK_CANCELLED
      return (yield* this.#waitForStack(thread, () => true)) ? TASK_CANCELLED : NO_EVENT
    }
    if (code !== WAIT) throw taskTrap(`unsupported callback code: ${code}`)
    const set = waitableSetAt(this.context.instance, packed >>> 4)
    if (task.deliverPendingCancel(true)) return TASK_CANCELLED
    set.waiting.add(thread)
    const cancelled = yield* this.#waitForStack(thread, () => set.hasPendingEvent)
    const event = cancelled ? TASK_CANCELLED : set.takePendingEvent()
    set.waiting.delete(thread)
    return event
  }

  /** Until nobody else has the stack, and `ready`: true where it was cancelled. */
  *#waitForStack(thread: GuestThread, ready: () => boolean): Generator<Step, boolean, boolean> {
    const instance = this.#async
    thread.startWaiting(() => {
      if (!ready()) return false
      if (instance.exclusive === undefined) return true
      instance.keepFromStack(thread)
      return false
    }, true)
    return yield BLOCK
  }
}

/** The values of one call. */
class LiftedCall implements TaskCall {
  readonly #values: LiftValues
  readonly #caller: TaskCaller
  #arguments: TaskArguments | undefined

  constructor(values: LiftValues, caller: TaskCaller) {
    this.#values = values
    this.#caller = caller
  }

  onStart(): TaskArguments {
    const given = this.#caller.onStart()
    this.#arguments = Array.isArray(given) ? this.#values.read(given) : (given as TaskArguments)
    return this.#arguments
  }

  liftResult(flat: readonly CoreValue[]): TaskResult {
    return this.#values.liftResult(flat)
  }

  onResolve(result: TaskResult | undefined): void {
    this.end()
    this.#caller.onResolve(result)
  }

  /** What the caller lent is the caller's again. */
  end(): void {
    this.#arguments?.end()
  }

  get borrows(): number {
    return this.#arguments?.borrows ?? 0
  }
}
