import type { TokenReader } from './token-reader.ts'

/** An escape, or what may not stand in a string at all. */
const special = /\\(?:u\{((?:[0-9a-fA-F]+_?)*[0-9a-fA-F])\}|([0-9a-fA-F]{2})|(["'\\tnr]))|([\\\p{Cc}])/gu

const characters: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' }

/** A `string-literal`: that of the core text format's names, whose bytes must be UTF-8. */
export function parseText(tokens: TokenReader): string {
  const span = { start: tokens.start, end: tokens.end }
  tokens.expect('text')
  const literal = tokens.source.text.slice(span.start + 1, span.end - 1)
  const bytes: number[] = []
  const encoder = new TextEncoder()
  let last = 0
  for (const match of literal.matchAll(special)) {
    const [whole, scalar, byte, character, wrong] = match
    const place = { start: span.start + 1 + match.index, end: span.start + 1 + match.index + whole.length }
    for (const each of encoder.encode(literal.slice(last, match.index))) bytes.push(each)
    last = match.index + whole.length
    if (wrong !== undefined) tokens.fail(place, 'invalid escape in a string literal')
    if (byte !== undefined) bytes.push(Number.parseInt(byte, 16))
    else if (scalar === undefined) bytes.push((characters[character!] ?? character!).charCodeAt(0))
    else for (const each of encoder.encode(scalarValue(tokens, scalar, place))) bytes.push(each)
  }
  for (const each of encoder.encode(literal.slice(last))) bytes.push(each)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    return tokens.fail(span, 'the bytes of this string are not UTF-8')
  }
}

function scalarValue(tokens: TokenReader, digits: string, place: { start: number; end: number }): string {
  const value = Number.parseInt(digits.replaceAll('_', ''), 16)
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    tokens.fail(place, 'this escape is not a Unicode scalar value')
  return String.fromCodePoint(value)
}
