/** What the host gives a guest to read as a stream, and how it is read and let go. */
import { type HostChunk, HostElements } from './host-buffer.ts'
import type { HostCall, Scheduler } from './scheduler.ts'
import { COPY, type SharedStream } from './stream.ts'

/** What the host gives a guest to read. */
export type Chunks = AsyncIterable<unknown> | Iterable<unknown> | ReadableStream<unknown>

type AnyIterator = AsyncIterator<unknown> | Iterator<unknown>

/** Checks one chunk, and takes it. */
export type ReadChunk = (chunk: unknown) => HostChunk

/**
 * Feeds a stream from what the host gave, from when somebody first reads. All code of the host's runs when no guest is on the stack; what
 * fails when nobody reads any more is nobody's failure.
 */
export class StreamSource implements HostCall {
  readonly #shared: SharedStream
  readonly #chunks: Chunks
  readonly #readChunk: ReadChunk
  #iterator: AnyIterator | undefined
  #running = false
  #over = false
  /** Ends a write that waits for its reader. */
  #stopWrite: (() => void) | undefined

  constructor(shared: SharedStream, chunks: Chunks, readChunk: ReadChunk) {
    this.#shared = shared
    this.#chunks = chunks
    this.#readChunk = readChunk
  }

  get #tree(): Scheduler {
    return this.#shared.tree
  }

  /** Somebody has the stream. */
  give(): void {
    this.#tree.observers.add(this)
    if (!(this.#chunks instanceof ReadableStream)) return
    try {
      // Nobody else can read it, or pass it once more.
      this.#iterator = iteratorOf(this.#chunks)
    } catch {
      // It is somebody else's already: whoever reads it is told.
    }
  }

  /** Somebody reads. */
  async run(): Promise<void> {
    const tree = this.#tree
    this.#running = true
    tree.external++
    await null
    try {
      if (!this.#over) await this.#pump()
    } catch (error) {
      if (!this.#over) tree.fail(error)
    } finally {
      tree.external--
      tree.poke()
      if (this.#over) await this.#close()
    }
  }

  async #pump(): Promise<void> {
    this.#iterator ??= iteratorOf(this.#chunks)
    for (;;) {
      const { done, value } = await this.#iterator.next()
      if (this.#over) return
      if (done) break
      const buffer = new HostElements(this.#readChunk(value))
      while (buffer.remain > 0) {
        if (await this.#write(buffer)) {
          buffer.abandon()
          this.#over = true
          return
        }
      }
    }
    this.#tree.observers.delete(this)
    this.#shared.onDropped = undefined
    this.#shared.drop()
  }

  /** True: nobody reads any more. */
  #write(buffer: HostElements): Promise<boolean> {
    return new Promise((resolve) => {
      this.#stopWrite = () => resolve(true)
      // A guest's `realloc` may be called: nothing else may be inside.
      this.#tree.whenIdle(
        () => {
          this.#shared.write(undefined, buffer, {
            onCopy(reclaimBuffer) {
              if (buffer.remain > 0) return
              reclaimBuffer()
              resolve(false)
            },
            onDone: (result) => resolve(result === COPY.dropped),
          })
        },
        () => resolve(true),
      )
    })
  }

  /** The tree of instances trapped, or was disposed. */
  fail(): void {
    this.stop()
  }

  /** Nobody will read, or go on reading. */
  stop(): void {
    if (this.#over) return
    this.#over = true
    this.#tree.observers.delete(this)
    this.#stopWrite?.()
    // Of what is not a ReadableStream nobody knows whether it can be let go while it is asked for more.
    if (!this.#running || this.#chunks instanceof ReadableStream) void this.#close()
  }

  async #close(): Promise<void> {
    await null
    try {
      await (this.#iterator ?? iteratorOf(this.#chunks)).return?.()
    } catch {
      // Whoever it was for does not read it any more.
    }
  }
}

function iteratorOf(chunks: Chunks): AnyIterator {
  if (chunks instanceof ReadableStream) return readerOf(chunks)
  if (ArrayBuffer.isView(chunks)) return [chunks].values()
  return Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]()
}

/** Unlike the iterator of its own it can be let go while it is asked for more; and Safari's streams have none. */
function readerOf(stream: ReadableStream<unknown>): AnyIterator {
  const reader = stream.getReader()
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    return: async () => {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}
