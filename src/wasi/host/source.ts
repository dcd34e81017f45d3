import { always, type Event } from './event.ts'
import { StreamClosed } from './stream-end.ts'

/** Where an input stream's bytes come from. */
export interface Source {
  /**
   * Up to `max` bytes that are there now; none if it must wait. The caller may keep them.
   * Throws `StreamClosed` at the end and `StreamFailed` once after an error.
   */
  read(max: number): Uint8Array
  /** Ready when `read` has bytes, an end or an error to tell. */
  readonly event: Event
  /** True if a person sits at the other end. */
  readonly terminal?: boolean
  /** Lets go of what the source holds. */
  close(): void
}

/** No input at all. */
export const closedSource: Source = {
  read: () => {
    throw new StreamClosed()
  },
  event: always,
  close: () => {},
}

/** Input from memory. */
export function bytesSource(bytes: Uint8Array | string): Source {
  let rest = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  return {
    read(max) {
      if (rest.length === 0) throw new StreamClosed()
      const taken = rest.slice(0, max)
      rest = rest.subarray(taken.length)
      return taken
    },
    event: always,
    close: () => {},
  }
}
