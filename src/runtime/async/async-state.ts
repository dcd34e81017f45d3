import type { ComponentInstance } from '../component-instance.ts'
import { HandleTable } from '../handle-table.ts'
import type { GuestThread } from './guest-thread.ts'
import { type Scheduler, schedulerOf } from './scheduler.ts'

/**
 * What a component instance has besides its handles when it takes part in asynchronous calls (CanonicalABI.md, "Component
 * Instances"). Only instances whose component uses such a call or built-in have one.
 */
export class AsyncState {
  readonly threads: HandleTable<GuestThread> = new HandleTable()
  readonly scheduler: Scheduler
  /** `backpressure.inc` minus `backpressure.dec`. */
  backpressure = 0
  /** Tasks that are kept from starting. */
  waitingToEnter = 0
  /** The implicit thread that has the instance's stack to itself. */
  exclusive: GuestThread | undefined
  /** Threads that could go on, were it not for the stack or backpressure. */
  readonly #keptFromStack = new Set<GuestThread>()
  /** The thread that runs in this instance, or is inside of a call that it made; undefined while nobody asked for it. */
  current: GuestThread | undefined
  /** Makes it for a synchronous call on its caller's stack, most of which need none. */
  makeCurrent: (() => GuestThread) | undefined

  constructor(instance: ComponentInstance) {
    this.scheduler = schedulerOf(instance.root)
  }

  releaseStack(): void {
    this.exclusive = undefined
    this.stackChanged()
  }

  /** A thread has looked, and will again when something has changed. */
  keepFromStack(thread: GuestThread): void {
    this.#keptFromStack.add(thread)
  }

  /** There may be less that keeps threads from the stack. */
  stackChanged(): void {
    for (const thread of this.#keptFromStack) thread.lookAgain()
    this.#keptFromStack.clear()
  }
}

/** The thread that calls a built-in of the instance. */
export function currentThread(instance: ComponentInstance): GuestThread {
  const state = instance.async!
  state.current ??= state.makeCurrent!()
  return state.current
}
