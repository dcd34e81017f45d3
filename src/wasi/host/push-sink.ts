import { cannotBlock } from './clock.ts'
import type { Event } from './event.ts'
import type { Sink } from './sink.ts'
import { StreamClosed, StreamFailed } from './stream-end.ts'

/** Output that is taken asynchronously: a Web stream, a Node stream without a descriptor, an async function. */
export class PushSink implements Sink {
  readonly event: Event
  readonly #push: (bytes: Uint8Array) => Promise<void> | void
  readonly #stop: () => void
  readonly #capacity: number
  readonly #wakes = new Set<() => void>()
  /** Bytes that were handed over and not yet taken. */
  #queued = 0
  #flushing = false
  #end: StreamClosed | StreamFailed | undefined
  #last: Promise<void> | undefined

  constructor(
    push: (bytes: Uint8Array) => Promise<void> | void,
    capacity: number,
    stop: () => void = () => {},
  ) {
    this.#push = push
    this.#capacity = capacity
    this.#stop = stop
    this.event = {
      ready: () => this.#end !== undefined || this.#room() > 0,
      subscribe: (wake) => {
        this.#wakes.add(wake)
        return () => this.#wakes.delete(wake)
      },
      block: (who) => this.#blocked(who),
    }
  }

  room(): number {
    this.#throwEnd()
    return this.#room()
  }

  write(bytes: Uint8Array): void {
    this.#throwEnd()
    const chunk = bytes.slice()
    this.#queued += chunk.length
    // In order, and one at a time: what comes after a chunk waits for it.
    const taken = this.#last ? this.#last.then(() => this.#give(chunk)) : this.#give(chunk)
    if (!taken) {
      this.#settle(chunk.length)
      return
    }
    const last: Promise<void> = taken.then(
      () => this.#settle(chunk.length, last),
      (cause) => this.#fail(cause),
    )
    this.#last = last
  }

  flush(): void {
    this.#throwEnd()
    this.#flushing = this.#queued > 0
  }

  close(): void {
    this.#stop()
  }

  #give(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#end) return undefined
    const taken: unknown = this.#push(chunk)
    // A function of the user's may return anything: how long an array is that it pushed to, say.
    const waits = typeof (taken as { readonly then?: unknown } | null | undefined)?.then === 'function'
    return waits ? (taken as Promise<void>) : undefined
  }

  #room(): number {
    return this.#flushing ? 0 : Math.max(0, this.#capacity - this.#queued)
  }

  #settle(length: number, last?: Promise<void>): void {
    this.#queued -= length
    if (last === this.#last) this.#last = undefined
    if (this.#queued === 0) this.#flushing = false
    this.#wake()
  }

  #fail(cause: unknown): void {
    this.#end ??=
      cause instanceof StreamClosed ? cause : new StreamFailed(String(cause), undefined, { cause })
    this.#wake()
  }

  #wake(): void {
    if (this.event.ready()) for (const wake of [...this.#wakes]) wake()
  }

  #throwEnd(): void {
    if (!this.#end) return
    const end = this.#end
    this.#end = new StreamClosed()
    throw end
  }

  /** On a blocked thread what was handed over counts as flushed: it is taken as soon as the event loop turns. */
  #blocked(who: string): boolean {
    this.#flushing = false
    if (this.#room() === 0) {
      throw cannotBlock(who, `${this.#queued} bytes wait to be taken, which only the event loop can do`)
    }
    return true
  }
}

/** Output to a Web stream, which is locked from the first write on. */
export function writableStreamSink(stream: WritableStream<Uint8Array>, capacity: number): Sink {
  let writer: WritableStreamDefaultWriter<Uint8Array> | undefined
  return new PushSink(
    (bytes) => {
      writer ??= stream.getWriter()
      return writer.write(bytes)
    },
    capacity,
    () => writer?.releaseLock(),
  )
}

/** Output to a function that may take its time. */
export function functionSink(take: (bytes: Uint8Array) => void | Promise<void>, capacity: number): Sink {
  return new PushSink(take, capacity)
}
