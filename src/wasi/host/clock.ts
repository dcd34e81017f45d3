import { Trap } from '../../errors.ts'

/** Seconds and nanoseconds since 1970-01-01T00:00:00Z. */
export interface Datetime {
  seconds: bigint
  /** Below 1,000,000,000. */
  nanoseconds: number
}

/** The capability to tell the time and to wait for it. All durations are nanoseconds. */
export interface Clock {
  /** Never decreases. */
  monotonic(): bigint
  readonly monotonicResolution: bigint
  wall(): Datetime
  readonly wallResolution: Datetime
  /** Calls `wake` once after about `duration`, perhaps a little early; returns how to cancel that. */
  later(duration: bigint, wake: () => void): () => void
  /** Blocks the thread for about `duration`; throws a `Trap` where the platform forbids that. */
  sleep(duration: bigint, who: string): void
}

/** Milliseconds that setTimeout can take; longer waits look at the clock again. */
const longestTimer = 0x7fff_ffff

/** A clock from what every JavaScript platform has. */
export const portableClock: Clock = {
  monotonic: () => BigInt(Math.round(performance.now() * 1e6)),
  // Browsers round performance.now(), by 5 µs at best.
  monotonicResolution: 5_000n,
  wall() {
    const now = Date.now()
    return { seconds: BigInt(Math.floor(now / 1000)), nanoseconds: (now % 1000) * 1_000_000 }
  },
  wallResolution: { seconds: 0n, nanoseconds: 1_000_000 },
  later(duration, wake) {
    const timer = setTimeout(wake, Math.min(milliseconds(duration), longestTimer))
    return () => clearTimeout(timer)
  },
  sleep(duration, who) {
    try {
      Atomics.wait(nobodyWrites(), 0, 0, Math.min(milliseconds(duration), longestTimer))
    } catch (cause) {
      throw cannotBlock(who, 'this thread (a browser’s main thread) must not wait', cause)
    }
  },
}

/** The trap of a wait that only the event loop could end. */
export function cannotBlock(who: string, why: string, cause?: unknown): Trap {
  const cure = 'call the export through the promise view (instance.async), which may be suspended'
  return new Trap(
    'cannot-block',
    `cannot block a synchronous task before returning: ${who}: ${why}; ${cure}`,
    { cause },
  )
}

/** Deadlines may have passed meanwhile. */
function milliseconds(duration: bigint): number {
  return Math.max(0, Number(duration) / 1e6)
}

let word: Int32Array<SharedArrayBuffer> | undefined

/** A word to wait on until the timeout. */
function nobodyWrites(): Int32Array<SharedArrayBuffer> {
  word ??= new Int32Array(new SharedArrayBuffer(4))
  return word
}
