/**
 * How often something may be told: some times at once, then so many times a second. A guest that never comes back to the event loop lets no
 * timer run, so what can be told is told at once; one that tells without end fills batches.
 */
export class Pace {
  readonly #burst: number
  readonly #perSecond: number
  #left: number
  #since = performance.now()

  constructor(burst: number, perSecond: number) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#left = burst
  }

  /** Whether it may be told now. */
  take(): boolean {
    const now = performance.now()
    const earned = ((now - this.#since) * this.#perSecond) / 1000
    this.#left = Math.min(this.#burst, this.#left + earned)
    this.#since = now
    if (this.#left < 1) return false
    this.#left--
    return true
  }
}
