import type { Host } from '../../host/host.ts'
import type { Source } from '../../host/source.ts'
import { readBlocking } from '../../host/streams.ts'
import { neverBlocks, waiting } from '../waiting.ts'
import { Pollable } from './poll.ts'
import { atMost, onStream, waitingOnStream } from './stream-error.ts'

const name = 'wasi:io/streams#[method]input-stream.'

export class InputStream {
  readonly #host: Host
  readonly #source: Source
  readonly #owned: boolean
  #open = true

  /** Not `owned`: the source outlives the handle, as stdin does. */
  constructor(host: Host, source: Source, owned = true) {
    host.handles.open()
    this.#host = host
    this.#source = source
    this.#owned = owned
  }

  /** The bytes behind the handle, for `splice`. */
  static source(stream: InputStream): Source {
    return stream.#source
  }

  read(length: bigint): Uint8Array {
    return onStream(this.#host, () => this.#source.read(this.#bounded(length)))
  }

  declare blockingRead: (length: bigint) => Uint8Array | Promise<Uint8Array>

  skip(length: bigint): bigint {
    return BigInt(this.read(length).length)
  }

  declare blockingSkip: (length: bigint) => bigint | Promise<bigint>

  subscribe(): Pollable {
    return new Pollable(this.#host, this.#source.event)
  }

  [Symbol.dispose](): void {
    if (!this.#open) return
    this.#open = false
    this.#host.handles.close()
    if (this.#owned) this.#source.close()
  }

  #bounded(length: bigint): number {
    return atMost(length, this.#host.limits.readBytes)
  }

  *#readBlocking(length: bigint) {
    const host = this.#host
    return yield* waitingOnStream(host, readBlocking(this.#source, this.#bounded(length), host.clock))
  }

  static {
    neverBlocks(InputStream.prototype)
    InputStream.prototype.blockingRead = waiting(
      `${name}blocking-read`,
      function (this: InputStream, length: bigint) {
        return this.#readBlocking(length)
      },
    )
    InputStream.prototype.blockingSkip = waiting(
      `${name}blocking-skip`,
      function* (this: InputStream, length: bigint) {
        const bytes = yield* this.#readBlocking(length)
        return BigInt(bytes.length)
      },
    )
  }
}
