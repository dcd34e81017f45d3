import type { FsErrorCode } from './fs-error.ts'

/** Thrown by a stream that is closed: end of input, or nobody takes the output any more. */
export class StreamClosed extends Error {
  override readonly name = 'StreamClosed'
  constructor() {
    super('the stream is closed')
  }
}

/** Thrown once by a stream whose last operation failed; the stream is closed from then on. */
export class StreamFailed extends Error {
  override readonly name = 'StreamFailed'
  /** The file system's error, where it was one. */
  readonly code: FsErrorCode | undefined
  constructor(message: string, code?: FsErrorCode, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
