/** What the blocking calls on streams do, on top of the non-blocking ones (wasi:io/streams). */
import type { Clock } from './clock.ts'
import { untilReady } from './event.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'
import { StreamClosed } from './stream-end.ts'
import type { Operation } from './wait.ts'

/** Waits for at least one byte, then reads what is there. */
export function* readBlocking(source: Source, max: number, clock: Clock): Operation<Uint8Array> {
  for (;;) {
    // First, and with the guest's length: looking whether something is there may take more than the guest asked for.
    const bytes = source.read(max)
    if (bytes.length > 0) return bytes
    yield* readable(source, clock)
    if (max === 0) return source.read(0)
  }
}

function* readable(source: Source, clock: Clock): Operation<void> {
  if (!source.event.ready()) yield untilReady([source.event], clock)
}

/** Waits until the sink takes something, and returns how much. */
function* writable(sink: Sink, clock: Clock): Operation<number> {
  for (;;) {
    const room = sink.room()
    if (room > 0) return room
    yield untilReady([sink.event], clock)
  }
}

/** Writes all the bytes and flushes. `bytes` may be a view that is only valid until the first wait. */
export function* writeAndFlush(sink: Sink, bytes: Uint8Array, clock: Clock): Operation<void> {
  let rest = bytes
  for (;;) {
    if (rest === bytes && sink.room() < rest.length) rest = bytes.slice()
    const room = yield* writable(sink, clock)
    sink.write(rest.subarray(0, room))
    if (rest.length <= room) break
    rest = rest.subarray(room)
  }
  // "If writing and flushing the complete contents causes the stream to become closed, this call should return success"
  try {
    yield* flushBlocking(sink, clock)
  } catch (error) {
    if (!(error instanceof StreamClosed)) throw error
  }
}

export function* flushBlocking(sink: Sink, clock: Clock): Operation<void> {
  sink.flush()
  yield* writable(sink, clock)
}

const zeroes = new Uint8Array(65_536)

/** Writes `length` zeroes, for which there is room. */
export function writeZeroes(sink: Sink, length: number): void {
  for (let rest = length; rest > 0; rest -= zeroes.length) sink.write(zeroes.subarray(0, rest))
}

/** Moves what both sides can do now; the number of bytes moved. */
export function splice(sink: Sink, source: Source, max: number): number {
  const room = Math.min(sink.room(), max)
  if (room === 0) return 0
  const bytes = source.read(room)
  if (bytes.length > 0) sink.write(bytes)
  return bytes.length
}

/** Waits until both sides can do something, then moves that. */
export function* spliceBlocking(sink: Sink, source: Source, max: number, clock: Clock): Operation<number> {
  for (;;) {
    yield* writable(sink, clock)
    yield* readable(source, clock)
    const moved = splice(sink, source, max)
    if (moved > 0 || max === 0) return moved
  }
}
