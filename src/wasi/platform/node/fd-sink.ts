import { always, type Event } from '../../host/event.ts'
import type { Sink } from '../../host/sink.ts'
import { StreamClosed, StreamFailed } from '../../host/stream-end.ts'
import { FsError } from '../../host/fs-error.ts'
import { fs, tty } from './builtin.ts'
import { errno, fsError } from './errno.ts'

/** Milliseconds between attempts to write to a full pipe, from the event loop. */
const retryAfter = 2

/**
 * Output to a descriptor of the process, written at once: what a guest printed is out before the next line of the
 * host's own code runs, and survives `process.exit`. A full pipe that does not block (Node makes pipes so as soon as it
 * has touched `process.stdout`) keeps the rest until it takes more.
 */
export class FdSink implements Sink {
  readonly event: Event
  readonly #fd: number
  readonly #capacity: number
  readonly #onClosed: (() => void) | undefined
  #pending: Uint8Array | undefined
  #end: StreamClosed | StreamFailed | undefined

  constructor(fd: number, capacity: number, onClosed?: () => void) {
    this.#fd = fd
    this.#capacity = capacity
    this.#onClosed = onClosed
    this.event = {
      ...always,
      asks: true,
      ready: () => this.#drained(),
      subscribe: (wake) => {
        const timer = setInterval(() => this.#drained() && wake(), retryAfter)
        return () => clearInterval(timer)
      },
    }
  }

  get terminal(): boolean {
    return tty().isatty(this.#fd)
  }

  room(): number {
    this.#throwEnd()
    const drained = this.#drained()
    this.#throwEnd()
    return drained ? this.#capacity : 0
  }

  write(bytes: Uint8Array): void {
    this.#throwEnd()
    const rest = this.#put(bytes)
    this.#throwEnd()
    if (rest.length > 0) this.#pending = rest.slice()
  }

  flush(): void {
    this.#throwEnd()
  }

  /** The descriptor is the process's, not ours. */
  close(): void {}

  #drained(): boolean {
    if (!this.#pending) return true
    const rest = this.#put(this.#pending)
    this.#pending = rest.length > 0 && !this.#end ? rest : undefined
    return !this.#pending
  }

  /** Writes what the descriptor takes, and returns the rest. */
  #put(bytes: Uint8Array): Uint8Array {
    let rest = bytes
    try {
      while (rest.length > 0) rest = rest.subarray(fs.writeSync(this.#fd, rest))
    } catch (error) {
      if (errno(error) !== 'EAGAIN') this.#fail(error)
    }
    return rest
  }

  #fail(error: unknown): void {
    const cause = fsError(error)
    if (!(cause instanceof FsError)) throw error
    if (cause.code === 'pipe') {
      this.#end = new StreamClosed()
      this.#onClosed?.()
    } else {
      this.#end = new StreamFailed(String(error), cause.code, { cause })
    }
  }

  #throwEnd(): void {
    if (!this.#end) return
    const end = this.#end
    this.#end = new StreamClosed()
    throw end
  }
}
