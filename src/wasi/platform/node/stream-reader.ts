import { StreamClosed, StreamFailed } from '../../host/stream-end.ts'
import type { NodeReadable } from './node-stream.ts'

/**
 * Reads a Node stream that others may look at as well, `process.stdin` above all: takes nothing before it is asked, and
 * keeps the process alive only while somebody waits.
 */
export class StreamReader {
  readonly #stream: NodeReadable
  readonly #wakes = new Set<() => void>()
  readonly #wake = () => {
    this.#told = true
    for (const wake of [...this.#wakes]) wake()
  }
  /** The stream said that there is something to read: bytes or the end. */
  #told = false
  #end: StreamClosed | StreamFailed | undefined

  constructor(stream: NodeReadable) {
    this.#stream = stream
    if (stream.readableEnded) this.#end = new StreamClosed()
    stream.on('end', () => this.#finish(new StreamClosed()))
    stream.on('close', () => this.#finish(new StreamClosed()))
    stream.on('error', (cause: Error) => this.#finish(new StreamFailed(String(cause), undefined, { cause })))
  }

  /** What the stream has, or its end; undefined if it has nothing yet. Does not make the stream read on. */
  read(): Uint8Array | StreamClosed | StreamFailed | undefined {
    if (!this.#told && !this.#stream.readableLength) return this.#end
    this.#told = false
    const chunk = this.#stream.read()
    if (chunk === null || chunk === undefined) return this.#end
    return typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array)
  }

  /** Makes the stream read on, for somebody who will look again without waiting. */
  prime(): void {
    this.#stream.read(0)
  }

  subscribe(wake: () => void): () => void {
    if (this.#wakes.size === 0) {
      this.#stream.ref?.()
      this.#stream.on('readable', this.#wake)
    }
    this.#wakes.add(wake)
    return () => {
      if (!this.#wakes.delete(wake) || this.#wakes.size > 0) return
      this.#stream.off('readable', this.#wake)
      if (['readable', 'data'].some((event) => this.#stream.listenerCount?.(event))) return
      this.#stream.pause?.()
      this.#stream.unref?.()
    }
  }

  #finish(end: StreamClosed | StreamFailed): void {
    this.#end ??= end
    this.#wake()
  }
}
