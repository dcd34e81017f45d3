import type { Source } from '../diagnostics/source.ts'
import { waveProblem } from './wave-problem.ts'

/** What a literal stands for, and where it ends in the source. */
export interface Literal {
  readonly value: string
  readonly end: number
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  t: '\t',
  n: '\n',
  r: '\r',
}

/** `'x'`, at `start`. */
export function decodeChar(source: Source, start: number): Literal {
  const { text } = source
  const first = text.codePointAt(start + 1)
  if (first === undefined || text[start + 1] === '\n') throw unterminated(source, start, "'", 'char')
  if (text[start + 1] === "'") {
    const cure =
      text[start + 2] === "'" ? "write '\\'' for a single quote" : 'a char is exactly one character'
    throw waveProblem(source, { start, end: start + 2 }, 'empty char', 'empty', [cure])
  }
  const char = text[start + 1] === '\\' ? decodeEscape(source, start + 1) : decodePlain(source, start + 1)
  if (text[char.end] === "'") return { value: char.value, end: char.end + 1 }
  const line = text.slice(start + 1).split('\n', 1)[0]!
  const close = line.lastIndexOf("'")
  if (close <= 0) throw unterminated(source, start, "'", 'char')
  const span = { start, end: start + close + 2 }
  throw waveProblem(source, span, 'a char is exactly one character', 'more than one', [
    'write strings with double quotes',
  ])
}

/** `"text"`, at `start`. */
export function decodeString(source: Source, start: number): Literal {
  const { text } = source
  let value = ''
  let at = start + 1
  for (;;) {
    const char = text[at]
    if (char === undefined || char === '\n') throw unterminated(source, start, '"', 'string')
    if (char === '"') return { value, end: at + 1 }
    const piece = char === '\\' ? decodeEscape(source, at) : decodePlain(source, at)
    value += piece.value
    at = piece.end
  }
}

/**
 * `"""`, a line break, lines, and a line with only spaces before the closing `"""`. The spaces of that last line are
 * taken away from the start of every line.
 */
export function decodeMultilineString(source: Source, start: number): Literal {
  const { text } = source
  const opening = /\r?\n/y
  opening.lastIndex = start + 3
  const lineBreak = opening.exec(text)?.[0]
  if (lineBreak === undefined) {
    throw waveProblem(source, { start, end: start + 3 }, 'a multi-line string begins on the next line', '', [
      'put a line break behind the opening """',
    ])
  }
  const end = text.indexOf('"""', start + 3)
  if (end === -1) throw unterminated(source, start, '"""', 'multi-line string')
  const body = start + 3 + lineBreak.length
  // The last line holds nothing but the indent; a string without lines has the opening's line break as its only one.
  const lastBreak = text.lastIndexOf('\n', end)
  const indent = text.slice(lastBreak + 1, end)
  if (/[^ ]/.test(indent)) {
    throw waveProblem(
      source,
      { start: end, end: end + 3 },
      'the closing """ stands on a line of its own',
      '',
      [
        'put it on the next line, preceded only by spaces',
        'within the string write ""\\" for three double quotes',
      ],
    )
  }
  const lines: string[] = []
  for (let at = body; at <= lastBreak; ) {
    const next = text.indexOf('\n', at)
    if (!text.startsWith(indent, at)) {
      const message = `every line is indented at least as far as the closing """ (${indent.length} spaces)`
      throw waveProblem(source, { start: at, end: at + 1 }, message, 'indented less')
    }
    const lineEnd = text[next - 1] === '\r' && next > at + indent.length ? next - 1 : next
    lines.push(decodeLine(source, at + indent.length, lineEnd))
    at = next + 1
  }
  return { value: lines.join('\n'), end: end + 3 }
}

function decodeLine(source: Source, start: number, end: number): string {
  let value = ''
  for (let at = start; at < end; ) {
    const piece = source.text[at] === '\\' ? decodeEscape(source, at) : decodePlain(source, at)
    value += piece.value
    at = piece.end
  }
  return value
}

/** One character as it stands. */
function decodePlain(source: Source, at: number): Literal {
  const code = source.text.codePointAt(at)!
  if (code >= 0xd800 && code <= 0xdfff) {
    throw waveProblem(
      source,
      { start: at, end: at + 1 },
      'half of a surrogate pair is no character',
      'lone surrogate',
    )
  }
  const value = String.fromCodePoint(code)
  return { value, end: at + value.length }
}

/** A backslash and what follows. */
function decodeEscape(source: Source, at: number): Literal {
  const { text } = source
  const simple = simpleEscapes[text[at + 1] ?? '']
  if (simple !== undefined) return { value: simple, end: at + 2 }
  const unicode = /\\u\{([0-9a-fA-F]{1,6})\}/y
  unicode.lastIndex = at
  const found = unicode.exec(text)
  if (!found) {
    const span = { start: at, end: Math.min(at + 2, text.length) }
    const cure = 'escapes are \\\' \\" \\\\ \\t \\n \\r and \\u{hexadecimal digits}'
    throw waveProblem(source, span, 'invalid escape', 'invalid', [cure])
  }
  const end = at + found[0].length
  const code = Number.parseInt(found[1]!, 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw waveProblem(
      source,
      { start: at, end },
      `invalid escape: U+${found[1]} is no character`,
      'no Unicode scalar value',
    )
  }
  return { value: String.fromCodePoint(code), end }
}

function unterminated(source: Source, start: number, quote: string, what: string): Error {
  const span = { start, end: start + quote.length }
  const cure = quote === '"' ? ['write \\n for a line break, or use a multi-line """ string'] : []
  return waveProblem(source, span, `${what} without an end`, `no closing ${quote}`, cure)
}
