/** An open file or directory of the guest: `wasi:filesystem`'s descriptor without the shapes of one WASI version. */
import type {
  DirectoryHandle,
  DirectoryListing,
  FileHandle,
  FileType,
  NewTime,
  Opened,
  OpenHow,
  Stat,
  SyncFlags,
} from './file-system.ts'
import { FileSink } from './file-sink.ts'
import { checkRange } from './file-range.ts'
import { FileSource } from './file-source.ts'
import { FsError } from './fs-error.ts'
import { parsePath, type Path, stripSlashes } from './path.ts'
import { HeldOpen } from './held-open.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'
import { followLink, walk, walkToObject } from './walk.ts'
import { isWait, type Operation, type Promptly, waitFor } from './wait.ts'

export interface OpenFlags {
  readonly create: boolean
  readonly directory: boolean
  readonly exclusive: boolean
  readonly truncate: boolean
}

export interface DescriptorFlags {
  readonly read: boolean
  readonly write: boolean
  readonly sync: SyncFlags
}

/** What a descriptor may do; inherited by everything that is opened through it. */
interface Grant {
  readonly readOnly: boolean
}

const noSync: SyncFlags = { fileIntegrity: false, dataIntegrity: false, requestedWrite: false }

type Held = { readonly file: HeldOpen<FileHandle> } | { readonly directory: HeldOpen<DirectoryHandle> }

export class Descriptor {
  readonly #held: Held
  readonly #grant: Grant
  readonly flags: DescriptorFlags

  private constructor(held: Held, grant: Grant, flags: DescriptorFlags) {
    this.#held = held
    this.#grant = grant
    this.flags = flags
  }

  /** A directory that the user granted. */
  static granted(directory: HeldOpen<DirectoryHandle>, readOnly: boolean): Descriptor {
    return new Descriptor({ directory }, { readOnly }, { read: true, write: false, sync: noSync })
  }

  get isDirectory(): boolean {
    return 'directory' in this.#held
  }

  /** False if the descriptor must change nothing, neither itself nor what is below it. */
  get mutable(): boolean {
    return !this.#grant.readOnly
  }

  get type(): FileType {
    return 'file' in this.#held ? this.#held.file.value.type : 'directory'
  }

