import type { Event } from './event.ts'
import { checkRange } from './file-range.ts'
import type { FileHandle } from './file-system.ts'
import { streamEnd } from './file-source.ts'
import type { HeldOpen } from './held-open.ts'
import type { Sink } from './sink.ts'
import { StreamClosed, type StreamFailed } from './stream-end.ts'
import { blockOn, isWait, type Operation, type Promptly, suspendOn, waitFor } from './wait.ts'

/** Output to an open file: from an offset on, or always to its end. */
export class FileSink implements Sink {
  readonly event: Event
  readonly #file: HeldOpen<FileHandle>
  readonly #capacity: number
  #offset: bigint | 'append'
  #end: StreamClosed | StreamFailed | undefined
  /** Bytes that a file which must wait has not taken yet. */
  #pending: Uint8Array | undefined
  #writing = false
  readonly #wakes = new Set<() => void>()

  /** Takes over one hold of `file`. */
  constructor(file: HeldOpen<FileHandle>, offset: bigint | 'append', capacity: number) {
    this.#file = file
    this.#offset = offset
    this.#capacity = capacity
    this.event = {
      ready: () => this.#pending === undefined,
      subscribe: (wake) => {
        this.#wakes.add(wake)
        if (!this.#writing) void this.#drain()
        return () => this.#wakes.delete(wake)
      },
      block: (who) => {
        this.#finish(() => blockOn(this.#writePending(), who))
        return true
      },
    }
  }

  room(): number {
    this.#throwEnd()
    return this.#pending ? 0 : this.#capacity
  }

  write(bytes: Uint8Array): void {
    this.#throwEnd()
    let rest = bytes
    try {
      while (rest.length > 0) {
        const count = this.#put(rest)
        if (isWait(count)) {
          this.#pending = rest.slice()
          return
        }
        this.#advance(count)
        rest = rest.subarray(count)
      }
    } catch (error) {
      this.#end = new StreamClosed()
      throw streamEnd(error)
    }
  }

  flush(): void {
    this.#throwEnd()
  }

  close(): void {
    this.#file.release()
  }

  #put(bytes: Uint8Array): Promptly<number> {
    const file = this.#file.value
    if (this.#offset === 'append') return file.append(bytes)
    checkRange(this.#offset, bytes.length)
    return file.write(bytes, this.#offset)
  }

  #advance(count: number): void {
    if (this.#offset !== 'append') this.#offset += BigInt(count)
  }

  *#writePending(): Operation<void> {
    while (this.#pending) {
      const count = yield* waitFor(this.#put(this.#pending))
      this.#advance(count)
      this.#pending = count < this.#pending.length ? this.#pending.subarray(count) : undefined
    }
  }

  #finish(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#pending = undefined
      this.#end = streamEnd(error)
    }
  }

  async #drain(): Promise<void> {
    this.#writing = true
    try {
      const file = this.#file.retain()
      try {
        await suspendOn(this.#writePending())
      } finally {
        file.release()
      }
    } catch (error) {
      this.#finish(() => {
        throw error
      })
    }
    this.#writing = false
    for (const wake of [...this.#wakes]) wake()
  }

  #throwEnd(): void {
    if (!this.#end) return
    const end = this.#end
    this.#end = new StreamClosed()
    throw end
  }
}
