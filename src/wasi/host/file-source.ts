import type { Event } from './event.ts'
import { checkRange } from './file-range.ts'
import type { FileHandle } from './file-system.ts'
import { FsError } from './fs-error.ts'
import type { HeldOpen } from './held-open.ts'
import type { Source } from './source.ts'
import { StreamClosed, StreamFailed } from './stream-end.ts'
import { isWait, type Wait } from './wait.ts'

/** Requests above this many bytes are first cut to what the file still has. */
const largeRead = 65_536

/** Input from an open file, from an offset on. */
export class FileSource implements Source {
  readonly event: Event
  readonly #file: HeldOpen<FileHandle>
  #offset: bigint
  /** What a file that must wait has brought: bytes or an end. */
  #arrived: Uint8Array | StreamClosed | StreamFailed | undefined
  #arriving = false
  readonly #wakes = new Set<() => void>()

  /** Takes over one hold of `file`. */
  constructor(file: HeldOpen<FileHandle>, offset: bigint) {
    this.#file = file
    this.#offset = offset
    this.event = {
      ready: () => !file.value.waits || this.#arrived !== undefined,
      subscribe: (wake) => this.#subscribe(wake),
      block: (who) => {
        this.#arrive(() => this.#wait().block(who))
        return true
      },
    }
  }

  read(max: number): Uint8Array {
    const arrived = this.#arrived
    if (arrived instanceof Error) {
      this.#arrived = new StreamClosed()
      throw arrived
    }
    if (arrived) return this.#take(arrived, max)
    if (max === 0 || this.#file.value.waits) return new Uint8Array(0)
    try {
      return this.#readNow(max)
    } catch (error) {
      this.#arrived = new StreamClosed()
      throw streamEnd(error)
    }
  }

  close(): void {
    this.#file.release()
  }

  #take(bytes: Uint8Array, max: number): Uint8Array {
    this.#arrived = max < bytes.length ? bytes.subarray(max) : undefined
    return bytes.subarray(0, max)
  }

  #readNow(max: number): Uint8Array {
    const file = this.#file.value
    const buffer = new Uint8Array(max > largeRead ? Math.min(max, this.#rest()) : max)
    checkRange(this.#offset, buffer.length)
    const count = file.read(buffer, this.#offset)
    if (isWait(count)) return new Uint8Array(0)
    if (count === 0) throw new StreamClosed()
    this.#offset += BigInt(count)
    return buffer.subarray(0, count)
  }

  /** Bytes from here to the end, but never so few that the end or a growing file is missed. */
  #rest(): number {
    const rest = this.#file.value.stat().size - this.#offset
    return rest > BigInt(largeRead) ? Number(rest) : largeRead
  }

  #wait(): Wait<Uint8Array> {
    const buffer = new Uint8Array(largeRead)
    const count = this.#file.value.read(buffer, this.#offset)
    const bytes = (length: number) => {
      if (length === 0) throw new StreamClosed()
      return buffer.subarray(0, length)
    }
    if (!isWait(count)) return { promise: async () => bytes(count), block: () => bytes(count) }
    return { promise: async () => bytes(await count.promise()), block: (who) => bytes(count.block(who)) }
  }

  #arrive(read: () => Uint8Array): void {
    try {
      this.#arrived = read()
    } catch (error) {
      this.#arrived = streamEnd(error)
    }
  }

  #subscribe(wake: () => void): () => void {
    this.#wakes.add(wake)
    if (!this.#arriving && !this.event.ready()) void this.#fetch()
    return () => this.#wakes.delete(wake)
  }

  async #fetch(): Promise<void> {
    this.#arriving = true
    try {
      // The read may outlast the stream, and needs the file open.
      const file = this.#file.retain()
      const bytes = await this.#wait()
        .promise()
        .finally(() => file.release())
      this.#arrive(() => bytes)
    } catch (error) {
      this.#arrived = streamEnd(error)
    }
    this.#arriving = false
    for (const wake of [...this.#wakes]) wake()
  }
}

/** What a stream tells about an error of its file; what is none of the file's goes on as it is. */
export function streamEnd(error: unknown): StreamClosed | StreamFailed {
  if (error instanceof StreamClosed || error instanceof StreamFailed) return error
  if (error instanceof FsError)
    return new StreamFailed(`the file system said ${error.code}`, error.code, { cause: error })
  throw error
}
