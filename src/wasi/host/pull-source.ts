import type { Event } from './event.ts'
import type { Source } from './source.ts'
import { StreamClosed, StreamFailed } from './stream-end.ts'

/** One step of an asynchronous producer: more bytes (perhaps none), or undefined at the end. */
export type Pull = () => Promise<Uint8Array | string | undefined>

/** Input that only the event loop brings: a Web stream, an async iterable, a Node stream without a descriptor. */
export class PullSource implements Source {
  readonly event: Event
  readonly #pull: Pull
  readonly #stop: () => void
  readonly #wakes = new Set<() => void>()
  #pulling = false
  #bytes: Uint8Array = new Uint8Array(0)
  #end: StreamClosed | StreamFailed | undefined

  constructor(pull: Pull, stop: () => void = () => {}) {
    this.#pull = pull
    this.#stop = stop
    this.event = {
      ready: () => this.#bytes.length > 0 || this.#end !== undefined,
      subscribe: (wake) => this.#subscribe(wake),
    }
  }

  read(max: number): Uint8Array {
    if (this.#bytes.length > 0) {
      const taken = this.#bytes.subarray(0, max)
      this.#bytes = this.#bytes.subarray(taken.length)
      return taken
    }
    if (this.#end) {
      const end = this.#end
      this.#end = new StreamClosed()
      throw end
    }
    // Nothing is there; ask for more, so that a guest which never subscribes sees it later.
    void this.#fetch()
    return new Uint8Array(0)
  }

  close(): void {
    this.#stop()
  }

  #subscribe(wake: () => void): () => void {
    this.#wakes.add(wake)
    void this.#fetch()
    return () => this.#wakes.delete(wake)
  }

  async #fetch(): Promise<void> {
    if (this.#pulling || this.event.ready()) return
    this.#pulling = true
    try {
      while (!this.event.ready()) await this.#step()
    } finally {
      this.#pulling = false
      for (const wake of [...this.#wakes]) wake()
    }
  }

  async #step(): Promise<void> {
    try {
      const chunk = await this.#pull()
      if (chunk === undefined) this.#end = new StreamClosed()
      else this.#bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
    } catch (cause) {
      this.#end = new StreamFailed(String(cause), undefined, { cause })
    }
  }
}

/** Input from a Web stream; the stream is locked from the first read on. */
export function readableStreamSource(stream: ReadableStream<Uint8Array | string>): Source {
  let reader: ReadableStreamDefaultReader<Uint8Array | string> | undefined
  return new PullSource(
    async () => {
      reader ??= stream.getReader()
      const { value, done } = await reader.read()
      return done ? undefined : value
    },
    () => reader?.releaseLock(),
  )
}

/** Input from anything that can be iterated asynchronously, Node's streams among them. */
export function iterableSource(chunks: AsyncIterable<Uint8Array | string>): Source {
  let iterator: AsyncIterator<Uint8Array | string> | undefined
  return new PullSource(
    async () => {
      iterator ??= chunks[Symbol.asyncIterator]()
      const { value, done } = await iterator.next()
      return done ? undefined : value
    },
    () => void iterator?.return?.(),
  )
}
