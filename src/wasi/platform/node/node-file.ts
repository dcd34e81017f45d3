import type { FileHandle, FileType, NewTime, Stat } from '../../host/file-system.ts'
import { FsError } from '../../host/fs-error.ts'
import type { Promptly, Wait } from '../../host/wait.ts'
import { fs, tty } from './builtin.ts'
import { fsError, system } from './errno.ts'
import { Fd } from './fd.ts'
import { toNodeTimes, toStat } from './stat.ts'

/** Opens the same file again for appending; undefined where the platform has no way to do that by handle. */
export type Reopen = (flags: number) => number

/** A file that Node opened. */
export class NodeFile implements FileHandle {
  readonly type: FileType
  readonly waits: boolean
  readonly #fd: Fd
  readonly #reopen: Reopen | undefined
  #appending: Fd | undefined

  constructor(fd: number, type: FileType, reopen: Reopen | undefined) {
    this.#fd = new Fd(fd)
    this.#reopen = reopen
    this.type = type
    this.waits = type === 'fifo' || type === 'socket' || (type === 'character-device' && tty().isatty(fd))
  }

  stat(): Stat {
    return toStat(system(() => fs.fstatSync(this.#fd.number, { bigint: true })))
  }

  setTimes(accessed: NewTime, modified: NewTime): void {
    const [atime, mtime] = toNodeTimes(accessed, modified, () => this.stat())
    system(() => fs.futimesSync(this.#fd.number, atime, mtime))
  }

  read(into: Uint8Array, offset: bigint): Promptly<number> {
    const fd = this.#fd.number
    if (this.waits)
      return slow(
        (done) => fs.read(fd, into, 0, into.length, null, done),
        () => fs.readSync(fd, into),
      )
    return system(() => fs.readSync(fd, into, 0, into.length, offset))
  }

  write(bytes: Uint8Array, offset: bigint): Promptly<number> {
    const fd = this.#fd.number
    if (this.waits) return slowWrite(fd, bytes)
    // Node takes no bigint here; no file system that we know of has files this large.
    if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw new FsError('file-too-large')
    return system(() => fs.writeSync(fd, bytes, 0, bytes.length, Number(offset)))
  }

  append(bytes: Uint8Array): Promptly<number> {
    if (this.waits) return slowWrite(this.#fd.number, bytes)
    // Where the file cannot be opened again the end may move between these two calls.
    if (!this.#reopen) return this.write(bytes, this.stat().size)
    return system(() => fs.writeSync(this.#append().number, bytes))
  }

  resize(size: bigint): void {
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new FsError('file-too-large')
    system(() => fs.ftruncateSync(this.#fd.number, Number(size)))
  }

  sync(dataOnly: boolean): Promptly<void> {
    return syncFd(this.#fd.number, dataOnly)
  }

  close(): void {
    this.#fd.close()
    this.#appending?.close()
  }

  #append(): Fd {
    if (!this.#appending) {
      // Only who may write may append; opening anew would ask the file's owner, not the descriptor.
      fs.writeSync(this.#fd.number, new Uint8Array(0))
      this.#appending = new Fd(this.#reopen!(fs.constants.O_WRONLY | fs.constants.O_APPEND))
    }
    return this.#appending
  }
}

/** Brings an open file to its disk. */
export function syncFd(fd: number, dataOnly: boolean): Wait<void> {
  return dataOnly
    ? slow<void>(
        (done) => fs.fdatasync(fd, done),
        () => fs.fdatasyncSync(fd),
      )
    : slow<void>(
        (done) => fs.fsync(fd, done),
        () => fs.fsyncSync(fd),
      )
}

function slowWrite(fd: number, bytes: Uint8Array): Wait<number> {
  const copy = bytes.slice()
  return slow(
    (done) => fs.write(fd, copy, done),
    () => fs.writeSync(fd, copy),
  )
}

/** A system call that may take long: in Node's thread pool, or blocking this thread. */
export function slow<T>(
  start: (done: (error: unknown, result?: T) => void) => void,
  block: () => T,
): Wait<T> {
  return {
    promise: () =>
      new Promise((resolve, reject) => {
        start((error, result) => (error ? reject(fsError(error)) : resolve(result as T)))
      }),
    block: () => system(block),
  }
}
