/** Streams as the host has them: what a guest returns is a ReadableStream, what it is given may be that or any iterable. */
import { numberListClass } from '../../component/number-list.ts'
import { limits } from '../../component/limits.ts'
import { HostRoom } from './host-buffer.ts'
import type { Scheduler } from './scheduler.ts'
import type { ElementType } from './element-type.ts'
import { COPY, SharedStream } from './stream.ts'
import { type Chunks, type ReadChunk, StreamSource } from './stream-source.ts'

/**
 * The readable end of a stream, for the host. Its chunks are typed arrays where the elements are numbers, and else the
 * elements one by one.
 */
export function readableStream(shared: SharedStream): ReadableStream<unknown> {
  return new ReadableStream(new GuestSource(shared), { highWaterMark: 0 })
}

class GuestSource implements UnderlyingDefaultSource<unknown> {
  readonly #shared: SharedStream
  #controller: ReadableStreamDefaultController<unknown> | undefined
  #reading = false
  #ended = false

  constructor(shared: SharedStream) {
    this.#shared = shared
  }

  get #tree(): Scheduler {
    return this.#shared.tree
  }

  start(controller: ReadableStreamDefaultController<unknown>): void {
    this.#controller = controller
    this.#tree.external++
    this.#tree.observers.add(this)
    this.#shared.give()
  }

  /** What the guest has written so far, or writes next. */
  pull(): Promise<void> {
    return new Promise((resolve) => {
      const room = new HostRoom(limits.copiedElements, this.#shared.element.type)
      this.#reading = true
      const arrived = (over: boolean): void => {
        this.#reading = false
        this.#enqueue(room)
        if (over) this.#end(() => this.#controller!.close())
        resolve()
      }
      try {
        this.#shared.read(undefined, room, {
          onCopy(reclaimBuffer) {
            reclaimBuffer()
            arrived(false)
          },
          onDone: (result) => arrived(result !== COPY.completed),
        })
        this.#tree.poke()
      } catch (error) {
        this.#tree.fail(error)
        resolve()
      }
    })
  }

  #enqueue(room: HostRoom): void {
    const controller = this.#controller!
    const { type } = this.#shared.element
    if (this.#ended || room.count === 0) return
    if (type === undefined) {
      for (let i = 0; i < room.count; i++) controller.enqueue(undefined)
      return
    }
    const inLists = numberListClass(type) !== undefined
    for (const piece of room.pieces) {
      if (inLists) controller.enqueue(piece)
      else for (let i = 0; i < piece!.length; i++) controller.enqueue(piece![i])
    }
  }

  /** The reader wants no more: the guest sees its stream dropped. */
  cancel(): void {
    this.#end(() => {
      if (this.#reading) this.#shared.cancel()
      this.#shared.drop()
      this.#tree.poke()
    })
  }

  /** The tree of instances trapped, or was disposed. */
  fail(error: unknown): void {
    this.#end(() => this.#controller!.error(error))
  }

  #end(last: () => void): void {
    if (this.#ended) return
    this.#ended = true
    this.#tree.external--
    this.#tree.observers.delete(this)
    last()
  }
}

/** Where a guest gets streams or futures of the host's. */
export interface GuestEnds {
  readonly element: ElementType
  readonly tree: Scheduler
}

/**
 * A stream of what a guest was given as one; undefined where it can be none. What comes from another component of the tree
 * stays what it is.
 */
export function streamOf(given: unknown, ends: GuestEnds, read: ReadChunk): SharedStream | undefined {
  if (given instanceof SharedStream) return given
  if (!isChunks(given)) return undefined
  const shared = new SharedStream(ends.element, ends.tree)
  const source = new StreamSource(shared, given, read)
  shared.onGiven = () => source.give()
  shared.onFirstRead = () => void source.run()
  shared.onDropped = () => source.stop()
  return shared
}

function isChunks(value: unknown): value is Chunks {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof ReadableStream) return !value.locked
  return Symbol.asyncIterator in value || Symbol.iterator in value
}
