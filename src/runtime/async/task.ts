/** CanonicalABI.md, "Tasks": one call of a lifted function, from the arguments to the last of its threads. */
import { limits } from '../../component/limits.ts'
import { Trap } from '../../errors.ts'
import type { CoreValue } from '../../abi/literal/core-value.ts'
import type { Signature } from '../back-end.ts'
import type { ComponentInstance } from '../component-instance.ts'
import { Border } from '../entering.ts'
import { RUNNING_CALL, words } from '../thread.ts'
import type { AsyncState } from './async-state.ts'
import type { GuestThread } from './guest-thread.ts'
import { type Block, BLOCK } from './guest-thread.ts'
import type { TaskArguments, TaskResult } from './task-values.ts'

export type TaskState = 'initial' | 'started' | 'pending-cancel' | 'cancel-delivered' | 'resolved'

/** What the caller of a task says and is told (`OnStart`, `OnResolve`). */
export interface TaskCaller {
  /** The task begins: its arguments, as JavaScript's values, or read already. */
  onStart(): readonly unknown[] | TaskArguments
  /** What came of it, or undefined where it was cancelled. */
  onResolve(result: TaskResult | undefined): void
}

export interface TaskParts {
  readonly signature: Signature
  readonly instance: ComponentInstance
  readonly memory: WebAssembly.Memory | undefined
  /** Undefined of a call that is on its caller's stack: that moves the values by itself. */
  readonly call: TaskCall | undefined
}

/** The values of a task, on their way from its caller and back. */
export interface TaskCall {
  onStart(): TaskArguments
  /** What its guest hands to `task.return`. */
  liftResult(flat: readonly CoreValue[]): TaskResult
  onResolve(result: TaskResult | undefined): void
  /** Borrow handles that the task was given and has not dropped. */
  readonly borrows: number
}

export class Task {
  readonly signature: Signature
  readonly instance: ComponentInstance
  /** The memory of its lift: `task.return` has to name the same. */
  readonly memory: WebAssembly.Memory | undefined
  readonly threads: GuestThread[] = []
  state: TaskState = 'initial'
  implicitThread: GuestThread | undefined
  readonly #call: TaskCall | undefined

  constructor({ signature, instance, memory, call }: TaskParts) {
    this.signature = signature
    this.instance = instance
    this.memory = memory
    this.#call = call
  }

