/** How long a guest may take for one thing. The time in which it waits for a person does not count. */
export class TimeLimit {
  readonly #milliseconds: number | undefined
  readonly #now: () => number
  readonly #over: () => void
  #left = 0
  #since = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param milliseconds undefined: no limit
   * @param over is called when the time is over, once for each `begin`
   */
  constructor(milliseconds: number | undefined, now: () => number, over: () => void) {
    this.#milliseconds = milliseconds
    this.#now = now
    this.#over = over
  }

  begin(): void {
    this.end()
    this.#left = this.#milliseconds ?? 0
    this.goOn()
  }

  pause(): void {
    if (this.#timer === undefined) return
    this.end()
    this.#left -= this.#now() - this.#since
  }

  goOn(): void {
    if (this.#milliseconds === undefined || this.#timer !== undefined) return
    this.#since = this.#now()
    this.#timer = setTimeout(this.#over, Math.max(0, this.#left))
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
