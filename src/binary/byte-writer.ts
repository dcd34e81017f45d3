import { writeSigned32, writeSigned64, writeUnsigned } from './leb128.ts'

const utf8 = /* @__PURE__ */ new TextEncoder()

/** Characters of names that are written one by one. */
const SHORT = 64

/**
 * Builds bytes of the binary format in a buffer that grows. All methods return the writer, for chains.
 *
 * @example
 * const module = new ByteWriter()
 *   .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
 *   .section(1, (types) => types.vector([[0x60, 0x00, 0x00]], (type, w) => w.bytes(type)))
 *   .finish()
 */
export class ByteWriter {
  #buffer: Uint8Array
  /** How many bytes were written. */
  length = 0

  constructor(capacity = 256) {
    this.#buffer = new Uint8Array(capacity)
  }

  byte(value: number): this {
    if (this.length === this.#buffer.length) this.#reserve(1)
    this.#buffer[this.length++] = value
    return this
  }

  bytes(values: ArrayLike<number>): this {
    this.#reserve(values.length)
    this.#buffer.set(values, this.length)
    this.length += values.length
    return this
  }

  /** An unsigned LEB128; integers up to 2⁵³ - 1. */
  u32(value: number): this {
    writeUnsigned(this, value)
    return this
  }

  /** A signed LEB128 of the integer's low 32 bits: the immediate of `i32.const`. */
  s32(value: number): this {
    writeSigned32(this, value)
    return this
  }

  /** A signed LEB128 of the integer's low 64 bits: the immediate of `i64.const`. */
  s64(value: bigint): this {
    writeSigned64(this, value)
    return this
  }

  /** `core:name`: length and UTF-8. */
  name(text: string): this {
    if (text.length > SHORT || !this.#ascii(text)) {
      const bytes = utf8.encode(text)
      this.u32(bytes.length).bytes(bytes)
    }
    return this
  }

  /** Writes a name that is ASCII, and says whether it was: an encoder costs more than most names do. */
  #ascii(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return false
    this.u32(text.length)
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i))
    return true
  }

  /** `vec(T)`: the count, then each item through `write`. */
  vector<T>(items: readonly T[], write: (item: T, writer: this) => void): this {
    this.u32(items.length)
    for (const item of items) write(item, this)
    return this
  }

  /** What `write` writes, after its size in bytes: function bodies, subsections. */
  sized(write: (writer: ByteWriter) => void): this {
    const inner = new ByteWriter()
    write(inner)
    return this.u32(inner.length).bytes(inner.view())
  }

  /** A section: id, size, contents. */
  section(id: number, write: (writer: ByteWriter) => void): this {
    return this.byte(id).sized(write)
  }

  /** The bytes written so far, in the writer's own buffer: valid until the next write. */
  view(): Uint8Array {
    return this.#buffer.subarray(0, this.length)
  }

  /** A copy of the bytes written so far. */
  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.view())
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#buffer.length) return
    const grown = new Uint8Array(Math.max(this.#buffer.length * 2, this.length + count))
    grown.set(this.view())
    this.#buffer = grown
  }
}
