import { ByteWriter } from './byte-writer.ts'

/** What of a file is longer than it had to be: offset → bytes that it takes. */
export type LongForms = ReadonlyMap<number, number>

/**
 * Writes what was decoded in the form that it had: an integer that was padded is padded again. The format leaves few
 * choices besides, and {@link LayoutWriter.isLong} tells which was made.
 *
 * Definitions are found again by their `offset`: whoever writes one calls {@link LayoutWriter.at} first. What was
 * never in a file gets the shortest form.
 */
export class LayoutWriter extends ByteWriter {
  readonly #longForms: LongForms
  /** Offset in the file of what stands at 0 here; -∞ for what is in no file. */
  #base = Number.NEGATIVE_INFINITY

  constructor(longForms: LongForms) {
    super()
    this.#longForms = longForms
  }

  /** What is written next stood at this offset of the file; 0, where only files begin, is said of what is in none. */
  at(offset: number): this {
    this.#base = offset > 0 ? offset - this.length : Number.NEGATIVE_INFINITY
    return this
  }

  /** Whether what is written next was longer than it had to be. */
  isLong(): boolean {
    return this.#width() !== undefined
  }

  override u32(value: number): this {
    const width = this.#width()
    return width === undefined ? super.u32(value) : this.#integer(BigInt(value), width, 0x7fn)
  }

  /** A non-negative 33-bit integer as a signed LEB128: a type index. */
  s33(value: number): this {
    const width = this.#width()
    if (width !== undefined) return this.#integer(BigInt(value), width, 0x3fn)
    for (; value > 0x3f; value = Math.floor(value / 0x80)) this.byte((value % 0x80) | 0x80)
    return this.byte(value)
  }

  u64(value: bigint): this {
    return this.#integer(value, this.#width() ?? 1, 0x7fn)
  }

  #width(): number | undefined {
    return this.#longForms.size === 0 ? undefined : this.#longForms.get(this.#base + this.length)
  }

  /** At least `width` bytes; the last holds no more than `last`. */
  #integer(value: bigint, width: number, last: bigint): this {
    for (; width > 1 || value > last; width--) {
      this.byte(Number(value & 0x7fn) | 0x80)
      value >>= 7n
    }
    return this.byte(Number(value))
  }
}
