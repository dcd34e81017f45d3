import type { RunEvents } from '../contract/run.ts'

/** Standard input that a person types: each read that finds nothing asks the page, and waits. */
export class TypedInput implements AsyncIterable<Uint8Array> {
  readonly #events: Pick<RunEvents, 'wantsInput'>
  readonly #queued: Uint8Array[] = []
  #ended = false
  #wake: (() => void) | undefined

  constructor(events: Pick<RunEvents, 'wantsInput'>) {
    this.#events = events
  }

  /** @param bytes undefined: there is no more */
  give(bytes: Uint8Array | undefined): void {
    if (bytes === undefined) this.#ended = true
    else if (!this.#ended) this.#queued.push(bytes)
    this.#wake?.()
    this.#wake = undefined
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for (;;) {
      const next = this.#queued.shift()
      if (next) yield next
      else if (this.#ended) return
      else await this.#wait()
    }
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      this.#events.wantsInput()
    })
  }
}