  close(): void {
    if ('file' in this.#held) this.#held.file.release()
    else this.#held.directory.release()
  }

  // ── The object itself ──

  stat(): Stat {
    return 'file' in this.#held ? this.#held.file.value.stat() : this.#held.directory.value.stat('.')
  }

  setTimes(accessed: NewTime, modified: NewTime): void {
    this.#mayChange()
    if ('file' in this.#held) this.#held.file.value.setTimes(accessed, modified)
    else this.#held.directory.value.setTimes('.', accessed, modified)
  }

  *sync(dataOnly: boolean): Operation<void> {
    const synced =
      'file' in this.#held ? this.#held.file.value.sync(dataOnly) : this.#held.directory.value.sync(dataOnly)
    yield* this.#holding(synced)
  }

  advise(_offset: bigint, length: bigint): void {
    this.#file()
    // posix_fadvise is a hint that no JavaScript platform passes on; its one error of arguments is kept.
    checkRange(0n, length)
  }

  resize(size: bigint): void {
    const file = this.#file()
    this.#mayChange()
    checkRange(size, 0)
    file.resize(size)
  }

  /** At most `length` bytes; none at the end. */
  *read(length: number, offset: bigint): Operation<Uint8Array> {
    const file = this.#file()
    // Node does not even ask the system for no bytes.
    if (!this.flags.read) throw new FsError('bad-descriptor')
    checkRange(offset, length)
    const buffer = new Uint8Array(length)
    const count = yield* this.#holding(file.read(buffer, offset))
    return buffer.subarray(0, count)
  }

  *write(bytes: Uint8Array, offset: bigint): Operation<number> {
    const file = this.#file()
    this.#mayChange()
    checkRange(offset, bytes.length)
    return yield* this.#holding(file.write(bytes, offset))
  }

  readStream(offset: bigint): Source {
    if (!('file' in this.#held)) throw new FsError('is-directory')
    return new FileSource(this.#held.file.retain(), offset)
  }

  writeStream(offset: bigint | 'append', capacity: number): Sink {
    this.#file()
    this.#mayChange()
    return new FileSink((this.#held as { file: HeldOpen<FileHandle> }).file.retain(), offset, capacity)
  }

  list(): DirectoryListing {
    return this.#directory().list()
  }

  // ── What is below a directory ──

  statAt(path: string, follow: boolean): Stat {
    return walkToObject(this.#directory(), parsePath(path), follow, (_directory, _name, stat) => stat)
  }

  setTimesAt(path: string, follow: boolean, accessed: NewTime, modified: NewTime): void {
    const directory = this.#mutable()
    walkToObject(directory, parsePath(path), follow, (at, name) => at.setTimes(name, accessed, modified))
  }

  createDirectoryAt(path: string): void {
    // A slash at the end of a new directory's name means nothing.
    walk(this.#mutable(), parsePath(stripSlashes(path)), (directory, name) => directory.createDirectory(name))
  }

  removeDirectoryAt(path: string): void {
    walk(this.#mutable(), lookInside(parsePath(path)), (directory, name) => directory.removeDirectory(name))
  }

  unlinkAt(path: string): void {
    walk(this.#mutable(), lookInside(parsePath(path)), (directory, name) => directory.unlink(name))
  }

  readLinkAt(path: string): string {
    const target = walk(this.#directory(), lookInside(parsePath(path)), (directory, name) => {
      if (name === '.') throw new FsError('invalid')
      return directory.readLink(name) ?? notALink(directory, name)
    })
    // An absolute target would tell the guest about the host.
    if (target.startsWith('/')) throw new FsError('not-permitted')
    return target
  }

  symlinkAt(target: string, path: string): void {
    const directory = this.#mutable()
    // It could lead a program outside of the sandbox, which follows it, astray.
    if (target.startsWith('/')) throw new FsError('not-permitted')
    walk(directory, lookInside(parsePath(path)), (at, name) => {
      parsePath(target)
      at.symlink(target, name)
    })
  }

  linkAt(path: string, follow: boolean, to: Descriptor, toPath: string): void {
    const [from, into] = this.#mutablePair(to)
    // linkat can follow; wasmtime does not, and C libraries never ask.
    if (follow) throw new FsError('invalid')
    walk(from, lookInside(parsePath(path)), (directory, name) =>
      walk(into, lookInside(parsePath(toPath)), (toDirectory, toName) =>
        directory.link(name, toDirectory, toName),
      ),
    )
  }

  renameAt(path: string, to: Descriptor, toPath: string): void {
    const [from, into] = this.#mutablePair(to)
    // A slash at the end of either name asks for a directory to rename, not to look inside.
    const isDirectory = path.endsWith('/') || toPath.endsWith('/')
    walk(from, parsePath(stripSlashes(path)), (directory, name) =>
      walk(into, parsePath(stripSlashes(toPath)), (toDirectory, toName) =>
        directory.rename(name, isDirectory, toDirectory, toName),
      ),
    )
  }

  *openAt(path: string, follow: boolean, open: OpenFlags, flags: DescriptorFlags): Operation<Descriptor> {
    const directory = this.#directory()
    const how = howToOpen(open, flags)
    if (how.write) this.#mayChange()
    const opened = yield* waitFor(openLast(directory, parsePath(path), follow, how))
    const granted = { read: how.read, write: how.write, sync: flags.sync }
    if ('file' in opened) return new Descriptor({ file: new HeldOpen(opened.file) }, this.#grant, granted)
    return new Descriptor({ directory: new HeldOpen(opened.directory) }, this.#grant, {
      ...granted,
      write: false,
    })
  }

  /** Waits with the object held open, whoever closes the descriptor meanwhile. */
  *#holding<T>(value: Promptly<T>): Operation<T> {
    if (!isWait(value)) return value
    const held = 'file' in this.#held ? this.#held.file.retain() : this.#held.directory.retain()
    try {
      return yield* waitFor(value)
    } finally {
      held.release()
    }
  }

  #file(): FileHandle {
    if ('file' in this.#held) return this.#held.file.value
    throw new FsError('bad-descriptor')
  }

  #directory(): DirectoryHandle {
    if ('directory' in this.#held) return this.#held.directory.value
    throw new FsError('not-directory')
  }

  /**
   * `not-permitted` is what wasmtime answers for a directory granted read-only, and what its guests expect; the WIT would have
   * `read-only`, and per directory descriptor, which no libc asks for.
   */
  #mayChange(): void {
    if (this.#grant.readOnly) throw new FsError('not-permitted')
  }

  #mutable(): DirectoryHandle {
    const directory = this.#directory()
    this.#mayChange()
    return directory
  }

  #mutablePair(to: Descriptor): [DirectoryHandle, DirectoryHandle] {
    const from = this.#directory()
    const into = to.#directory()
    this.#mayChange()
    to.#mayChange()
    if (from.fileSystem !== into.fileSystem) throw new FsError('cross-device')
    return [from, into]
  }
}

/** For operations on names: a slash at the end means the directory itself, `.`, after following links to it. */
function lookInside(path: Path): Path {
  const inside = path.slash && path.segments.at(-1) !== '.'
  return { segments: inside ? [...path.segments, '.'] : path.segments, slash: false }
}

function notALink(directory: DirectoryHandle, name: string): never {
  directory.stat(name)
  throw new FsError('invalid')
}

/** Combines the two kinds of flags as wasmtime does: creating and truncating ask to write, and not to write is to read. */
function howToOpen(open: OpenFlags, flags: DescriptorFlags): OpenHow {
  if (open.directory && (open.create || open.exclusive || open.truncate)) throw new FsError('invalid')
  return {
    read: flags.read || !flags.write,
    write: flags.write || open.create || open.truncate,
    create: open.create,
    exclusive: open.create && open.exclusive,
    truncate: open.truncate,
    directory: open.directory,
    sync: flags.sync,
  }
}

/** Opens the last segment, with open(2)'s rules for links, `.` and slashes there. */
function openLast(base: DirectoryHandle, path: Path, follow: boolean, how: OpenHow): Promptly<Opened> {
  return walk<Promptly<Opened>>(base, path, (directory, name, slash) => {
    if (how.create && (slash || name === '.')) {
      throw new FsError(how.exclusive && name === '.' ? 'exist' : 'is-directory')
    }
    const opened = directory.open(name, slash ? { ...how, directory: true } : how)
    if (opened !== 'symbolic-link') return opened
    if (how.exclusive) throw new FsError('exist')
    if (!follow && !slash) throw new FsError('loop')
    return followLink(directory, name)
  })
}
