import type { Event } from '../../host/event.ts'
import { FsError } from '../../host/fs-error.ts'
import type { Source } from '../../host/source.ts'
import { StreamClosed, StreamFailed } from '../../host/stream-end.ts'
import { fs, net, platformName, tty } from './builtin.ts'
import { errno, fsError } from './errno.ts'
import { Fd } from './fd.ts'
import { StreamReader } from './stream-reader.ts'
import type { NodeReadable } from './node-stream.ts'

/** Bytes asked of the system at once when nobody said how many are wanted. */
const chunk = 65_536

/**
 * Input from a descriptor of the process. Nothing is read before the guest asks. A blocked thread reads the descriptor
 * itself; a suspended guest waits for a Node stream on it, which the event loop watches.
 */
export class FdSource implements Source {
  readonly event: Event
  readonly #fd: number
  readonly #stream: () => NodeReadable
  #knownKind: Kind | undefined
  #reader: StreamReader | undefined
  /** A descriptor that does not block, to look with; null where there is none. */
  #glass: number | null | undefined
  #reopened: Fd | undefined
  #bytes: Uint8Array = new Uint8Array(0)
  #end: StreamClosed | StreamFailed | undefined

  /** `stream` is Node's own stream on the descriptor, where the user gave one. */
  constructor(fd: number, stream?: NodeReadable) {
    this.#fd = fd
    this.#stream = () => stream ?? streamOn(fd)
    const canLook = () => this.#lookingGlass() !== null
    this.event = {
      get asks() {
        return canLook()
      },
      ready: () => this.#kind === 'prompt' || this.#look(chunk),
      subscribe: (wake) => this.#watch().subscribe(wake),
      block: () => this.#block(),
    }
  }

  get terminal(): boolean {
    return this.#kind === 'terminal'
  }

  read(max: number): Uint8Array {
    if (max > 0) this.#look(max)
    if (this.#bytes.length > 0) {
      const taken = this.#bytes.subarray(0, max)
      this.#bytes = this.#bytes.subarray(taken.length)
      return taken
    }
    if (this.#end) {
      const end = this.#end
      this.#end = new StreamClosed()
      throw end
    }
    return new Uint8Array(0)
  }

  close(): void {
    this.#reopened?.close()
    this.#glass = null
  }

  get #kind(): Kind {
    this.#knownKind ??= kindOf(this.#fd)
    return this.#knownKind
  }

  /** Takes what is there without waiting; true if there is something to tell. */
  #look(max: number): boolean {
    if (this.#bytes.length > 0 || this.#end) return true
    // What Node has already read comes before what is still in the pipe.
    if (this.#reader) this.#keep(this.#reader.read())
    const glass = this.#lookingGlass()
    if (this.#bytes.length === 0 && !this.#end && glass !== null) this.#readFrom(glass, max)
    return this.#bytes.length > 0 || this.#end !== undefined
  }

  #lookingGlass(): number | null {
    if (this.#glass !== undefined) return this.#glass
    this.#reopened = this.#kind === 'prompt' ? undefined : reopen(this.#fd)
    if (this.#reopened) this.#glass = this.#reopened.number
    // Node's stream makes a pipe or socket one that does not block; a terminal it opens for itself.
    else if (this.#kind === 'pipe') this.#watch()
    this.#glass ??= this.#kind === 'terminal' ? null : this.#fd
    return this.#glass
  }

  #readFrom(fd: number, max: number): void {
    try {
      const buffer = new Uint8Array(max)
      const count = fs.readSync(fd, buffer)
      this.#keep(count === 0 ? new StreamClosed() : buffer.subarray(0, count))
    } catch (error) {
      // Windows says EOF where others read nothing.
      if (errno(error) === 'EOF') this.#keep(new StreamClosed())
      else if (errno(error) !== 'EAGAIN') this.#keep(failure(error))
    }
  }

  #keep(got: Uint8Array | StreamClosed | StreamFailed | undefined): void {
    if (got instanceof Error) this.#end = got
    else if (got) this.#bytes = got
  }

  /** False if the descriptor does not block: then it says so at once, and we look again later. */
  #block(): boolean {
    if (!this.#look(chunk)) this.#readFrom(this.#fd, chunk)
    return this.#bytes.length > 0 || this.#end !== undefined
  }

  #watch(): StreamReader {
    this.#reader ??= new StreamReader(this.#stream())
    return this.#reader
  }
}

/** `prompt`: files and devices such as /dev/null, which always answer at once. `pipe`: also sockets. */
type Kind = 'prompt' | 'pipe' | 'terminal'

function kindOf(fd: number): Kind {
  if (tty().isatty(fd)) return 'terminal'
  try {
    const stats = fs.fstatSync(fd)
    return stats.isFIFO() || stats.isSocket() ? 'pipe' : 'prompt'
  } catch {
    // Reading will tell what is wrong with it.
    return 'prompt'
  }
}

/** On Linux a pipe or terminal can be opened again through /proc, and then need not block. */
function reopen(fd: number): Fd | undefined {
  if (platformName !== 'linux') return undefined
  try {
    const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = fs.constants
    return new Fd(fs.openSync(`/proc/self/fd/${fd}`, O_RDONLY | O_NONBLOCK | O_NOCTTY))
  } catch {
    // Sockets, and what another user opened for us.
    return undefined
  }
}

/** Node's stream on a descriptor; on 0 the one that everybody shares. It reads nothing before it is asked. */
function streamOn(fd: number): NodeReadable {
  if (fd === 0) return (globalThis as unknown as { process: { stdin: NodeReadable } }).process.stdin
  if (tty().isatty(fd)) return new (tty().ReadStream)(fd)
  const options = { fd, readable: true, writable: false, manualStart: true }
  return new (net().Socket)(options)
}

function failure(error: unknown): StreamFailed {
  const cause = fsError(error)
  if (!(cause instanceof FsError)) throw error
  return new StreamFailed(String(error), cause.code, { cause })
}
