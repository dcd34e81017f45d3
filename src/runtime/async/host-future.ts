/** Futures as the host has them: promises. */
import { isThenable } from '../thenable.ts'
import { SharedFuture } from './future.ts'
import { type HostChunk, HostElements, HostRoom } from './host-buffer.ts'
import type { GuestEnds } from './host-stream.ts'

/** The readable end of a future, for the host. */
export function promiseOf(shared: SharedFuture): Promise<unknown> {
  const { promise, read } = unreadPromiseOf(shared)
  read()
  return promise
}

/** The same of a future that is read later: nothing can be seen of it before. */
export function unreadPromiseOf(shared: SharedFuture): { promise: Promise<unknown>; read: () => void } {
  let resolve!: (value: unknown) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<unknown>((...settle) => {
    ;[resolve, reject] = settle
  })
  // Whoever waits for it is told; that nobody does is no unhandled rejection.
  promise.catch(() => {})
  const read = (): void => {
    const { tree, element } = shared
    shared.give()
    const room = new HostRoom(1, element.type)
    const observer = { fail: reject }
    tree.observers.add(observer)
    const onDone = (): void => {
      tree.observers.delete(observer)
      resolve(room.pieces[0]?.[0])
    }
    try {
      shared.read(undefined, room, { onCopy: onDone, onDone })
      tree.poke()
    } catch (error) {
      tree.fail(error)
    }
  }
  return { promise, read }
}

/** A future of what a guest was given as one: see `streamOf`. */
export function futureOf(given: unknown, ends: GuestEnds, read: ReadValue): SharedFuture | undefined {
  if (given instanceof SharedFuture) return given
  if (!isThenable(given)) return undefined
  const shared = new SharedFuture(ends.element, ends.tree)
  const source = new PromiseSource(shared, read)
  shared.onGiven = () => source.give()
  shared.onDropped = () => source.stop()
  void source.wait(given)
  return shared
}

/** Checks what the host's promise brought, and takes it. */
type ReadValue = (value: unknown) => HostChunk

/**
 * Fulfils a future with what the host's promise brings. Where the call was refused, or the future has been dropped, nobody is told what
 * that is.
 */
class PromiseSource {
  readonly #shared: SharedFuture
  readonly #read: ReadValue
  /** Whether somebody has the future, and it has not been answered yet. */
  #isAwaited = false
  /** What is to be done with an answer that came before. */
  #answer: (() => void) | undefined

  constructor(shared: SharedFuture, read: ReadValue) {
    this.#shared = shared
    this.#read = read
  }

  async wait(promise: PromiseLike<unknown>): Promise<void> {
    try {
      // Of thenables, and promises with a `then` of their own, nobody knows how often they answer, and with what: this asks once.
      const value = await promise
      this.#answer = () => this.#fulfil(value)
    } catch (error) {
      this.#answer = () => this.#fail(error)
    }
    if (this.#isAwaited) this.#answer()
  }

  /** The guest that gets it may be on the stack. */
  give(): void {
    this.#isAwaited = true
    this.#shared.tree.external++
    if (this.#answer) queueMicrotask(this.#answer)
  }

  /** Nobody will read it. */
  stop(): void {
    if (!this.#isAwaited) return
    this.#isAwaited = false
    this.#shared.tree.external--
  }

  #fulfil(value: unknown): void {
    const write = (): void => {
      if (!this.#isAwaited) return
      this.stop()
      const buffer = new HostElements(this.#read(value))
      this.#shared.write(undefined, buffer, { onCopy() {}, onDone: () => buffer.abandon() })
    }
    this.#shared.tree.whenIdle(write, () => this.stop())
  }

  #fail(error: unknown): void {
    if (!this.#isAwaited) return
    this.stop()
    this.#shared.tree.fail(error)
  }
}
