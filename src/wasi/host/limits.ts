import { Trap } from '../../errors.ts'

/** What a guest can make the host hold or do at once. Each is an option of `wasi()`. */
export interface Limits {
  /** Live resources: descriptors, streams, pollables, errors, directory listings. */
  readonly handles: number
  /** Bytes that one read, skip or splice moves at most; a longer request gets fewer bytes, as the WIT allows. */
  readonly readBytes: number
  /** Bytes that `check-write` permits at once, and so what an output stream may have to buffer. */
  readonly writeBytes: number
  /** Bytes of one `get-random-bytes`; a longer request traps, because the WIT knows no shorter answer. */
  readonly randomBytes: number
  /** Pollables in one `poll`. */
  readonly pollables: number
}

export const defaultLimits: Limits = {
  handles: 10_000,
  readBytes: 1024 * 1024,
  writeBytes: 1024 * 1024,
  randomBytes: 64 * 1024 * 1024,
  pollables: 10_000,
}

/** Counts live handles against {@link Limits.handles}. */
export class HandleCount {
  readonly #limit: number
  #live = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get live(): number {
    return this.#live
  }

  get isFull(): boolean {
    return this.#live >= this.#limit
  }

  /** Counts one more; traps if there is no room. Functions whose type has an error ask {@link isFull} before. */
  open(): void {
    if (this.isFull) {
      throw new Trap(
        'table-full',
        `resource table has no free keys: the guest holds ${this.#live} WASI handles; ` +
          'raise it with wasi({ limits: { handles } })',
      )
    }
    this.#live++
  }

  close(): void {
    this.#live--
  }
}
