/**
 * Directories on Linux, held by descriptor: `/proc/self/fd/N/name` is openat(N, "name") for everything that Node can do
 * with a path. The kernel goes from N straight to the directory, wherever it was moved to meanwhile.
 */
import type { DirectoryHandle, Opened, OpenHow } from '../../host/file-system.ts'
import type { Promptly, Wait } from '../../host/wait.ts'
import { fs } from './builtin.ts'
import { errno, fsError, system } from './errno.ts'
import { Fd } from './fd.ts'
import { NodeDirectory } from './node-directory.ts'
import { NodeFile, slow, syncFd } from './node-file.ts'
import { newFileMode, openFlags, withWaiting } from './open-flags.ts'
import { fileType } from './stat.ts'

/** Linux's O_PATH, which Node does not name; the same on every architecture that Node runs on. */
const O_PATH = 0x20_0000

export class ProcDirectory extends NodeDirectory {
  readonly #fd: Fd

  private constructor(fd: number) {
    super()
    this.#fd = new Fd(fd)
  }

  /** Opens a directory of the host by path, following links; undefined if this system has no working /proc. */
  static tryOpen(path: string): ProcDirectory | undefined {
    const fd = system(() => fs.openSync(path, O_PATH | fs.constants.O_DIRECTORY))
    if (reaches(fd)) return new ProcDirectory(fd)
    fs.closeSync(fd)
    return undefined
  }

  protected override at(name: string): string {
    return `${link(this.#fd.number)}/${name}`
  }

  enter(name: string): DirectoryHandle | undefined {
    try {
      const { O_DIRECTORY, O_NOFOLLOW } = fs.constants
      return new ProcDirectory(fs.openSync(this.at(name), O_PATH | O_DIRECTORY | O_NOFOLLOW))
    } catch (error) {
      if (errno(error) === 'ENOTDIR') return undefined
      throw fsError(error)
    }
  }

  open(name: string, how: OpenHow): Promptly<Opened> | 'symbolic-link' {
    const flags = openFlags(how)
    let fd: number
    try {
      fd = fs.openSync(this.at(name), flags, newFileMode)
    } catch (error) {
      return this.#notOpened(name, flags, error)
    }
    const type = fileType(fs.fstatSync(fd))
    if (type === 'directory') return { directory: new ProcDirectory(fd) }
    // Kept until the waiting open is done: a writer that saw this reader must not find it gone.
    if (type === 'fifo') return openWaiting(fd, flags)
    return { file: new NodeFile(fd, type, (again) => fs.openSync(link(fd), again)) }
  }

  sync(dataOnly: boolean): Promptly<void> {
    // The descriptor may be one that only names the directory (O_PATH).
    const fd = system(() => fs.openSync(this.at('.'), fs.constants.O_RDONLY | fs.constants.O_DIRECTORY))
    const { promise, block } = syncFd(fd, dataOnly)
    return {
      promise: () => promise().finally(() => fs.closeSync(fd)),
      block: (who) => {
        try {
          block(who)
        } finally {
          fs.closeSync(fd)
        }
      },
    }
  }

  close(): void {
    this.#fd.close()
  }

  #notOpened(name: string, flags: number, error: unknown): Promptly<Opened> | 'symbolic-link' {
    switch (errno(error)) {
      case 'ELOOP':
        return 'symbolic-link'
      case 'ENOTDIR':
        // Asked for a directory, the system does not tell a link from a file.
        if (this.readLink(name) !== undefined) return 'symbolic-link'
        break
      case 'ENXIO':
        // A pipe that nobody reads yet.
        if (this.stat(name).type === 'fifo') return openWaiting(this.#pin(name), flags)
    }
    throw fsError(error)
  }

  /** A descriptor that only names an object. */
  #pin(name: string): number {
    return system(() => fs.openSync(this.at(name), O_PATH | fs.constants.O_NOFOLLOW))
  }
}

/** Opens the pipe behind a descriptor again, waiting for its other end, and closes the descriptor then. */
function openWaiting(pin: number, flags: number): Wait<Opened> {
  const open = slow<number>(
    (done) => fs.open(link(pin), withWaiting(flags), done),
    () => fs.openSync(link(pin), withWaiting(flags)),
  )
  const opened = (fd: number): Opened => ({ file: new NodeFile(fd, 'fifo', undefined) })
  return {
    promise: () =>
      open
        .promise()
        .then(opened)
        .finally(() => fs.closeSync(pin)),
    block: (who) => {
      try {
        return opened(open.block(who))
      } finally {
        fs.closeSync(pin)
      }
    },
  }
}

function link(fd: number): string {
  return `/proc/self/fd/${fd}`
}

/** Whether /proc leads back to the directory: it may be missing, or denied by a permission model. */
function reaches(fd: number): boolean {
  try {
    const here = fs.fstatSync(fd, { bigint: true })
    const there = fs.statSync(`${link(fd)}/.`, { bigint: true })
    return here.ino === there.ino && here.dev === there.dev
  } catch {
    return false
  }
}
