import type { Clock } from '../host/clock.ts'
import type { DirectoryHandle } from '../host/file-system.ts'
import type { Random } from '../host/random.ts'
import type { Sink } from '../host/sink.ts'
import type { Source } from '../host/source.ts'

/** What a platform hands over: capabilities, and no logic. Everything else is in `host/`. */
export interface Platform {
  readonly name: string
  readonly clock: Clock
  readonly random: Random
  /** Opens a directory of the machine by path. Undefined where there is no file system. */
  readonly openDirectory?: (path: string) => DirectoryHandle
  /** Makes a source of the platform's own kinds of input: descriptors, streams. Undefined for what is none of them. */
  readonly source?: (from: unknown) => Source | undefined
  /** Makes a sink likewise, which calls `onClosed` when a pipe's other end is gone. */
  readonly sink?: (to: unknown, capacity: number, onClosed?: () => void) => Sink | undefined
}
