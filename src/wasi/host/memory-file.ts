import type { FileHandle, NewTime, Stat } from './file-system.ts'
import { FsError } from './fs-error.ts'
import { MemoryNode } from './memory-node.ts'

/** Beyond any size that fits: a hole before it could not be filled. */
const largestFile = BigInt(2 ** 32)

/** A regular file in memory. The bytes grow by doubling; what is beyond `size` is zero. */
export class MemoryFile extends MemoryNode {
  readonly type = 'regular-file'
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** A copy of the contents. */
  get contents(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size)
  }

  read(into: Uint8Array, offset: bigint): number {
    this.accessed = this.volume.now()
    if (offset >= BigInt(this.#size)) return 0
    const from = Number(offset)
    const bytes = this.#bytes.subarray(from, Math.min(this.#size, from + into.length))
    into.set(bytes)
    return bytes.length
  }

  write(bytes: Uint8Array, offset: bigint): number {
    if (bytes.length === 0) return 0
    const end = offset + BigInt(bytes.length)
    if (end > largestFile) throw new FsError('file-too-large')
    if (end > BigInt(this.#size)) this.#resize(Number(end))
    this.#bytes.set(bytes, Number(offset))
    this.touch()
    return bytes.length
  }

  resize(size: bigint): void {
    if (size > largestFile) throw new FsError('file-too-large')
    this.#resize(Number(size))
    this.touch()
  }

  protected override free(): void {
    this.volume.release(this.#size)
  }

  #resize(size: number): void {
    if (size > this.#bytes.length) this.#grow(size)
    if (size > this.#size) this.volume.reserve(size - this.#size)
    else this.volume.release(this.#size - size)
    if (size < this.#size) this.#bytes.fill(0, size, this.#size)
    this.#size = size
  }

  #grow(size: number): void {
    try {
      const larger = new Uint8Array(Math.max(size, Math.min(this.#bytes.length * 2, Number(largestFile))))
      larger.set(this.#bytes)
      this.#bytes = larger
    } catch (cause) {
      // The engine has no memory for it.
      throw new FsError('insufficient-space', { cause })
    }
  }
}

/** An open file: the file and what it was opened for. */
export class OpenMemoryFile implements FileHandle {
  readonly type = 'regular-file'
  readonly waits = false
  readonly #file: MemoryFile
  readonly #read: boolean
  readonly #write: boolean

  constructor(file: MemoryFile, read: boolean, write: boolean) {
    this.#file = file
    this.#read = read
    this.#write = write
    file.hold()
  }

  stat(): Stat {
    return this.#file.describe(BigInt(this.#file.size))
  }

  setTimes(accessed: NewTime, modified: NewTime): void {
    this.#file.changeTimes(accessed, modified)
  }

  read(into: Uint8Array, offset: bigint): number {
    if (!this.#read) throw new FsError('bad-descriptor')
    return this.#file.read(into, offset)
  }

  write(bytes: Uint8Array, offset: bigint): number {
    if (!this.#write) throw new FsError('bad-descriptor')
    return this.#file.write(bytes, offset)
  }

  append(bytes: Uint8Array): number {
    return this.write(bytes, BigInt(this.#file.size))
  }

  resize(size: bigint): void {
    if (!this.#write) throw new FsError('invalid')
    this.#file.resize(size)
  }

  sync(): void {}

  close(): void {
    this.#file.letGo()
  }
}
