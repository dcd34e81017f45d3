/** Futures as the host has them: promises. */
import type { SharedFuture } from './future.ts'
import { type HostChunk, HostElements, HostRoom } from './host-buffer.ts'

/** The readable end of a future, for the host. */
export function promiseOf(shared: SharedFuture): Promise<unknown> {
  const { tree, element } = shared
  const promise = new Promise((resolve, reject) => {
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
  })
  // Whoever waits for it is told; that nobody does is no unhandled rejection.
  promise.catch(() => {})
  return promise
}

/**
 * Fulfils a future with what the host's promise brings.
 *
 * @param read checks it, and takes it
 */
export function fulfil(
  shared: SharedFuture,
  promise: PromiseLike<unknown>,
  read: (value: unknown) => HostChunk,
) {
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
