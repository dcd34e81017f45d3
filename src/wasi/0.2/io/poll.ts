import { Trap } from '../../../errors.ts'
import { type Event, oneTurn, starves, untilReady } from '../../host/event.ts'
import type { Host } from '../../host/host.ts'
import type { Operation } from '../../host/wait.ts'
import { CountedHandle } from '../counted-handle.ts'
import { neverBlocks, waiting } from '../waiting.ts'

export class Pollable extends CountedHandle {
  readonly #host: Host
  readonly #event: Event

  constructor(host: Host, event: Event) {
    super(host)
    this.#host = host
    this.#event = event
  }

  ready(): boolean {
    return this.#event.ready()
  }

  declare block: () => void | Promise<void>

  /** Waits until some are ready; their indices. */
  static *any(pollables: readonly Pollable[], host: Host): Operation<Uint32Array> {
    if (pollables.length === 0)
      throw new Trap('host-error', 'poll of an empty list: wasi:io/poll#poll waits for at least one')
    const most = host.limits.pollables
    if (pollables.length > most) {
      throw new Trap(
        'host-error',
        `poll of ${pollables.length} pollables: the limit is ${most}, wasi({ limits: { pollables } })`,
      )
    }
    const events = pollables.map((pollable) => pollable.#event)
    if (starves(events)) yield oneTurn
    for (;;) {
      const ready = events.flatMap((event, index) => (event.ready() ? [index] : []))
      if (ready.length > 0) return Uint32Array.from(ready)
      yield untilReady(events, host.clock)
    }
  }

  static {
    neverBlocks(Pollable.prototype)
    Pollable.prototype.block = waiting('wasi:io/poll#[method]pollable.block', function* (this: Pollable) {
      yield* Pollable.any([this], this.#host)
    })
  }
}

export function poll(host: Host) {
  return {
    Pollable,
    poll: waiting('wasi:io/poll#poll', (pollables: Pollable[]) => Pollable.any(pollables, host)),
  }
}
