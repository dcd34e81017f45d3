/** Something that is closed when its last holder lets go: an open file and the streams on it. */
export class HeldOpen<T extends { close(): void }> {
  readonly value: T
  #holders = 1

  constructor(value: T) {
    this.value = value
  }

  retain(): this {
    this.#holders++
    return this
  }

  release(): void {
    if (--this.#holders === 0) this.value.close()
  }
}
