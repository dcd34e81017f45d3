import type { Dir } from 'node:fs'
import type {
  DirectoryEntry,
  DirectoryHandle,
  DirectoryListing,
  NewTime,
  Opened,
  OpenHow,
  Stat,
} from '../../host/file-system.ts'
import { FsError } from '../../host/fs-error.ts'
import type { Promptly } from '../../host/wait.ts'
import { fs } from './builtin.ts'
import { errno, system } from './errno.ts'
import { fileType, toNodeTimes, toStat } from './stat.ts'

/** What the ways to hold a directory in Node share: all that is done with one name in it. */
export abstract class NodeDirectory implements DirectoryHandle {
  readonly fileSystem = 'node'

  /** A path to a name in this very directory, to be used at once. */
  protected abstract at(name: string): string
  abstract enter(name: string): DirectoryHandle | undefined
  abstract open(name: string, how: OpenHow): Promptly<Opened> | 'symbolic-link'
  abstract sync(dataOnly: boolean): Promptly<void>
  abstract close(): void

  readLink(name: string): string | undefined {
    const path = this.at(name)
    return system(() => {
      try {
        return decodeName(fs.readlinkSync(path, { encoding: 'buffer' }))
      } catch (error) {
        if (errno(error) === 'EINVAL') return undefined
        throw error
      }
    })
  }

  stat(name: string): Stat {
    const path = this.at(name)
    const stats = system(() => fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }))
    if (!stats) throw new FsError('no-entry')
    return toStat(stats)
  }

  setTimes(name: string, accessed: NewTime, modified: NewTime): void {
    const [atime, mtime] = toNodeTimes(accessed, modified, () => this.stat(name))
    const path = this.at(name)
    system(() => fs.lutimesSync(path, atime, mtime))
  }

  createDirectory(name: string): void {
    const path = this.at(name)
    system(() => fs.mkdirSync(path))
  }

  removeDirectory(name: string): void {
    const path = this.at(name)
    system(() => fs.rmdirSync(path))
  }

  unlink(name: string): void {
    const path = this.at(name)
    system(() => fs.unlinkSync(path))
  }

  symlink(target: string, name: string): void {
    const path = this.at(name)
    system(() => fs.symlinkSync(target, path))
  }

  link(name: string, to: DirectoryHandle, toName: string): void {
    const from = this.at(name)
    const into = (to as NodeDirectory).at(toName)
    system(() => fs.linkSync(from, into))
  }

  rename(name: string, directory: boolean, to: DirectoryHandle, toName: string): void {
    // A slash after the name asks the system for a directory.
    const from = this.at(name) + (directory ? '/' : '')
    const into = (to as NodeDirectory).at(toName)
    system(() => fs.renameSync(from, into))
  }

  list(): DirectoryListing {
    const path = this.at('.')
    // Node's types know no `buffer` encoding for opendir; its documentation does.
    const options = { encoding: 'buffer', bufferSize: 64 } as unknown as {
      encoding: 'utf8'
      bufferSize: number
    }
    return new NodeListing(system(() => fs.opendirSync(path, options)))
  }
}

/** Entries as the system gives them, a buffer full at a time: a large directory is never in memory as a whole. */
class NodeListing implements DirectoryListing {
  #directory: Dir | undefined

  constructor(directory: Dir) {
    this.#directory = directory
  }

  next(): DirectoryEntry | undefined {
    const entry = system(() => this.#directory?.readSync())
    if (!entry) {
      this.close()
      return undefined
    }
    return { type: fileType(entry), name: decodeName(entry.name as unknown as Uint8Array) }
  }

  close(): void {
    this.#directory?.closeSync()
    this.#directory = undefined
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Names are bytes to the system and text to WASI. */
function decodeName(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new FsError('illegal-byte-sequence', { cause })
  }
}
