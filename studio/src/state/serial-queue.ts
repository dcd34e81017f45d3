/** Jobs one after the other: a gesture begins with the text that the one before it made. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve()

  /** The answer is the job's; that it fails keeps no other from being done. */
  add<Result>(job: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(job)
    this.#last = done.catch(() => undefined)
    return done
  }
}
