/**
 * CanonicalABI.md, "Threads". What the specification does with continuations is a generator here, for the steps between calls of
 * guest code, and JSPI inside of guest code. A thread stops where it blocks or ends; whoever resumed it goes on then, at once
 * where it can, and else through a promise.
 */
import type { CoreValue } from '../../abi/literal/core-value.ts'
import { Trap } from '../../errors.ts'
import type { Border } from '../entering.ts'
import { takeFailure } from '../suspendable.ts'
import { canSuspend } from '../switch.ts'
import { RUNNING_CALL, words } from '../thread.ts'
import { reveal } from '../trap.ts'
import type { Task } from './task.ts'
import { takeReturned, type ThreadCore } from './thread-core.ts'

/** A step of a thread: it blocks. What it gets back says whether it was cancelled meanwhile. */
export const BLOCK: unique symbol = Symbol('block')
export type Block = typeof BLOCK

/** Guest code is off the stack: this settles when it has returned. */
export type Step = Block | Promise<unknown>

/** What a thread does. */
export type ThreadBody = (thread: GuestThread) => Generator<Step, void, boolean>

type Stop =
  | { readonly kind: 'blocked'; readonly switchTo: GuestThread | undefined }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly error: unknown }

const ENDED: Stop = { kind: 'ended' }
const BLOCKED: Stop = { kind: 'blocked', switchTo: undefined }

export class GuestThread {
  readonly task: Task
  /** In the instance's table of threads, from when its task lets it begin. */
  index: number | undefined
  /** `context.get` and `context.set`. */
  readonly storage: CoreValue[] = [0, 0]
  /** Index of the word of its call: see `../thread.ts`. 0 where it has no stack of its own. */
  readonly call: number
  running = false
  /** It blocked where it may be told that its task is cancelled. */
  cancellable = false
  /** Whether it may go on; undefined while it runs, or is suspended until another thread resumes it. */
  #ready: (() => boolean) | undefined
  readonly #body: Generator<Step, void, boolean> | undefined
  /** Of guest code that is suspended. */
  #wake: ((cancelled: boolean) => void) | undefined
  #stopped: Stop | undefined
  #onStop: ((stop: Stop) => void) | undefined

  /** Without a `body` it stands for a call that is on its caller's stack, of the synchronous view. */
  constructor(task: Task, body: ThreadBody | undefined) {
    this.task = task
    const ownStack = body !== undefined && canSuspend
    this.call = ownStack ? task.instance.words.take('calls that may be suspended') : 0
    if (body === undefined) this.running = true
    this.#body = body?.(this)
  }

  get waiting(): boolean {
    return this.#ready !== undefined
  }

  get suspended(): boolean {
    return !this.running && !this.waiting
  }

  get ready(): boolean {
    return this.#ready?.() ?? false
  }

