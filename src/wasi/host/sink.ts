import { always, type Event } from './event.ts'

/** Where an output stream's bytes go. */
export interface Sink {
  /**
   * The number of bytes that `write` takes now; 0 while it is busy or flushes.
   * Throws `StreamClosed` when nobody takes bytes any more and `StreamFailed` once after an error.
   */
  room(): number
  /** Takes all the bytes, at most `room()`. They are valid during the call only. Throws as `room` does. */
  write(bytes: Uint8Array): void
  /** Starts to flush; `room()` is 0 until that is done. */
  flush(): void
  /** Ready when `room()` is positive or throws. */
  readonly event: Event
  /** True if a person sits at the other end. */
  readonly terminal?: boolean
  /** Lets go of what the sink holds; bytes that it took may be lost unless they were flushed. */
  close(): void
}

/** Takes everything and keeps nothing. */
export function discardingSink(room: number): Sink {
  return callbackSink(() => {}, room)
}

/** Calls a function with each chunk, which is the function's to keep. */
export function callbackSink(take: (bytes: Uint8Array) => void, room: number): Sink {
  return {
    room: () => room,
    write: (bytes) => take(bytes.slice()),
    flush: () => {},
    event: always,
    close: () => {},
  }
}
