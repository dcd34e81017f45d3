/// <reference path="../types/guest/app.d.ts" />
/** A guest of the world, as componentize-js wants it. */
import { Sink as HostSink, useClock } from 'test:resources/sinks@1.2.3'
import now from 'now'
import type * as App from 'test:resources/app@1.2.3'

class Blob {
  #bytes: Uint8Array
  constructor(init: Uint8Array) {
    this.#bytes = init
  }
  read(count: number): Uint8Array {
    return this.#bytes.slice(0, count)
  }
  writeAll(): void {
    throw { tag: 'closed' } satisfies App.blobs.BlobError
  }
  static merge(left: Blob): Blob {
    return left
  }
  name(): string {
    return String(now())
  }
  async grow(by: number): Promise<number> {
    return by
  }
}
class Token {}

export const blobs: typeof App.blobs = {
  Blob,
  Token,
  open: (path, mode) => new Blob(new TextEncoder().encode(path + (mode ?? ''))),
  issue: () => new Token(),
  redeem: () => true,
}
export const start: typeof App.start = (args, into) => {
  using own = new HostSink('guest')
  return own.putLine(args.join()) + into.putLine(String(HostSink.level(1)))
}
export const wait: typeof App.wait = async () => {}
void useClock
