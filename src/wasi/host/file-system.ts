/**
 * The capability to use files: what a platform gives for one directory and for one open file. Names here are single
 * path segments (or `.`, the directory itself), and nothing here ever follows a symbolic link: paths are walked once, in
 * `walk.ts`, for all platforms. Everything throws `FsError`.
 */
import type { Promptly } from './wait.ts'

export type FileType =
  | 'unknown'
  | 'block-device'
  | 'character-device'
  | 'directory'
  | 'fifo'
  | 'symbolic-link'
  | 'regular-file'
  | 'socket'

/** Times are nanoseconds since 1970-01-01T00:00:00Z. */
export interface Stat {
  readonly type: FileType
  readonly linkCount: bigint
  readonly size: bigint
  readonly accessed: bigint | undefined
  readonly modified: bigint | undefined
  readonly changed: bigint | undefined
  /** Together with `inode` the object's identity. */
  readonly device: bigint
  readonly inode: bigint
}

/** A time to set; undefined leaves the old one. */
export type NewTime = bigint | 'now' | undefined

/** How to open the last segment of a path. */
export interface OpenHow {
  readonly read: boolean
  readonly write: boolean
  readonly create: boolean
  /** With `create`: fail if it exists. */
  readonly exclusive: boolean
  readonly truncate: boolean
  /** Fail with `not-directory` if it is none. */
  readonly directory: boolean
  readonly sync: SyncFlags
}

export interface SyncFlags {
  readonly fileIntegrity: boolean
  readonly dataIntegrity: boolean
  readonly requestedWrite: boolean
}

export type Opened = { readonly file: FileHandle } | { readonly directory: DirectoryHandle }

export interface DirectoryEntry {
  readonly type: FileType
  readonly name: string
}

/** Entries one by one, without `.` and `..`; undefined at the end. */
export interface DirectoryListing {
  next(): DirectoryEntry | undefined
  close(): void
}

export interface DirectoryHandle {
  /** Handles of equal value can rename and link into one another. */
  readonly fileSystem: unknown
  /** Opens a directory to walk on; undefined if the name is something else, perhaps a symbolic link. */
  enter(name: string): DirectoryHandle | undefined
  /** The target of a symbolic link; undefined if the name is something else. */
  readLink(name: string): string | undefined
  open(name: string, how: OpenHow): Promptly<Opened> | 'symbolic-link'
  stat(name: string): Stat
  setTimes(name: string, accessed: NewTime, modified: NewTime): void
  createDirectory(name: string): void
  removeDirectory(name: string): void
  unlink(name: string): void
  symlink(target: string, name: string): void
  link(name: string, to: DirectoryHandle, toName: string): void
  /** With `directory`, fails with `not-directory` if the old name is none. */
  rename(name: string, directory: boolean, to: DirectoryHandle, toName: string): void
  list(): DirectoryListing
  sync(dataOnly: boolean): Promptly<void>
  close(): void
}

export interface FileHandle {
  readonly type: FileType
  /** True if reads and writes may have to wait for somebody else: pipes, terminals, sockets. */
  readonly waits: boolean
  stat(): Stat
  setTimes(accessed: NewTime, modified: NewTime): void
  /** Reads at an offset; 0 at the end. */
  read(into: Uint8Array, offset: bigint): Promptly<number>
  /** Writes at an offset, perhaps less than all. A file that must wait copies the bytes first. */
  write(bytes: Uint8Array, offset: bigint): Promptly<number>
  /** Writes at the end, perhaps less than all. */
  append(bytes: Uint8Array): Promptly<number>
  resize(size: bigint): void
  sync(dataOnly: boolean): Promptly<void>
  close(): void
}
