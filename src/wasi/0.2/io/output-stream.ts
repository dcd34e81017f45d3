import { hostFunction } from '../../../runtime/host-function.ts'
import type { Host } from '../../host/host.ts'
import type { Sink } from '../../host/sink.ts'
import { flushBlocking, splice, spliceBlocking, writeAndFlush, writeZeroes } from '../../host/streams.ts'
import { neverBlocks, waiting } from '../waiting.ts'
import { InputStream } from './input-stream.ts'
import { Pollable } from './poll.ts'
import { atMost, onStream, tooMany, waitingOnStream } from './stream-error.ts'

const name = 'wasi:io/streams#[method]output-stream.'

/** What `blocking-write-and-flush` takes, by the WIT. */
const mostAtOnce = 4096

export class OutputStream {
  readonly #host: Host
  readonly #sink: Sink
  readonly #owned: boolean
  /** What the last `check-write` permits the next write. */
  #permit = 0
  #open = true

  /** Not `owned`: the sink outlives the handle, as stdout does. */
  constructor(host: Host, sink: Sink, owned = true) {
    host.handles.open()
    this.#host = host
    this.#sink = sink
    this.#owned = owned
  }

  checkWrite(): bigint {
    return onStream(this.#host, () => {
      this.#permit = 0
      this.#permit = Math.min(this.#sink.room(), this.#host.limits.writeBytes)
      return BigInt(this.#permit)
    })
  }

  declare write: (contents: Uint8Array) => void
  declare blockingWriteAndFlush: (contents: Uint8Array) => void | Promise<void>

  flush(): void {
    onStream(this.#host, () => {
      this.#permit = 0
      this.#sink.flush()
    })
  }

  declare blockingFlush: () => void | Promise<void>

  subscribe(): Pollable {
    return new Pollable(this.#host, this.#sink.event)
  }

  writeZeroes(length: bigint): void {
    this.#usePermit('write-zeroes', length)
    onStream(this.#host, () => writeZeroes(this.#sink, Number(length)))
  }

  declare blockingWriteZeroesAndFlush: (length: bigint) => void | Promise<void>

  splice(source: InputStream, length: bigint): bigint {
    return onStream(this.#host, () =>
      BigInt(splice(this.#sink, InputStream.source(source), this.#bounded(length))),
    )
  }

  declare blockingSplice: (source: InputStream, length: bigint) => bigint | Promise<bigint>;

  [Symbol.dispose](): void {
    if (!this.#open) return
    this.#open = false
    this.#host.handles.close()
    if (this.#owned) this.#sink.close()
  }

  #bounded(length: bigint): number {
    return atMost(length, Math.min(this.#host.limits.readBytes, this.#host.limits.writeBytes))
  }

  /** "Calling `write` with more bytes than this function has permitted will trap." */
  #usePermit(method: string, length: number | bigint): void {
    if (length > this.#permit)
      throw tooMany(`${name}${method}`, length, this.#permit, 'were permitted by check-write')
    this.#permit = 0
  }

  *#writeAndFlush(method: string, contents: Uint8Array) {
    if (contents.length > mostAtOnce)
      throw tooMany(`${name}${method}`, contents.length, mostAtOnce, 'are written at once')
    yield* waitingOnStream(this.#host, writeAndFlush(this.#sink, contents, this.#host.clock))
  }

  static {
    neverBlocks(OutputStream.prototype)
    const borrows = { borrowsBytes: true }
    OutputStream.prototype.write = hostFunction(
      { ...borrows, blocks: false },
      function (this: OutputStream, contents) {
        this.#usePermit('write', contents.length)
        onStream(this.#host, () => this.#sink.write(contents))
      },
    )
    OutputStream.prototype.blockingWriteAndFlush = waiting(
      `${name}blocking-write-and-flush`,
      function (this: OutputStream, contents: Uint8Array) {
        return this.#writeAndFlush('blocking-write-and-flush', contents)
      },
      borrows,
    )
    OutputStream.prototype.blockingWriteZeroesAndFlush = waiting(
      `${name}blocking-write-zeroes-and-flush`,
      function (this: OutputStream, length: bigint) {
        const method = 'blocking-write-zeroes-and-flush'
        if (length > mostAtOnce) throw tooMany(`${name}${method}`, length, mostAtOnce, 'are written at once')
        return this.#writeAndFlush(method, new Uint8Array(Number(length)))
      },
    )
    OutputStream.prototype.blockingFlush = waiting(`${name}blocking-flush`, function (this: OutputStream) {
      return waitingOnStream(this.#host, flushBlocking(this.#sink, this.#host.clock))
    })
    OutputStream.prototype.blockingSplice = waiting(
      `${name}blocking-splice`,
      function* (this: OutputStream, from: InputStream, length: bigint) {
        const moving = spliceBlocking(
          this.#sink,
          InputStream.source(from),
          this.#bounded(length),
          this.#host.clock,
        )
        return BigInt(yield* waitingOnStream(this.#host, moving))
      },
    )
  }
}
