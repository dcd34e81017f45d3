/** CanonicalABI.md, "Waitable State". */
import { Trap } from '../../errors.ts'
import { currentThread } from './async-state.ts'
import type { GuestThread } from './guest-thread.ts'
import type { ComponentInstance } from '../component-instance.ts'

/** `EventCode`. */
export const EVENT = {
  none: 0,
  subtask: 1,
  streamRead: 2,
  streamWrite: 3,
  futureRead: 4,
  futureWrite: 5,
  taskCancelled: 6,
} as const

export type EventCode = (typeof EVENT)[keyof typeof EVENT]

/** An event with its two payloads: which handle it is of, and what came of it. */
export type Event = readonly [code: EventCode, index: number, payload: number]

export const NO_EVENT: Event = /* @__PURE__ */ event('none')
export const TASK_CANCELLED: Event = /* @__PURE__ */ event('taskCancelled')

function event(name: keyof typeof EVENT): Event {
  return [EVENT[name], 0, 0]
}

/** What a guest can wait for: a subtask, or one end of a stream or future. */
export abstract class Waitable {
  /** No resource's handle: see `handle.ts`. */
  readonly resource: undefined
  set: WaitableSet | undefined
  /** A thread that is blocked in a built-in, or a call, until something becomes of it. */
  syncWaiter: GuestThread | undefined
  /** Evaluated when it is delivered: what it says may change until then. */
  #pending: (() => Event) | undefined

  setPendingEvent(event: () => Event): void {
    this.#pending = event
    this.syncWaiter?.lookAgain()
    this.set?.arrived(this)
  }

  get hasPendingEvent(): boolean {
    return this.#pending !== undefined
  }

  takePendingEvent(): Event {
    const event = this.#pending!
    this.#pending = undefined
    this.set?.taken(this)
    return event()
  }

  /** Blocks the running thread of `instance`, which may be in the middle of a built-in only. */
  waitForPendingEvent(instance: ComponentInstance, canSuspend: boolean): undefined | Promise<void> {
    return this.blockUntil(currentThread(instance), () => this.hasPendingEvent, canSuspend)
  }

  /** The same for anything that becomes of it, where nothing else waits for it. */
  blockUntil(thread: GuestThread, ready: () => boolean, canSuspend: boolean): undefined | Promise<void> {
    this.syncWaiter = thread
    const over = (): void => {
      this.syncWaiter = undefined
    }
    const waiting = thread.waitUntil(ready, false, canSuspend)
    if (waiting instanceof Promise) return waiting.then(over)
    over()
    return undefined
  }

  join(set: WaitableSet | undefined): void {
    this.set?.remove(this)
    this.set = set
    set?.add(this)
  }

  /** Its handle is gone. */
  drop(): void {
    this.join(undefined)
  }
}

export class WaitableSet {
  readonly resource: undefined
  /** Threads that wait for an event of it. */
  readonly waiting = new Set<GuestThread>()
  readonly #elements = new Set<Waitable>()
  /** Those of them that have an event, in the order in which they got it. */
  readonly #ready = new Set<Waitable>()

  get hasPendingEvent(): boolean {
    return this.#ready.size > 0
  }

  /** Of the waitable that got it first: none of them waits for ever, and what happens is the same in every run. */
  takePendingEvent(): Event {
    for (const first of this.#ready) return first.takePendingEvent()
    return NO_EVENT
  }

  add(waitable: Waitable): void {
    this.#elements.add(waitable)
    if (waitable.hasPendingEvent) this.arrived(waitable)
  }

  remove(waitable: Waitable): void {
    this.#elements.delete(waitable)
    this.#ready.delete(waitable)
  }

  arrived(waitable: Waitable): void {
    this.#ready.add(waitable)
    for (const thread of this.waiting) thread.lookAgain()
  }

  taken(waitable: Waitable): void {
    this.#ready.delete(waitable)
  }

  /** @throws {Trap} waitable */
  drop(): void {
    if (this.waiting.size > 0) throw waitableTrap('cannot drop waitable set with waiters')
    if (this.#elements.size > 0) {
      throw waitableTrap(`cannot drop waitable set with waitables in it: it has ${this.#elements.size}`)
    }
  }
}

/** A waitable, a waitable set, a stream or a future was used in a state that does not allow it. */
export function waitableTrap(message: string): Trap {
  return new Trap('waitable', `wasm trap: ${message}`)
}

/** @throws {Trap} waitable */
export function refuseInWaitableSet(waitable: Waitable): void {
  if (waitable.set !== undefined)
    throw waitableTrap('waitable cannot be used synchronously while added to a waitable set')
}
