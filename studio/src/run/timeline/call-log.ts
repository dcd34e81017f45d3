import type { CallEvent } from '../../contract/run.ts'

/** The calls of a run as they are told of: begun ones first, and again when they end. */
export class CallLog {
  /** In the order in which they began. */
  readonly calls: CallEvent[] = []
  readonly #places = new Map<number, number>()
  #dropped = 0
  /** Another one after each change. */
  #version = 0

  get version(): number {
    return this.#version
  }

  /** Calls that were counted and not told of. */
  get dropped(): number {
    return this.#dropped
  }

  /** @param dropped of the whole run, so far */
  add(calls: readonly CallEvent[], dropped: number): void {
    for (const call of calls) {
      const place = this.#places.get(call.id)
      if (place === undefined) {
        this.#places.set(call.id, this.calls.length)
        this.calls.push(call)
      } else this.calls[place] = call
    }
    this.#dropped = Math.max(this.#dropped, dropped)
    this.#version++
  }
}
