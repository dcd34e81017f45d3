/** The string literals of the text format (Core WebAssembly, "Text Format", `string`), as bytes and as text. */
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { WatError } from '../errors.ts'
import { watError } from './wat-error.ts'

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const BACKSLASH = 0x5c

/** The bytes that the literal at `span`, quotes included, denotes: `\hh` is one byte, any other character its UTF-8. */
export function literalBytes(source: Source, span: Span): Uint8Array<ArrayBuffer> {
  const { text } = source
  const end = span.end - 1
  // An escape becomes fewer bytes than it has characters; other characters beyond ASCII make room when the first is met.
  let bytes = new Uint8Array(span.end - span.start)
  let roomy = false
  let length = 0
  for (let position = span.start + 1; position < end; ) {
    const code = text.charCodeAt(position)
    if (code === BACKSLASH) {
      const [value, next] = readEscape(source, position, end)
      if (value < 0x100 && text[position + 1] !== 'u') bytes[length++] = value
      else length += utf8.encodeInto(String.fromCodePoint(value), bytes.subarray(length)).written
      position = next
    } else if (code < 0x80) {
      bytes[length++] = code
      position++
    } else {
      if (!roomy) bytes = grown(bytes, length, length + 3 * (end - position))
      roomy = true
      const plain = plainEnd(text, position, end)
      length += utf8.encodeInto(text.slice(position, plain), bytes.subarray(length)).written
      position = plain
    }
  }
  return length === bytes.length ? bytes : bytes.slice(0, length)
}

/** What the literal at `span` denotes, as text. */
export function literalText(source: Source, span: Span): string {
  const plain = source.text.slice(span.start + 1, span.end - 1)
  if (!plain.includes('\\') && plain.isWellFormed()) return plain
  try {
    return strictUtf8.decode(literalBytes(source, span))
  } catch (error) {
    if (error instanceof WatError) throw error
    throw watError(source, span, 'malformed UTF-8 encoding in a string')
  }
}

function grown(bytes: Uint8Array, length: number, capacity: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(capacity)
  larger.set(bytes.subarray(0, length))
  return larger
}

/** Up to the next escape or the end. */
function plainEnd(text: string, position: number, end: number): number {
  const next = text.indexOf('\\', position)
  return next < 0 || next > end ? end : next
}

const escapes: Readonly<Record<string, number>> = {
  t: 0x09,
  n: 0x0a,
  r: 0x0d,
  '"': 0x22,
  "'": 0x27,
  '\\': 0x5c,
}

/** The byte or code point that the escape at `position` denotes, and where it ends. */
function readEscape(source: Source, position: number, end: number): [value: number, next: number] {
  const { text } = source
  const letter = text[position + 1]!
  const simple = escapes[letter]
  if (simple !== undefined && position + 2 <= end) return [simple, position + 2]
  const high = hexDigit(text.charCodeAt(position + 1))
  const low = hexDigit(text.charCodeAt(position + 2))
  if (high >= 0 && low >= 0) return [high * 16 + low, position + 3]
  if (letter === 'u') return readCodePoint(source, position)
  return invalidEscape(source, position, position + 2)
}

/** `\u{hexnum}`, of a Unicode scalar value */
function readCodePoint(source: Source, position: number): [value: number, next: number] {
  const pattern = /\\u\{([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)\}/y
  pattern.lastIndex = position
  const found = pattern.exec(source.text)
  if (!found) return invalidEscape(source, position, position + 2)
  const value = Number.parseInt(found[1]!.replaceAll('_', ''), 16)
  if (value < 0xd800 || (value > 0xdfff && value < 0x11_0000)) return [value, pattern.lastIndex]
  throw watError(
    source,
    { start: position, end: pattern.lastIndex },
    `invalid string escape: ${found[0]} is no Unicode scalar value`,
  )
}

function invalidEscape(source: Source, start: number, end: number): never {
  throw watError(source, { start, end }, `invalid string escape \`${source.text.slice(start, end)}\``)
}

/** -1 for what is none. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
