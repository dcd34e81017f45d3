import type { Host } from '../../host/host.ts'
import type { StreamFailed } from '../../host/stream-end.ts'
import { CountedHandle } from '../counted-handle.ts'
import { neverBlocks } from '../waiting.ts'

/** `wasi:io/error`'s resource `error`: what made a stream's last operation fail. */
export class IoError extends CountedHandle {
  readonly failure: StreamFailed

  constructor(host: Host, failure: StreamFailed) {
    super(host)
    this.failure = failure
  }

  toDebugString(): string {
    return this.failure.message.toWellFormed()
  }

  static {
    neverBlocks(IoError.prototype)
  }
}

export const error = { Error: IoError }
