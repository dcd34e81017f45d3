import type { Host } from '../../host/host.ts'
import type { StreamFailed } from '../../host/stream-end.ts'
import { neverBlocks } from '../waiting.ts'

/** `wasi:io/error`'s resource `error`: what made a stream's last operation fail. */
export class IoError {
  readonly failure: StreamFailed
  readonly #host: Host
  #open = true

  constructor(host: Host, failure: StreamFailed) {
    host.handles.open()
    this.#host = host
    this.failure = failure
  }

  toDebugString(): string {
    return this.failure.message.toWellFormed()
  }

  [Symbol.dispose](): void {
    if (this.#open) this.#host.handles.close()
    this.#open = false
  }

  static {
    neverBlocks(IoError.prototype)
  }
}

export const error = { Error: IoError }
