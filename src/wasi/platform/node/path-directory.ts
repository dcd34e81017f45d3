/**
 * Directories where the system has no paths relative to a descriptor (macOS, Windows, Linux without /proc): held by
 * path and identity. Before each use, every directory from the granted one down to this is checked to be the same object
 * and no link, and after a file was opened it is checked again together with the file. What remains is a window of
 * microseconds in which somebody outside of the sandbox, who may write to these directories, could swap one and swap it
 * back; a guest alone cannot, since its own calls come one at a time. A directory that was renamed while it is
 * held is not found again: its operations fail with `no-entry`.
 */
import type { BigIntStats } from 'node:fs'
import type { DirectoryHandle, Opened, OpenHow } from '../../host/file-system.ts'
import { FsError } from '../../host/fs-error.ts'
import type { Promptly } from '../../host/wait.ts'
import { fs, path as paths, platformName } from './builtin.ts'
import { errno, fsError, system } from './errno.ts'
import { NodeDirectory } from './node-directory.ts'
import { NodeFile, slow, syncFd } from './node-file.ts'
import { newFileMode, openFlags, withWaiting } from './open-flags.ts'
import { fileType } from './stat.ts'

type Identity = Pick<BigIntStats, 'dev' | 'ino'>

export class PathDirectory extends NodeDirectory {
  readonly #path: string
  readonly #identity: Identity
  readonly #parent: PathDirectory | undefined

  private constructor(path: string, identity: Identity, parent: PathDirectory | undefined) {
    super()
    this.#path = path
    this.#identity = identity
    this.#parent = parent
  }

  /** Opens a directory of the host by path, following links. */
  static open(path: string): PathDirectory {
    const real = system(() => fs.realpathSync(path))
    const stats = system(() => fs.lstatSync(real, { bigint: true }))
    if (!stats.isDirectory()) throw new FsError('not-directory')
    return new PathDirectory(real, stats, undefined)
  }

  protected override at(name: string): string {
    if (platformName === 'win32' && !isPlainWindowsName(name)) throw new FsError('no-entry')
    this.#verify()
    return name === '.' ? this.#path : paths.join(this.#path, name)
  }

  override readLink(name: string): string | undefined {
    const target = super.readLink(name)
    return platformName === 'win32' ? target?.replaceAll('\\', '/') : target
  }

  enter(name: string): DirectoryHandle | undefined {
    const path = this.at(name)
    const stats = system(() => fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }))
    if (!stats) throw new FsError('no-entry')
    return stats.isDirectory() ? new PathDirectory(path, stats, this) : undefined
  }

  open(name: string, how: OpenHow): Promptly<Opened> | 'symbolic-link' {
    const path = this.at(name)
    const before = system(() => fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }))
    if (before && how.exclusive) throw new FsError('exist')
    if (before?.isSymbolicLink()) return 'symbolic-link'
    if (before?.isDirectory()) return this.#openDirectory(name, how)
    if (before && how.directory) throw new FsError('not-directory')
    if (before?.isFIFO()) return openPipe(path, openFlags(how))
    return { file: this.#openFile(path, openFlags(how)) }
  }

  sync(dataOnly: boolean): Promptly<void> {
    const fd = system(() => fs.openSync(this.at('.'), fs.constants.O_RDONLY))
    try {
      syncFd(fd, dataOnly).block('')
    } finally {
      fs.closeSync(fd)
    }
  }

  override rename(name: string, directory: boolean, to: DirectoryHandle, toName: string): void {
    if (name === '.' || toName === '.') throw new FsError('busy')
    super.rename(name, directory, to, toName)
  }

  override createDirectory(name: string): void {
    if (name === '.') throw new FsError('exist')
    super.createDirectory(name)
  }

  override removeDirectory(name: string): void {
    if (name === '.') throw new FsError('invalid')
    super.removeDirectory(name)
  }

  override unlink(name: string): void {
    // Some systems say EPERM, and some would unlink a directory for the superuser.
    if (this.stat(name).type === 'directory') throw new FsError('is-directory')
    super.unlink(name)
  }

  close(): void {}

  #openDirectory(name: string, how: OpenHow): Opened {
    if (how.write) throw new FsError('is-directory')
    const directory =
      name === '.' ? new PathDirectory(this.#path, this.#identity, this.#parent) : this.enter(name)
    if (!directory) throw new FsError('not-directory')
    return { directory }
  }

  #openFile(path: string, flags: number): NodeFile {
    let fd: number
    try {
      // Truncated only when it is known to be the right file.
      fd = fs.openSync(path, flags & ~fs.constants.O_TRUNC, newFileMode)
    } catch (error) {
      if (errno(error) === 'ELOOP') throw new FsError('no-entry')
      throw fsError(error)
    }
    try {
      const stats = fs.fstatSync(fd, { bigint: true })
      const named = fs.lstatSync(path, { bigint: true })
      this.#verify()
      if (!same(stats, named)) throw new FsError('no-entry')
      if (flags & fs.constants.O_TRUNC) fs.ftruncateSync(fd, 0)
      return new NodeFile(fd, fileType(stats), undefined)
    } catch (error) {
      fs.closeSync(fd)
      throw fsError(error)
    }
  }

  #verify(): void {
    if (this.#parent) this.#parent.#verify()
    const stats = system(() => fs.lstatSync(this.#path, { bigint: true, throwIfNoEntry: false }))
    if (!stats?.isDirectory() || !same(stats, this.#identity)) throw new FsError('no-entry')
  }
}

function openPipe(path: string, flags: number): Promptly<Opened> {
  const waiting = withWaiting(flags) | (fs.constants.O_NOFOLLOW ?? 0)
  const open = slow<number>(
    (done) => fs.open(path, waiting, done),
    () => fs.openSync(path, waiting),
  )
  const opened = (fd: number): Opened => ({ file: new NodeFile(fd, 'fifo', undefined) })
  return { promise: () => open.promise().then(opened), block: (who) => opened(open.block(who)) }
}

function same(a: Identity, b: Identity): boolean {
  return a.ino === b.ino && a.dev === b.dev
}

/** Windows gives a meaning to much that is a plain name elsewhere: streams, devices, separators, dots at the end. */
function isPlainWindowsName(name: string): boolean {
  if (name === '.') return true
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows forbids them in names
  if (/[\\/:*?"<>|\u0000-\u001f]|[. ]$/.test(name)) return false
  return !/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i.test(name)
}
