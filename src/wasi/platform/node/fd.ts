import { FsError } from '../../host/fs-error.ts'
import { fs } from './builtin.ts'

/** Closes descriptors whose owner was forgotten: by a guest that trapped, or a host that never disposed. */
const forgotten =
  typeof FinalizationRegistry === 'function'
    ? new FinalizationRegistry<number>((number) => close(number))
    : undefined

function close(number: number): void {
  try {
    fs.closeSync(number)
  } catch {
    // A failing close has released the descriptor all the same, and nobody could do anything about it.
  }
}

/** A file descriptor of the operating system that we own. */
export class Fd {
  readonly #number: number
  #open = true

  constructor(number: number) {
    this.#number = number
    forgotten?.register(this, number, this)
  }

  /** Throws once it is closed: the system may have given the number to another file since. */
  get number(): number {
    if (!this.#open) throw new FsError('bad-descriptor')
    return this.#number
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    forgotten?.unregister(this)
    close(this.#number)
  }
}
