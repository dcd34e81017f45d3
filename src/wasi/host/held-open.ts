import { FsError } from './fs-error.ts'

/** Something that is closed when its last holder lets go: an open file and the streams on it. */
export class HeldOpen<T extends { close(): void }> {
  readonly value: T
  #holders = 1

  constructor(value: T) {
    this.value = value
  }

  retain(): this {
    // A pollable may outlive its stream.
    if (this.#holders === 0) throw new FsError('bad-descriptor')
    this.#holders++
    return this
  }

  release(): void {
    if (--this.#holders === 0) this.value.close()
  }
}
