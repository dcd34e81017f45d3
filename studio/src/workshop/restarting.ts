/** A worker that is followed by another when it fails: whoever waits for it is told, instead of waiting for ever. */

/** What is started: its methods answer with promises. */
export interface Started<Remote> {
  readonly remote: Remote
  /** Called once, when nothing will be answered any more. */
  failed(listener: (reason: string) => void): void
  stop(): void
}

/** Failures within {@link patience}; after so many nothing is started again. */
const mostFailures = 4

/** Milliseconds. */
const patience = 60_000

export class Restarting<Remote extends object> {
  readonly #start: () => Started<Remote>
  readonly #pending = new Set<(reason: Error) => void>()
  readonly #listeners = new Set<(reason: string | undefined) => void>()
  #failures: number[] = []
  #current: Started<Remote> | undefined

  constructor(start: () => Started<Remote>) {
    this.#start = start
    this.#begin()
  }

  /** Calls whatever is there at the time; rejects where that fails before it answers. */
  call<Result>(method: (remote: Remote) => Promise<Result>): Promise<Result> {
    const current = this.#current
    if (current === undefined)
      return Promise.reject(new Error('it failed too often, and was not started again'))
    return new Promise((resolve, reject) => {
      this.#pending.add(reject)
      method(current.remote)
        .then(resolve, reject)
        .finally(() => this.#pending.delete(reject))
    })
  }

  /** Ends what is there, because a person asks for it. */
  restart(): void {
    this.#failures = []
    this.#fail(undefined)
  }

  /** Told after each failure, when what follows can be called; without a reason where a person asked for it. */
  onRestart(listener: (reason: string | undefined) => void): void {
    this.#listeners.add(listener)
  }

  #begin(): void {
    const started = this.#start()
    this.#current = started
    started.failed((reason) => {
      if (this.#current === started) this.#fail(reason)
    })
  }

  #fail(reason: string | undefined): void {
    this.#current?.stop()
    this.#current = undefined
    for (const reject of this.#pending) reject(new Error(reason ?? 'it was started anew'))
    this.#pending.clear()
    const now = performance.now()
    this.#failures = [...this.#failures.filter((time) => time > now - patience), now]
    if (this.#failures.length < mostFailures) this.#begin()
    for (const listener of this.#listeners) listener(reason)
  }
}
