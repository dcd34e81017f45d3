import { ComponentError, Trap } from '../../../errors.ts'
import type { Host } from '../../host/host.ts'
import { StreamClosed, StreamFailed } from '../../host/stream-end.ts'
import type { Operation } from '../../host/wait.ts'
import { IoError } from './error.ts'

export type StreamError = { tag: 'last-operation-failed'; val: IoError } | { tag: 'closed' }

/** The error as `wasi:io/streams` has it; what is no stream's goes on as it is. */
function streamError(error: unknown, host: Host): unknown {
  if (error instanceof StreamClosed) return new ComponentError({ tag: 'closed' }, error.message)
  if (!(error instanceof StreamFailed)) return error
  return new ComponentError({ tag: 'last-operation-failed', val: new IoError(host, error) }, error.message, {
    cause: error,
  })
}

/** Runs a call on a stream. */
export function onStream<T>(host: Host, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw streamError(error, host)
  }
}

/** Runs a call on a stream that may wait. */
export function* waitingOnStream<T>(host: Host, operation: Operation<T>): Operation<T> {
  try {
    return yield* operation
  } catch (error) {
    throw streamError(error, host)
  }
}

/** The trap for more bytes than a call takes. */
export function tooMany(who: string, length: number | bigint, most: number, why: string): Trap {
  return new Trap('host-error', `${who}: ${length} bytes, at most ${most} ${why}`)
}

/** A length of the guest's as one of ours. */
export function atMost(length: bigint, most: number): number {
  return length < BigInt(most) ? Number(length) : most
}
