import type { Clock } from './host/clock.ts'
import type { Grants, Preopen } from './host/host.ts'
import { defaultLimits, type Limits } from './host/limits.ts'
import { MemoryDirectory } from './host/memory-directory.ts'
import { iterableSource, readableStreamSource } from './host/pull-source.ts'
import { functionSink, writableStreamSink } from './host/push-sink.ts'
import type { Random } from './host/random.ts'
import { HeldOpen } from './host/held-open.ts'
import { callbackSink, discardingSink, type Sink } from './host/sink.ts'
import { bytesSource, closedSource, type Source } from './host/source.ts'
import { namedTimeZone, utc } from './host/time-zone.ts'
import type { NodeReadable, NodeWritable } from './platform/node/node-stream.ts'
import type { Platform } from './platform/platform.ts'

/**
 * Where input comes from: bytes or text, a descriptor of the process (0 is its own input), a Node stream such as
 * `process.stdin`, a Web stream, or anything that can be iterated asynchronously.
 */
export type Input =
  | string
  | Uint8Array
  | number
  | NodeReadable
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>

/**
 * Where output goes: a descriptor of the process (1 and 2 are its own output), a Node stream such as `process.stdout`, a
 * Web stream, a function that is called with each chunk, or an array that collects them.
 */
export type Output =
  | number
  | NodeWritable
  | WritableStream<Uint8Array>
  | ((bytes: Uint8Array) => void | Promise<void>)
  | Uint8Array[]

/** A directory that the guest may use. */
export interface PreopenOption {
  /** Its path as the guest sees it. */
  readonly guest: string
  /** A path on this machine, or a directory in memory. */
  readonly host: string | MemoryDirectory
  /** Refuse to change anything in it. Default false. */
  readonly readOnly?: boolean
}

/** What the guest is granted. Without it: no arguments, no environment, no files, no input; output is discarded. */
export interface WasiOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What the guest takes as its working directory. Default: it is told none, and takes `/`. */
  readonly cwd?: string
  readonly stdin?: Input
  readonly stdout?: Output
  readonly stderr?: Output
  /**
   * Called when the other end of a pipe that `stdout` or `stderr` writes to is gone. The guest then sees a closed stream; a
   * command line tool rather ends here, by throwing an `ExitError`.
   */
  readonly onClosedPipe?: () => void
  readonly preopens?: readonly PreopenOption[]
  /** Parts of the clock to replace. Clocks are granted by default. */
  readonly clock?: Partial<Clock>
  /** The IANA name of the time zone to tell the guest. Default: UTC, whatever this machine's is. */
  readonly timeZone?: string
  /** Parts of the random numbers to replace. Random numbers are granted by default. */
  readonly random?: Partial<Random>
  readonly limits?: Partial<Limits>
}

/** Turns options into grants, with the means of a platform. */
export function toGrants(options: WasiOptions, platform: Platform): Grants {
  const limits = { ...defaultLimits, ...defined(options.limits) }
  const output = (name: string, to: Output | undefined) =>
    toSink(name, to, platform, limits.writeBytes, options.onClosedPipe)
  return {
    args: (options.args ?? []).map(wellFormed),
    env: Object.entries(options.env ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[wellFormed(name), wellFormed(value)] as const],
    ),
    cwd: options.cwd,
    stdin: toSource(options.stdin, platform),
    stdout: output('stdout', options.stdout),
    stderr: output('stderr', options.stderr),
    clock: { ...platform.clock, ...defined(options.clock) },
    timeZone: options.timeZone === undefined ? utc : namedTimeZone(options.timeZone),
    random: { ...platform.random, ...defined(options.random) },
    limits,
    preopens: toPreopens(options.preopens ?? [], platform),
  }
}

function toPreopens(options: readonly PreopenOption[], platform: Platform): Preopen[] {
  const opened: Preopen[] = []
  try {
    for (const { guest, host, readOnly = false } of options) {
      const directory = new HeldOpen(typeof host === 'string' ? openDirectory(host, platform) : hold(host))
      opened.push({ guest: wellFormed(guest), directory, readOnly })
    }
    return opened
  } catch (error) {
    for (const { directory } of opened) directory.release()
    throw error
  }
}

function openDirectory(path: string, platform: Platform) {
  if (platform.openDirectory) return platform.openDirectory(path)
  throw new TypeError(
    `preopens: ${JSON.stringify(path)} is a path, and ${platform.name} has no files; give a MemoryDirectory`,
  )
}

function hold(directory: unknown): MemoryDirectory {
  if (!(directory instanceof MemoryDirectory))
    throw wrong('preopens: host', 'a path or a MemoryDirectory', directory)
  directory.hold()
  return directory
}

function toSource(from: Input | undefined, platform: Platform): Source {
  if (from === undefined) return closedSource
  if (typeof from === 'string' || from instanceof Uint8Array) return bytesSource(from)
  const source = platform.source?.(from)
  if (source) return source
  if (isObject(from)) {
    if ('getReader' in from) return readableStreamSource(from)
    if (Symbol.asyncIterator in from) return iterableSource(from)
  }
  throw wrong('stdin', 'text, bytes, a stream or, where there are any, the number of a file descriptor', from)
}

function toSink(
  name: string,
  to: Output | undefined,
  platform: Platform,
  capacity: number,
  onClosed: (() => void) | undefined,
): Sink {
  if (to === undefined) return discardingSink(capacity)
  if (typeof to === 'function') return functionSink(to, capacity)
  if (Array.isArray(to)) return callbackSink((bytes) => void to.push(bytes), capacity)
  const sink = platform.sink?.(to, capacity, onClosed)
  if (sink) return sink
  if (isObject(to) && 'getWriter' in to) return writableStreamSink(to, capacity)
  throw wrong(
    name,
    'a function, an array, a stream or, where there are any, the number of a file descriptor',
    to,
  )
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null
}

function wrong(option: string, expected: string, actual: unknown): TypeError {
  const kind = isObject(actual) ? (actual.constructor?.name ?? 'an object') : typeof actual
  return new TypeError(`wasi({ ${option} }): expected ${expected}; got ${kind}`)
}

/** Without the options that are there but undefined. */
function defined<T extends object>(options: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(options ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<T>
}

/** WASI's strings have no lone surrogates; JavaScript's may. */
function wellFormed(text: string): string {
  return String(text).toWellFormed()
}
