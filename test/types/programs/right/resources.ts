import { type Component, ComponentError } from 'tenon'
import type { App, TestResourcesBlobs, TestResourcesSinks } from '../types/resources/app.js'

/** Checked, but not run: the world has no component. */
export async function program(component: Component<App>): Promise<void> {
  class Sink implements TestResourcesSinks.Sink {
    readonly prefix: string
    constructor(prefix: string) {
      this.prefix = prefix
    }
    static async level(least: number): Promise<boolean> {
      return least > 1
    }
    putLine(text: string): number {
      return text.length
    }
    flush(): void {}
    [Symbol.dispose](): void {}
  }
  /** The guest never makes one: its constructor may be any. */
  class Clock {
    constructor(readonly zone: URL) {}
    async now(): Promise<bigint> {
      return 0n
    }
  }
  using app = await component.instantiate({
    'test:resources/sinks@1.2.3': {
      Sink,
      Clock,
      defaultSink: () => new Sink(''),
      // What a host gets are objects of its own class.
      useClock: (clock: Clock) => clock.zone.href !== '',
    },
    now: () => 1n,
    fetchText: async (url) => {
      if (url === '') throw new ComponentError('no address')
      return url
    },
  })
  const { blobs } = app.exports

  using blob = new blobs.Blob([1, 2, 3])
  const bytes: Uint8Array = blob.read(2)
  blob.writeAll(bytes)
  blob['write-all'](bytes)
  const name: string = blob.name_()
  const grown: Promise<number> = blob.grow(1)
  const merged = blobs.Blob.merge(blob, blobs.open('b'))
  const same: TestResourcesBlobs.Blob = merged

  const later: Promise<Uint8Array> = blob.async.read(2)
  const asWell: TestResourcesBlobs.Blob = await new app.async.blobs.Blob(new Uint8Array(2))
  const third: TestResourcesBlobs.Blob = await app.async.blobs.Blob.merge(asWell, same)
  const exact: Uint8Array = blobs['[method]blob.read'](third, 1)

  const redeemed: boolean = blobs.redeem(blobs.issue())
  app.exports.start(['a'], new Sink('> '))
  await app.exports.wait(1)
  void [name, grown, later, exact, redeemed]
}