  get #scheduler() {
    return this.task.instance.async!.scheduler
  }

  startWaiting(ready: () => boolean, cancellable: boolean): void {
    this.#ready = ready
    this.cancellable = cancellable
    this.#scheduler.waiting.add(this)
    this.lookAgain()
  }

  /** What it waits for may have come. */
  lookAgain(): void {
    if (this.waiting) this.#scheduler.candidates.add(this)
  }

  stopWaiting(): void {
    this.#ready = undefined
    this.#scheduler.waiting.delete(this)
    this.#scheduler.candidates.delete(this)
  }

  resumeLater(): void {
    this.startWaiting(always, this.cancellable)
  }

  /**
   * Runs it, and what it switches to, until that blocks or ends; a promise where this is not at once. The instance has been
   * entered through `border`.
   *
   * @throws what it failed with, or rejects with it
   */
  resume(border: Border, cancelled: boolean): undefined | Promise<void> {
    const stop = this.#continue(cancelled)
    if (stop instanceof Promise) return stop.then((one) => afterStop(border, one))
    return afterStop(border, stop)
  }

  #continue(cancelled: boolean): Stop | Promise<Stop> {
    if (this.waiting) this.stopWaiting()
    const instance = this.task.instance.async!
    const outer = instance.current
    instance.current = this
    this.running = true
    this.#stopped = undefined
    if (this.#wake !== undefined) {
      const wake = this.#wake
      this.#wake = undefined
      wake(cancelled)
    } else this.#step(() => this.#body!.next(cancelled))
    const stopped = this.#stopped as Stop | undefined
    if (stopped !== undefined) {
      instance.current = outer
      return stopped
    }
    return new Promise((resolve) => {
      this.#onStop = (stop) => {
        instance.current = outer
        resolve(stop)
      }
    })
  }

  #step(advance: () => IteratorResult<Step, void>): void {
    let result: IteratorResult<Step, void>
    try {
      result = advance()
    } catch (thrown) {
      this.#fail(thrown)
      return
    }
    if (result.done) {
      this.#stop(ENDED)
      this.#free()
    } else if (result.value instanceof Promise) {
      result.value.then(
        () => this.#step(() => this.#body!.next(false)),
        (thrown: unknown) => this.#step(() => this.#body!.throw(thrown)),
      )
    } else this.#stop(BLOCKED)
  }

  #fail(thrown: unknown): void {
    const error = takeFailure(this.call) ?? reveal(thrown)
    if (error instanceof Trap) this.task.instance.root.onTrap?.(error, thrown)
    this.#stop({ kind: 'failed', error })
    this.#free()
  }

  /** Its word says that it is off the stack, until what it was inside of has been left. */
  #free(): void {
    if (this.call === 0) return
    const { root } = this.task.instance
    root.whenLeft(() => root.words.free(this.call))
  }

  #stop(stop: Stop): void {
    this.running = false
    if (this.call !== 0) words[this.call] = 1
    const tell = this.#onStop
    this.#onStop = undefined
    if (tell === undefined) this.#stopped = stop
    else tell(stop)
  }

  /** Calls guest code, on a stack of its own where the engine has that. */
  *callCore(core: ThreadCore, args: readonly CoreValue[]): Generator<Step, CoreValue | undefined, boolean> {
    if (this.call === 0 || core.suspendable === undefined) return core.plain(...args)
    this.#scheduler.takeStack()
    const saved = words[RUNNING_CALL]!
    words[this.call] = 0
    words[RUNNING_CALL] = this.call * 4
    let promise: Promise<unknown>
    try {
      promise = core.suspendable(...args)
    } finally {
      words[RUNNING_CALL] = saved
    }
    let returned = takeReturned(this.call)
    try {
      if (returned === undefined) yield promise
    } finally {
      this.#scheduler.freeStack()
    }
    returned ??= takeReturned(this.call)!
    return returned.value
  }

  /* Called by built-ins, of the running thread. `suspends`: whether the guest code that called can be suspended. */

  /** `wait_until`: true where it was cancelled. */
  waitUntil(ready: () => boolean, cancellable: boolean, suspends: boolean): boolean | Promise<boolean> {
    if (this.task.deliverPendingCancel(cancellable)) return true
    if (ready()) return false
    if (!suspends) throw this.cannotBlock()
    this.startWaiting(ready, cancellable)
    return this.#block(undefined)
  }

  /** `yield_`. */
  yield(cancellable: boolean, suspends: boolean): boolean | Promise<boolean> {
    if (this.task.deliverPendingCancel(cancellable)) return true
    // Nobody else could run: it is the next one itself.
    if (!suspends) return false
    this.startWaiting(always, cancellable)
    return this.#block(undefined)
  }

  suspend(cancellable: boolean, suspends: boolean): boolean | Promise<boolean> {
    if (this.task.deliverPendingCancel(cancellable)) return true
    if (!suspends) throw this.cannotBlock()
    this.cancellable = cancellable
    return this.#block(undefined)
  }

  suspendThenResume(other: GuestThread, cancellable: boolean, suspends: boolean): boolean | Promise<boolean> {
    if (this.task.deliverPendingCancel(cancellable)) return true
    if (!suspends) throw this.cannotBlock()
    this.cancellable = cancellable
    return this.#block(other)
  }

  yieldThenResume(other: GuestThread, cancellable: boolean, suspends: boolean): boolean | Promise<boolean> {
    if (this.task.deliverPendingCancel(cancellable)) return true
    if (!suspends) throw this.cannotBlock()
    this.startWaiting(always, cancellable)
    return this.#block(other)
  }

  #block(switchTo: GuestThread | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      this.#wake = resolve
      this.#stop({ kind: 'blocked', switchTo })
    })
  }

  /** What is said of a thread that has to block and cannot. */
  cannotBlock(): Trap {
    const { isAsync, signature, state } = this.task
    if (isAsync || state === 'resolved' || this.call !== 0) {
      return new Trap(
        'cannot-block',
        `${signature.name}: this engine cannot suspend a guest that has to wait: it has no JSPI, which Node has from 24 on`,
      )
    }
    if (this.#othersReady()) {
      return new Trap(
        'cannot-block',
        `${signature.name}: a call of the synchronous view cannot wait for other threads of its instance: call the export through the promise view (\`instance.async\`)`,
      )
    }
    return synchronousTaskBlocked()
  }

  #othersReady(): boolean {
    for (const one of this.task.instance.async!.threads) {
      if (one !== this && !one.wantsStack && one.ready) return true
    }
    return false
  }

  /** Whether it runs only while it has the stack of its instance to itself: never inside of a synchronous call. */
  get wantsStack(): boolean {
    const { isAsync, needsExclusive, implicitThread } = this.task
    return isAsync && needsExclusive && implicitThread === this
  }
}

function always(): boolean {
  return true
}

/** CanonicalABI.md, "Threads", `resume`: on to what it switched to. */
function afterStop(border: Border, stop: Stop): undefined | Promise<void> {
  switch (stop.kind) {
    case 'failed':
      throw stop.error
    case 'ended':
      return undefined
    case 'blocked': {
      const { switchTo } = stop
      if (switchTo === undefined) return undefined
      border.mark(switchTo.call)
      return switchTo.resume(border, false)
    }
  }
}

/** CanonicalABI.md, "canon lift": nothing in its instance can run until a synchronous task has returned. */
export function synchronousTaskBlocked(): Trap {
  return new Trap(
    'cannot-block',
    'wasm trap: cannot block a synchronous task before returning: deadlock detected: event loop cannot make further progress, no other thread of its instance can run',
  )
}
