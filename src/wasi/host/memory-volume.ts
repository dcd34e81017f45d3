import { FsError } from './fs-error.ts'

/** What an in-memory file system may hold, in all. */
export interface MemoryLimits {
  /** Bytes of file contents. */
  readonly bytes: number
  /** Files, directories and links. */
  readonly nodes: number
}

export const defaultMemoryLimits: MemoryLimits = { bytes: 512 * 1024 * 1024, nodes: 1_000_000 }

let volumes = 0n

/** The account of one in-memory file system. */
export class MemoryVolume {
  /** Unique in this process, as a device number is on one machine. */
  readonly device = ++volumes
  readonly #limits: MemoryLimits
  #bytes = 0
  #nodes = 0
  #lastInode = 0n

  constructor(limits: MemoryLimits) {
    this.#limits = limits
  }

  /** Nanoseconds since 1970. */
  now(): bigint {
    return BigInt(Date.now()) * 1_000_000n
  }

  newInode(): bigint {
    if (this.#nodes >= this.#limits.nodes) throw new FsError('insufficient-space')
    this.#nodes++
    return ++this.#lastInode
  }

  forgetInode(): void {
    this.#nodes--
  }

  reserve(bytes: number): void {
    if (this.#bytes + bytes > this.#limits.bytes) throw new FsError('insufficient-space')
    this.#bytes += bytes
  }

  release(bytes: number): void {
    this.#bytes -= bytes
  }
}
