import type { RunEvents } from '../contract/run.ts'
import { Pace } from './pace.ts'

type Stream = 'stdout' | 'stderr'

/** Bytes that are collected before they go over. */
const chunkSize = 32 * 1024
/** Milliseconds that output waits for more, where there is much of it. */
const longestWait = 40

/** What the guest writes, in chunks, up to a limit. */
export class Output {
  readonly #events: Pick<RunEvents, 'output'>
  readonly #limit: number
  #left: number
  #stream: Stream = 'stdout'
  #pieces: Uint8Array[] = []
  #size = 0
  readonly #pace = new Pace(50, 1000 / longestWait)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param limit bytes of both streams together */
  constructor(events: Pick<RunEvents, 'output'>, limit: number) {
    this.#events = events
    this.#limit = limit
    this.#left = limit
  }

  write(stream: Stream, bytes: Uint8Array): void {
    if (this.#left < 0) return
    const kept = bytes.subarray(0, this.#left)
    this.#add(stream, kept)
    this.#left -= bytes.length
    if (this.#left >= 0) return
    const note = `\n[output beyond ${this.#limit} bytes is left out]\n`
    this.#add('stderr', new TextEncoder().encode(note))
    this.flush()
  }

  /** Hands over what was collected. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#size === 0) return
    const bytes = new Uint8Array(this.#size)
    let offset = 0
    for (const piece of this.#pieces) {
      bytes.set(piece, offset)
      offset += piece.length
    }
    this.#pieces = []
    this.#size = 0
    this.#events.output(this.#stream, bytes)
  }

  #add(stream: Stream, bytes: Uint8Array): void {
    if (bytes.length === 0) return
    if (stream !== this.#stream) this.flush()
    this.#stream = stream
    this.#pieces.push(bytes.slice())
    this.#size += bytes.length
    if (this.#size >= chunkSize || this.#pace.take()) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), longestWait)
  }
}
