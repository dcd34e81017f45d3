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
  fulfil(shared, given, read)
  return shared
}

/** Checks what the host's promise brought, and takes it. */
type ReadValue = (value: unknown) => HostChunk

/** Fulfils a future with what the host's promise brings. */
function fulfil(shared: SharedFuture, promise: PromiseLike<unknown>, read: ReadValue): void {
  const { tree } = shared
  tree.external++
  const settled = (): void => {
    tree.external--
  }
  // Of any other thenable nobody knows how often it answers, and with what.
  Promise.resolve(promise).then(
    (value) => {
      tree.whenIdle(() => {
        settled()
        const buffer = new HostElements(read(value))
        shared.write(undefined, buffer, { onCopy() {}, onDone: () => buffer.abandon() })
      }, settled)
    },
    (error: unknown) => {
      settled()
      tree.fail(error)
    },
  )
}
