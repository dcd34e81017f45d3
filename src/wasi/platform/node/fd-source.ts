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
  readonly terminal: boolean
  readonly #fd: number
  readonly #stream: () => NodeReadable
  /** A second description of the same pipe or terminal that does not block; undefined where there is none. */
  #probe: Fd | undefined
  /** Files and devices such as /dev/null, which always answer at once. */
  readonly #prompt: boolean
  #reader: StreamReader | undefined
  #bytes: Uint8Array = new Uint8Array(0)
  #end: StreamClosed | StreamFailed | undefined

  /** `stream` is Node's own stream on the descriptor, where the user gave one. */
  constructor(fd: number, stream?: NodeReadable) {
    this.#fd = fd
    this.terminal = tty.isatty(fd)
    this.#stream = () => stream ?? streamOn(fd)
    this.#prompt = isPrompt(fd)
    if (!this.#prompt) this.#probe = probe(fd)
    this.event = {
      asks: this.#probe !== undefined || this.#prompt,
      ready: () => this.#look(chunk),
      subscribe: (wake) => this.#watch(wake),
      block: () => this.#block(),
    }
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
    this.#probe?.close()
    this.#probe = undefined
  }

  /** Takes what is there without waiting; true if there is something to tell. */
  #look(max: number): boolean {
    if (this.#bytes.length > 0 || this.#end) return true
    if (this.#reader) {
      // What Node has already read comes before what is still in the pipe.
      this.#keep(this.#reader.read())
      if (this.#bytes.length > 0 || this.#end) return true
    }
    if (this.#prompt) this.#readFrom(this.#fd, max)
    else if (this.#probe) this.#readFrom(this.#probe.number, max)
    return this.#bytes.length > 0 || this.#end !== undefined
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

  #watch(wake: () => void): () => void {
    this.#reader ??= new StreamReader(this.#stream())
    return this.#reader.subscribe(wake)
  }
}

function isPrompt(fd: number): boolean {
  try {
    const stats = fs.fstatSync(fd)
    return !stats.isFIFO() && !stats.isSocket() && !tty.isatty(fd)
  } catch {
    // Reading will tell what is wrong with it.
    return true
  }
}

/** On Linux a pipe or terminal can be opened again through /proc, and then need not block. */
function probe(fd: number): Fd | undefined {
  if (platformName !== 'linux') return undefined
  try {
    const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = fs.constants
    return new Fd(fs.openSync(`/proc/self/fd/${fd}`, O_RDONLY | O_NONBLOCK | O_NOCTTY))
  } catch {
    // Sockets, and what another user opened for us.
    return undefined
  }
}

/** Node's stream on a descriptor; on 0 the one that everybody shares. */
function streamOn(fd: number): NodeReadable {
  if (fd === 0) return (globalThis as unknown as { process: { stdin: NodeReadable } }).process.stdin
  return tty.isatty(fd) ? new tty.ReadStream(fd) : new net.Socket({ fd, readable: true, writable: false })
}

function failure(error: unknown): StreamFailed {
  const cause = fsError(error)
  if (!(cause instanceof FsError)) throw error
  return new StreamFailed(String(error), cause.code, { cause })
}
