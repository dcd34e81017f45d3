import type { Descriptor as HostDescriptor } from '../../host/descriptor.ts'
import { FsError } from '../../host/fs-error.ts'
import type { Host } from '../../host/host.ts'
import { type MetadataHash, metadataHash } from '../../host/metadata-hash.ts'
import type { Operation } from '../../host/wait.ts'
import { InputStream } from '../io/input-stream.ts'
import { OutputStream } from '../io/output-stream.ts'
import { atMost } from '../io/stream-error.ts'
import { neverBlocks, waiting } from '../waiting.ts'
import {
  type DescriptorStat,
  type DescriptorType,
  type NewTimestamp,
  toDescriptorStat,
  toNewTime,
} from './descriptor-stat.ts'
import { DirectoryEntryStream } from './directory-entry-stream.ts'
import { onFiles, waitingOnFiles } from './fs-result.ts'

/** Flags come as objects of booleans; what is not there counts as false. */
export interface DescriptorFlags {
  read?: boolean
  write?: boolean
  fileIntegritySync?: boolean
  dataIntegritySync?: boolean
  requestedWriteSync?: boolean
  mutateDirectory?: boolean
}

export interface PathFlags {
  symlinkFollow?: boolean
}

export interface OpenFlags {
  create?: boolean
  directory?: boolean
  exclusive?: boolean
  truncate?: boolean
}

export type Advice = 'normal' | 'sequential' | 'random' | 'will-need' | 'dont-need' | 'no-reuse'

const name = 'wasi:filesystem/types#[method]descriptor.'

export class Descriptor {
  readonly #host: Host
  readonly #held: HostDescriptor
  #open = true

  /** The caller has counted the handle. */
  constructor(host: Host, held: HostDescriptor) {
    this.#host = host
    this.#held = held
  }

  readViaStream(offset: bigint): InputStream {
    return this.#counted(() => new InputStream(this.#host, this.#held.readStream(offset)))
  }

  writeViaStream(offset: bigint): OutputStream {
    return this.#counted(
      () => new OutputStream(this.#host, this.#held.writeStream(offset, this.#host.limits.writeBytes)),
    )
  }

  appendViaStream(): OutputStream {
    const capacity = this.#host.limits.writeBytes
    return this.#counted(() => new OutputStream(this.#host, this.#held.writeStream('append', capacity)))
  }

