/** CanonicalABI.md, "Waitable State". */
import { Trap } from '../../errors.ts'
import { currentThread } from './async-state.ts'
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

export const NO_EVENT: Event = [EVENT.none, 0, 0]
export const TASK_CANCELLED: Event = [EVENT.taskCancelled, 0, 0]

/** What a guest can wait for: a subtask, or one end of a stream or future. */
export abstract class Waitable {
  /** No resource's handle: see `handle.ts`. */
  readonly resource: undefined
  set: WaitableSet | undefined
  /** A built-in that blocks waits for it. */
  hasSyncWaiter = false
  /** Evaluated when it is delivered: what it says may change until then. */
  #pending: (() => Event) | undefined

  setPendingEvent(event: () => Event): void {
    this.#pending = event
  }

  get hasPendingEvent(): boolean {
    return this.#pending !== undefined
  }

  takePendingEvent(): Event {
    const event = this.#pending!
    this.#pending = undefined
    return event()
  }

  /** Blocks the running thread of `instance`, which may be in the middle of a built-in only. */
  waitForPendingEvent(instance: ComponentInstance, canSuspend: boolean): undefined | Promise<void> {
    this.hasSyncWaiter = true
    const over = (): void => {
      this.hasSyncWaiter = false
    }
    const waiting = currentThread(instance).waitUntil(() => this.hasPendingEvent, false, canSuspend)
    if (waiting instanceof Promise) return waiting.then(over)
    over()
    return undefined
  }

  join(set: WaitableSet | undefined): void {
    this.set?.elements.delete(this)
    this.set = set
    set?.elements.add(this)
  }

  /** Its handle is gone. */
  drop(): void {
    this.join(undefined)
  }
}

export class WaitableSet {
  readonly resource: undefined
  readonly elements = new Set<Waitable>()
  /** Threads that wait for an event of it. */
  waiters = 0

  get hasPendingEvent(): boolean {
    for (const one of this.elements) if (one.hasPendingEvent) return true
    return false
  }

  /** Of the waitable that joined first: what happens is the same in every run. */
  takePendingEvent(): Event {
    for (const one of this.elements) {
      if (!one.hasPendingEvent) continue
      // Behind the others: none of them waits for ever.
      this.elements.delete(one)
      this.elements.add(one)
      return one.takePendingEvent()
    }
    return NO_EVENT
  }

  /** @throws {Trap} waitable */
  drop(): void {
    if (this.waiters > 0) throw waitableTrap('cannot drop waitable set with waiters')
    if (this.elements.size > 0) {
      throw waitableTrap(`cannot drop waitable set with waitables in it: it has ${this.elements.size}`)
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
