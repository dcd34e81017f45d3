import type { RunEvents } from '../contract/run.ts'

/**
 * The page's callbacks. From a worker each call is a message with an answer, on another channel than the answer of a call of the page's:
 * `settled` waits until the page has got all of them.
 */
export class EventSink implements RunEvents {
  readonly #events: RunEvents
  readonly #pending = new Set<Promise<void>>()

  constructor(events: RunEvents) {
    this.#events = events
  }

  progress(step: string, part: number): void {
    this.#send(() => this.#events.progress(step, part))
  }

  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.#send(() => this.#events.output(stream, bytes))
  }

  wantsInput(): void {
    this.#send(() => this.#events.wantsInput())
  }

  calls(...args: Parameters<RunEvents['calls']>): void {
    this.#send(() => this.#events.calls(...args))
  }

  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }

  #send(call: () => unknown): void {
    const answer = call()
    if (!(answer instanceof Promise)) return
    // A page that is gone answers nothing, and a callback that fails is its own business.
    const done: Promise<void> = answer.then(
      () => void this.#pending.delete(done),
      () => void this.#pending.delete(done),
    )
    this.#pending.add(done)
  }
}
