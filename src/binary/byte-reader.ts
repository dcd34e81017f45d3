import { DecodeError } from '../errors.ts'
import { limits } from '../component/limits.ts'
import { readS33, readU32, readU64 } from './leb128.ts'
import { sameByteByByte } from './same-bytes.ts'
import type { RepeatedTypes } from './sections/repeated-types.ts'

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Names are mostly short and ASCII, and a call of a decoder costs more than they do: one call serves so many bytes. */
const CHUNK = 16_384

/** Texts that are remembered, at most. A power of two. */
const TEXTS = 2048

interface Texts {
  readonly strings: (string | undefined)[]
  readonly starts: Float64Array
  readonly hashes: Int32Array
}

/** Bytes as characters, one each. Only ASCII is read from it, so that the decoders may differ in the rest. */
const singleBytes: (bytes: Uint8Array) => string = /* @__PURE__ */ (() => {
  const { Buffer } = globalThis as { Buffer?: { prototype?: { latin1Slice?: (this: Uint8Array) => string } } }
  const latin1Slice = Buffer?.prototype?.latin1Slice
  // Of Node; three times as fast, and ten times at first.
  if (latin1Slice) return (bytes) => latin1Slice.call(bytes)
  const decoder = new TextDecoder('latin1')
  return (bytes) => decoder.decode(bytes)
})()

/**
 * Reads the primitives of the binary format. It alone owns the position and the bounds check: every read that would
 * pass `end` fails with `unexpected end-of-file`, and nothing else in `binary/` touches the bytes.
 *
 * Offsets are absolute, in the whole file. Sections narrow `end`; see {@link ByteReader.narrow}.
 *
 * @example
 * const reader = new ByteReader(Uint8Array.of(0x03, 0x61, 0x64, 0x64, 0x2a))
 * reader.name() // 'add'
 * reader.u32() // 42
 * reader.atEnd // true
 */