  advise(offset: bigint, length: bigint, _advice: Advice): void {
    onFiles(() => this.#held.advise(offset, length))
  }

  declare syncData: () => void | Promise<void>

  getFlags(): DescriptorFlags {
    const { read, write, sync } = this.#held.flags
    return {
      read,
      write,
      fileIntegritySync: sync.fileIntegrity,
      dataIntegritySync: sync.dataIntegrity,
      requestedWriteSync: sync.requestedWrite,
      mutateDirectory: this.#held.isDirectory && this.#held.mutable,
    }
  }

  getType(): DescriptorType {
    return this.#held.type
  }

  setSize(size: bigint): void {
    onFiles(() => this.#held.resize(size))
  }

  setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
    onFiles(() => this.#held.setTimes(toNewTime(accessed), toNewTime(modified)))
  }

  declare read: (length: bigint, offset: bigint) => [Uint8Array, boolean] | Promise<[Uint8Array, boolean]>
  declare write: (buffer: Uint8Array, offset: bigint) => bigint | Promise<bigint>

  readDirectory(): DirectoryEntryStream {
    return this.#counted(() => {
      const listing = this.#held.list()
      this.#host.handles.open()
      return new DirectoryEntryStream(this.#host, listing)
    })
  }

  declare sync: () => void | Promise<void>

  createDirectoryAt(path: string): void {
    onFiles(() => this.#held.createDirectoryAt(path))
  }

  stat(): DescriptorStat {
    return onFiles(() => toDescriptorStat(this.#held.stat()))
  }

  statAt(pathFlags: PathFlags, path: string): DescriptorStat {
    return onFiles(() => toDescriptorStat(this.#held.statAt(path, follows(pathFlags))))
  }

  setTimesAt(pathFlags: PathFlags, path: string, accessed: NewTimestamp, modified: NewTimestamp): void {
    onFiles(() => this.#held.setTimesAt(path, follows(pathFlags), toNewTime(accessed), toNewTime(modified)))
  }

  linkAt(oldPathFlags: PathFlags, oldPath: string, newDescriptor: Descriptor, newPath: string): void {
    onFiles(() => this.#held.linkAt(oldPath, follows(oldPathFlags), newDescriptor.#held, newPath))
  }

  declare openAt: (
    pathFlags: PathFlags,
    path: string,
    openFlags: OpenFlags,
    flags: DescriptorFlags,
  ) => Descriptor | Promise<Descriptor>

  readlinkAt(path: string): string {
    return onFiles(() => this.#held.readLinkAt(path))
  }

  removeDirectoryAt(path: string): void {
    onFiles(() => this.#held.removeDirectoryAt(path))
  }

  renameAt(oldPath: string, newDescriptor: Descriptor, newPath: string): void {
    onFiles(() => this.#held.renameAt(oldPath, newDescriptor.#held, newPath))
  }

  symlinkAt(oldPath: string, newPath: string): void {
    onFiles(() => this.#held.symlinkAt(oldPath, newPath))
  }

  unlinkFileAt(path: string): void {
    onFiles(() => this.#held.unlinkAt(path))
  }

  isSameObject(other: Descriptor): boolean {
    const mine = this.#held.stat()
    const others = other.#held.stat()
    return mine.device === others.device && mine.inode === others.inode
  }

  metadataHash(): MetadataHash {
    return onFiles(() => metadataHash(this.#held.stat()))
  }

  metadataHashAt(pathFlags: PathFlags, path: string): MetadataHash {
    return onFiles(() => metadataHash(this.#held.statAt(path, follows(pathFlags))))
  }

  [Symbol.dispose](): void {
    if (!this.#open) return
    this.#open = false
    this.#host.handles.close()
    this.#held.close()
  }

  /** Makes a handle if there is room for one more: here the guest can be told that there is not. */
  #counted<T>(make: () => T): T {
    return onFiles(() => {
      checkRoom(this.#host)
      return make()
    })
  }

  *#openAt(path: string, follow: boolean, open: OpenFlags, flags: DescriptorFlags): Operation<Descriptor> {
    checkRoom(this.#host)
    // Counted before it is there: opening may wait, and others open meanwhile.
    this.#host.handles.open()
    try {
      const opened = yield* this.#held.openAt(path, follow, toOpenFlags(open), toHostFlags(flags))
      return new Descriptor(this.#host, opened)
    } catch (error) {
      this.#host.handles.close()
      throw error
    }
  }

  *#read(length: bigint, offset: bigint): Operation<[Uint8Array, boolean]> {
    const bytes = yield* this.#held.read(atMost(length, this.#host.limits.readBytes), offset)
    return [bytes, bytes.length === 0]
  }

  *#write(buffer: Uint8Array, offset: bigint): Operation<bigint> {
    const count = yield* this.#held.write(buffer, offset)
    return BigInt(count)
  }

  static {
    neverBlocks(Descriptor.prototype)
    Descriptor.prototype.openAt = waiting(
      `${name}open-at`,
      function (this: Descriptor, pathFlags, path, open, flags) {
        return waitingOnFiles(this.#openAt(path, follows(pathFlags), open, flags))
      },
    )
    Descriptor.prototype.read = waiting(`${name}read`, function (this: Descriptor, length, offset) {
      return waitingOnFiles(this.#read(length, offset))
    })
    Descriptor.prototype.write = waiting(
      `${name}write`,
      function (this: Descriptor, buffer, offset) {
        return waitingOnFiles(this.#write(buffer, offset))
      },
      { borrowsBytes: true },
    )
    Descriptor.prototype.sync = waiting(`${name}sync`, function (this: Descriptor) {
      return waitingOnFiles(this.#held.sync(false))
    })
    Descriptor.prototype.syncData = waiting(`${name}sync-data`, function (this: Descriptor) {
      return waitingOnFiles(this.#held.sync(true))
    })
  }
}

function checkRoom({ handles }: Host): void {
  // WASI has no EMFILE; this is what the host answers as well when the system has no descriptor left.
  if (handles.isFull) throw new FsError('insufficient-memory')
}

function follows(flags: PathFlags): boolean {
  return flags.symlinkFollow === true
}

function toOpenFlags({ create, directory, exclusive, truncate }: OpenFlags) {
  return { create: !!create, directory: !!directory, exclusive: !!exclusive, truncate: !!truncate }
}

function toHostFlags({
  read,
  write,
  fileIntegritySync,
  dataIntegritySync,
  requestedWriteSync,
}: DescriptorFlags) {
  const sync = {
    fileIntegrity: !!fileIntegritySync,
    dataIntegrity: !!dataIntegritySync,
    requestedWrite: !!requestedWriteSync,
  }
  return { read: !!read, write: !!write, sync }
}
