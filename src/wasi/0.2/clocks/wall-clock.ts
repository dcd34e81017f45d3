import type { Datetime } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'

export function wallClock({ clock }: Host) {
  return neverBlocks({
    now: (): Datetime => clock.wall(),
    resolution: (): Datetime => clock.wallResolution,
  })
}