export class ByteReader {
  readonly bytes: Uint8Array
  position: number
  end: number
  /** The sections that lead to the position, outermost first: for messages. */
  readonly path: string[] = []
  /**
   * Offsets and sizes, in turn, of what is longer than it has to be: padded integers, and the few forms of types that
   * have a shorter one. Whoever wants to know starts the list. Encoding reproduces them.
   */
  longForms: number[] | undefined
  /** Types read so far, for whoever wants to find them again. */
  repeatedTypes: RepeatedTypes | undefined
  /** Which item of the innermost section is being read; -1 outside of items. */
  item = -1
  /** Bytes from `chunkStart` on, one character each: the source of names that are ASCII. */
  #chunk = ''
  #chunkStart = 0
  /** Texts that were read, by their hashes, and where: names come again and again, and one string is enough. */
  #texts: Texts | undefined

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = start
    this.end = end
  }

  get atEnd(): boolean {
    return this.position >= this.end
  }

  byte(): number {
    if (this.position >= this.end) this.#unexpectedEnd(1)
    return this.bytes[this.position++]!
  }

  /** The next byte, left where it is. */
  peek(): number {
    if (this.position >= this.end) this.#unexpectedEnd(1)
    return this.bytes[this.position]!
  }

  u32(): number {
    const position = this.position
    if (position < this.end) {
      const byte = this.bytes[position]!
      if (byte < 0x80) {
        this.position = position + 1
        return byte
      }
    }
    return readU32(this)
  }

  s33(): number {
    return readS33(this)
  }

  u64(): bigint {
    return readU64(this)
  }

  /** 0x00 or 0x01. */
  flag(): boolean {
    const byte = this.byte()
    if (byte > 1)
      this.fail(`invalid boolean value: found 0x${byte.toString(16)}, wanted 0x00 or 0x01`, this.position - 1)
    return byte === 1
  }

  /** `core:name`: a length and as many bytes of UTF-8. */
  name(): string {
    const start = this.position
    const length = this.u32()
    if (length > limits.nameSize) this.exceeds('name is too long', limits.nameSize, length, start)
    return this.text(length)
  }

  /** So many bytes of UTF-8. */
  text(length: number): string {
    const start = this.position
    this.skip(length)
    this.#texts ??= {
      strings: new Array(TEXTS),
      starts: new Float64Array(TEXTS),
      hashes: new Int32Array(TEXTS),
    }
    const { strings, starts, hashes } = this.#texts
    const hash = this.#hashOf(start, length)
    const slot = (hash ^ (hash >>> 11)) & (TEXTS - 1)
    // Most names that are new are told here, without a look at a string that is far away in memory.
    if (hashes[slot] === hash) {
      const known = strings[slot]
      // Only ASCII is remembered.
      if (known?.length === length && sameByteByByte(this.bytes, starts[slot]!, start, length)) return known
    }
    for (let i = start; i < this.position; i++) if (this.bytes[i]! >= 0x80) return this.#decodeUtf8(start)
    if (length > CHUNK) return this.#decodeUtf8(start)
    const text = this.#ascii(start)
    strings[slot] = text
    starts[slot] = start
    hashes[slot] = hash
    return text
  }

  /** Names of one length mostly end differently. */
  #hashOf(start: number, length: number): number {
    let hash = length
    for (let i = Math.max(start, this.position - 8); i < this.position; i++)
      hash = (Math.imul(hash, 31) + this.bytes[i]!) | 0
    return hash
  }

  /** From `start` to the position. */
  #ascii(start: number): string {
    if (start < this.#chunkStart || this.position > this.#chunkStart + this.#chunk.length) {
      this.#chunkStart = start
      this.#chunk = singleBytes(this.bytes.subarray(start, Math.min(this.end, start + CHUNK)))
    }
    return this.#chunk.substring(start - this.#chunkStart, this.position - this.#chunkStart)
  }

  #decodeUtf8(start: number): string {
    try {
      return utf8.decode(this.bytes.subarray(start, this.position))
    } catch {
      this.fail('malformed UTF-8 encoding in a name', start)
    }
  }

  skip(length: number): void {
    if (length > this.end - this.position) this.#unexpectedEnd(length)
    this.position += length
  }

  /** A vector's length: at most `limit`, and no more than there are bytes left (an item takes one byte or more). */
  count(what: string, limit: number): number {
    const start = this.position
    const count = this.u32()
    if (count > limit) {
      // A count that cannot be true is a truncated or damaged file, not a large one.
      if (count > this.end - this.position) this.#unexpectedEnd(count)
      this.exceeds(`too many ${what}`, limit, count, start)
    }
    if (count > this.end - this.position) this.#unexpectedEnd(count)
    return count
  }

  /** `vec(T)`; `what` names the items for the message of the limit. */
  vector<T>(what: string, limit: number, read: (reader: ByteReader) => T): T[] {
    const items = new Array<T>(this.count(what, limit))
    for (let i = 0; i < items.length; i++) items[i] = read(this)
    return items
  }

  /**
   * Confines the reader to the next `length` bytes, under a path segment; returns what {@link widen} wants back.
   */
  narrow(length: number, segment: string): number {
    if (length > this.end - this.position) this.#unexpectedEnd(length)
    const outer = this.end
    this.end = this.position + length
    this.path.push(segment)
    this.item = -1
    return outer
  }

  /** Undoes {@link narrow}; all of the bytes must have been read. */
  widen(outer: number): void {
    this.item = -1
    if (this.position !== this.end) {
      this.fail(
        `section size mismatch: ${this.end - this.position} unexpected bytes at the end of the section`,
      )
    }
    this.end = outer
    this.path.pop()
  }

  /** Where the reader is, for messages: the sections, and the item of the innermost one. */
  where(): readonly string[] {
    return this.item < 0 ? [...this.path] : [...this.path, `item ${this.item}`]
  }

  fail(message: string, offset = this.position): never {
    throw new DecodeError(message, offset, this.where())
  }

  /** What was read since `start` has a shorter form. */
  noteLong(start: number): void {
    this.longForms?.push(start, this.position - start)
  }

  /** For an opcode, just read, that the grammar does not know. */
  invalidByte(byte: number, what: string, wanted?: string, offset = this.position - 1): never {
    this.fail(
      `invalid leading byte (0x${byte.toString(16)}) for ${what}${wanted ? `: wanted ${wanted}` : ''}`,
      offset,
    )
  }

  /** For input that passes one of the limits. */
  exceeds(message: string, limit: number, found?: number, offset = this.position): never {
    const what = `${message}: ${found === undefined ? '' : `found ${found}, `}the limit is ${limit}`
    throw new DecodeError(what, offset, this.where(), 'limit')
  }

  #unexpectedEnd(wanted: number): never {
    const left = this.end - this.position
    this.fail(
      `unexpected end-of-file: wanted ${wanted} more ${wanted === 1 ? 'byte' : 'bytes'}, found ${left}`,
    )
  }
}
