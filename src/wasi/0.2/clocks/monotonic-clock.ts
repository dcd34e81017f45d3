import { instant } from '../../host/event.ts'
import type { Host } from '../../host/host.ts'
import { Pollable } from '../io/poll.ts'
import { neverBlocks } from '../waiting.ts'

export function monotonicClock(host: Host) {
  const { clock } = host
  return neverBlocks({
    now: (): bigint => clock.monotonic(),
    resolution: (): bigint => clock.monotonicResolution,
    subscribeInstant: (when: bigint) => new Pollable(host, instant(when, clock)),
    subscribeDuration: (when: bigint) => new Pollable(host, instant(clock.monotonic() + when, clock)),
  })
}
