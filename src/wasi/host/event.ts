import { type Clock, cannotBlock } from './clock.ts'
import type { Wait } from './wait.ts'

/** Something that is ready or will be: the one thing in the host that waits. */
export interface Event {
  /** Never blocks. */
  ready(): boolean
  /** Calls `wake`, at least once, when the event may have become ready; returns how to stop that. */
  subscribe(wake: () => void): () => void

  // How a blocked thread waits for it. With none of the three, only the event loop can make it ready.

  /** The monotonic instant at which it becomes ready. */
  readonly deadline?: bigint
  /** True: `ready()` asks the operating system, so asking again is a way to wait. */
  readonly asks?: boolean
  /** Blocks the thread until it may be ready, when nothing else is waited for; false if the system would not block. */
  block?(who: string): boolean
}

/** An event that is always ready: files, memory, what is discarded. */
export const always: Event = { ready: () => true, subscribe: () => () => {} }

/** Ready from a monotonic instant on. */
export function instant(deadline: bigint, clock: Clock): Event {
  return {
    deadline,
    ready: () => clock.monotonic() >= deadline,
    subscribe: (wake) => clock.later(deadline - clock.monotonic(), wake),
  }
}

/** Waits until at least one of the events is ready. */
export function untilReady(events: readonly Event[], clock: Clock): Wait<void> {
  return {
    async promise() {
      while (!events.some((event) => event.ready())) await nextWake(events)
    },
    block(who) {
      let pause = shortestPause
      while (!events.some((event) => event.ready())) {
        pauseThread(events, clock, pause, who)
        pause = pause * 2n < longestPause ? pause * 2n : longestPause
      }
    },
  }
}

/** How long a blocked thread sleeps before it asks the operating system again, in nanoseconds. */
const shortestPause = 50_000n
const longestPause = 5_000_000n

function nextWake(events: readonly Event[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = []
    let done = false
    const finish = () => {
      done = true
      for (const stop of stops.splice(0)) stop()
    }
    const wake = () => {
      finish()
      resolve()
    }
    try {
      for (const event of events) stops.push(event.subscribe(wake))
    } catch (error) {
      finish()
      reject(error)
    }
    if (done) finish()
  })
}

function pauseThread(events: readonly Event[], clock: Clock, pause: bigint, who: string): void {
  const only = events.length === 1 ? events[0] : undefined
  if (only?.block?.(who)) return
  let duration = only?.block || events.some((event) => event.asks) ? pause : undefined
  const now = clock.monotonic()
  for (const { deadline } of events) {
    if (deadline === undefined) continue
    const rest = deadline - now
    if (duration === undefined || rest < duration) duration = rest > 0n ? rest : 0n
  }
  if (duration !== undefined) {
    clock.sleep(duration, who)
    return
  }
  const blocking = events.find((event) => event.block)
  if (blocking?.block?.(who)) return
  throw cannotBlock(who, 'only the event loop can bring what it waits for')
}

/**
 * True if only elapsed instants are ready while something waits for the event loop. A guest that polls with a zero timeout
 * would otherwise never let the loop run, and so never see its input.
 */
export function starves(events: readonly Event[]): boolean {
  let waiting = false
  for (const event of events) {
    if (event.deadline !== undefined) continue
    if (event.ready()) return false
    waiting = true
  }
  return waiting
}

/** One turn of the event loop. A blocked thread has no turns to give, and goes on. */
export const oneTurn: Wait<void> = {
  promise: () => new Promise((resolve) => nextTurn(resolve)),
  block: () => {},
}

// Timers of browsers and Node take at least a millisecond; setImmediate, where it exists, does not.
const nextTurn: (run: () => void) => void =
  (globalThis as { setImmediate?: (run: () => void) => void }).setImmediate ?? ((run) => setTimeout(run, 0))
