import { type Clock, portableClock } from '../../host/clock.ts'

const host = (globalThis as { process?: { hrtime?: { bigint(): bigint } } }).process

/** The portable clock, with the system's nanoseconds. */
export const nodeClock: Clock = {
  ...portableClock,
  monotonic: () => host!.hrtime!.bigint(),
  monotonicResolution: 1n,
}