  /** Of its instance, which takes part in asynchronous calls. */
  get #of(): AsyncState {
    return this.instance.async!
  }

  get isAsync(): boolean {
    return this.signature.type.async
  }

  /** Whether its implicit thread wants the stack of the instance for itself. */
  get needsExclusive(): boolean {
    const { async, callback } = this.signature.options
    return !async || callback
  }

  /** The first steps of the implicit thread: waits while there is backpressure. False: it was cancelled meanwhile. */
  *enterImplicitThread(thread: GuestThread): Generator<Block, boolean, boolean> {
    this.implicitThread = thread
    const instance = this.#of
    if (this.isAsync) {
      const hasBackpressure = (): boolean =>
        instance.backpressure > 0 || (this.needsExclusive && instance.exclusive !== undefined)
      if (hasBackpressure() || instance.waitingToEnter > 0) {
        instance.waitingToEnter++
        thread.startWaiting(() => {
          if (!hasBackpressure()) return true
          instance.keepFromStack(thread)
          return false
        }, true)
        const cancelled = yield BLOCK
        instance.waitingToEnter--
        if (cancelled) {
          this.cancel()
          return false
        }
      }
      if (this.needsExclusive) instance.exclusive = thread
    }
    this.register(thread)
    return true
  }

  exitImplicitThread(thread: GuestThread): void {
    this.unregister(thread)
    if (this.isAsync && this.needsExclusive) this.#of.releaseStack()
  }

  /** @throws {Trap} table-full */
  register(thread: GuestThread): void {
    if (this.#of.threads.size >= limits.threads) {
      throw new Trap('table-full', `too many threads: an instance has at most ${limits.threads}`)
    }
    thread.index = this.#of.threads.add(thread)
    this.threads.push(thread)
  }

  /** @throws {Trap} task */
  unregister(thread: GuestThread): void {
    this.threads.splice(this.threads.indexOf(thread), 1)
    this.#of.threads.remove(thread.index!)
    if (this.threads.length === 0 && this.state !== 'resolved') {
      throw taskTrap(
        'async-lifted export failed to produce a result: it ended without a call of `task.return`',
      )
    }
  }

  start(): TaskArguments {
    this.state = 'started'
    return this.#call!.onStart()
  }

  /** `task.return`. @throws {Trap} task, borrow-not-dropped, and what lifting traps with */
  returnFlat(flat: readonly CoreValue[]): void {
    this.return(this.#call!.liftResult(flat))
  }

  /** @throws {Trap} task, borrow-not-dropped */
  return(result: TaskResult): void {
    if (this.state === 'resolved') throw resolvedTrap()
    this.#checkBorrowsDropped()
    this.#call!.onResolve(result)
    this.state = 'resolved'
  }

  /** @throws {Trap} task, borrow-not-dropped */
  cancel(): void {
    if (this.state !== 'cancel-delivered') {
      throw this.state === 'resolved'
        ? resolvedTrap()
        : taskTrap('`task.cancel` called by task which has not been cancelled')
    }
    this.#checkBorrowsDropped()
    this.#call!.onResolve(undefined)
    this.state = 'resolved'
  }

  /** Whether a cancellation was requested that nobody was told of yet; tells it. */
  deliverPendingCancel(cancellable: boolean): boolean {
    if (!cancellable || this.state !== 'pending-cancel') return false
    this.state = 'cancel-delivered'
    return true
  }

  /**
   * The caller does not want the result any more. A thread that can be told runs until it blocks or ends; a promise
   * where that is not at once.
   */
  requestCancellation(caller: ComponentInstance): undefined | Promise<void> {
    const border = new Border(this.instance, caller)
    if (this.state === 'initial') {
      this.state = 'cancel-delivered'
      // It has not begun: no code of the guest runs.
      return this.implicitThread!.resume(border, true)
    }
    const { exclusive } = this.#of
    const thread = this.threads.find(
      (one) =>
        one.cancellable &&
        !one.running &&
        !(one === this.implicitThread && this.needsExclusive && exclusive !== undefined && exclusive !== one),
    )
    if (thread === undefined || !border.free) {
      this.state = 'pending-cancel'
      return undefined
    }
    this.state = 'cancel-delivered'
    return runEntered(border, thread, () => thread.resume(border, true))
  }

  #checkBorrowsDropped(): void {
    const borrows = this.#call?.borrows ?? 0
    if (borrows === 0) return
    throw new Trap(
      'borrow-not-dropped',
      `borrow handles still remain at the end of the call: ${borrows} not dropped`,
    )
  }
}

/**
 * Enters for one thread, from code that runs already, and leaves when that has blocked or ended. What it throws, or rejects
 * with, poisons what was entered.
 */
export function runEntered(
  border: Border,
  thread: GuestThread,
  run: () => undefined | Promise<void>,
): undefined | Promise<void> {
  const saved = border.mark(thread.call)
  try {
    const running = run()
    if (running === undefined) {
      border.leave(saved)
      return undefined
    }
    // It is still inside, and who called goes on to wait for it.
    words[RUNNING_CALL] = saved
    return running.then(
      () => border.leave(0),
      (error: unknown) => {
        throw border.fail(0, error)
      },
    )
  } catch (error) {
    throw border.fail(saved, error)
  }
}

export function taskTrap(message: string): Trap {
  return new Trap('task', `wasm trap: ${message}`)
}

function resolvedTrap(): Trap {
  return taskTrap('`task.return` or `task.cancel` called more than once for current task')
}
