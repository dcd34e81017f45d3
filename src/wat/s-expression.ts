import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { WatError } from '../errors.ts'

/** A node of the text format's S-expressions; its text is `source.text` at `span`. */
export type Node = ListNode | AtomNode | StringNode

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly span: Span
}

/** A keyword, number or identifier (`$name`). */
export interface AtomNode {
  readonly kind: 'atom'
  readonly text: string
  readonly span: Span
}

/** Its span includes the quotes; {@link stringBytes} gives what it denotes. */
export interface StringNode {
  readonly kind: 'string'
  readonly span: Span
}

/** White space and line comments. */
const blank = /(?:[ \t\r\n\f]|;;[^\n]*)+/y
const atom = /[^ \t\r\n\f()";]+/y

/**
 * Reads S-expressions without knowing what they mean; comments are dropped. Nesting is bounded by memory alone.
 *
 * @throws {WatError} for a parenthesis, string or comment that does not close, or closes too much
 */
export function parseSExpressions(source: Source): Node[] {
  return new Parser(source).parse()
}

class Parser {
  readonly #source: Source
  readonly #text: string
  #position = 0
  #items: Node[] = []
  /** Lists that are still open, outermost first: where they start and their items so far, but for the innermost. */
  readonly #open: { readonly start: number; readonly outer: Node[] }[] = []

  constructor(source: Source) {
    this.#source = source
    this.#text = source.text
  }

  parse(): Node[] {
    while (this.#position < this.#text.length) this.#step()
    const unclosed = this.#open.at(-1)
    if (unclosed) this.#fail('this parenthesis does not close', unclosed.start, unclosed.start + 1)
    return this.#items
  }

  #step(): void {
    const start = this.#position
    const character = this.#text[start]
    if (character === '(' && this.#text[start + 1] === ';') this.#skipComment()
    else if (character === '(') this.#openList()
    else if (character === ')') this.#closeList()
    else if (character === '"') this.#readString()
    else if (!this.#take(blank)) this.#readAtom()
  }

  #openList(): void {
    this.#open.push({ start: this.#position++, outer: this.#items })
    this.#items = []
  }

  #closeList(): void {
    const at = this.#position++
    const list = this.#open.pop()
    if (!list) this.#fail('this parenthesis closes nothing', at, at + 1)
    list.outer.push({ kind: 'list', items: this.#items, span: { start: list.start, end: this.#position } })
    this.#items = list.outer
  }

  #readString(): void {
    const start = this.#position
    this.#skipString()
    this.#items.push({ kind: 'string', span: { start, end: this.#position } })
  }

  #readAtom(): void {
    const start = this.#position
    if (!this.#take(atom)) this.#fail('unexpected character', start, start + 1)
    // An identifier may be quoted: $"any text".
    if (this.#text[this.#position] === '"' && this.#position === start + 1) this.#skipString()
    const span = { start, end: this.#position }
    this.#items.push({ kind: 'atom', text: this.#text.slice(start, this.#position), span })
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#position
    if (!pattern.test(this.#text)) return false
    this.#position = pattern.lastIndex
    return true
  }

  #skipString(): void {
    const start = this.#position++
    for (;;) {
      const character = this.#text[this.#position++]
      if (character === '"') return
      if (character === '\\') this.#position++
      if (character === undefined || character === '\n')
        this.#fail('this string does not close', start, start + 1)
    }
  }

  /** A block comment; they nest. */
  #skipComment(): void {
    const start = this.#position
    const bracket = /\(;|;\)/g
    bracket.lastIndex = start
    for (let depth = 0; ; ) {
      const found = bracket.exec(this.#text)?.[0]
      if (found === undefined) this.#fail('this comment does not close', start, start + 2)
      depth += found === '(;' ? 1 : -1
      if (depth > 0) continue
      this.#position = bracket.lastIndex
      return
    }
  }

  #fail(message: string, start: number, end: number): never {
    throw watError(this.#source, { start, end }, message)
  }
}

export function watError(
  source: Source,
  span: Span,
  message: string,
  notes: readonly string[] = [],
): WatError {
  return new WatError({ message, labels: [{ source, span, text: '' }], notes })
}

const utf8 = new TextEncoder()

const escapes: Readonly<Record<string, number>> = {
  t: 0x09,
  n: 0x0a,
  r: 0x0d,
  '"': 0x22,
  "'": 0x27,
  '\\': 0x5c,
}

/** The bytes that a string literal denotes: `\hh` is one byte, any other character its UTF-8. */
export function stringBytes(source: Source, { span }: StringNode): Uint8Array {
  const text = source.text.slice(span.start + 1, span.end - 1)
  const bytes: number[] = []
  const part = /\\(?:([0-9a-fA-F]{2})|([tnr"'\\])|u\{([0-9a-fA-F_]{1,12})\})|([^\\]+)|\\/gy
  for (const [whole, hex, letter, codePoint, plain] of text.matchAll(part)) {
    if (plain !== undefined) for (const byte of utf8.encode(plain)) bytes.push(byte)
    else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16))
    else if (letter !== undefined) bytes.push(escapes[letter]!)
    else if (codePoint !== undefined) bytes.push(...utf8.encode(character(codePoint, source, span)))
    else throw watError(source, span, `invalid string escape after \`${whole}\``)
  }
  return Uint8Array.from(bytes)
}

function character(hex: string, source: Source, span: Span): string {
  const code = Number.parseInt(hex.replaceAll('_', ''), 16)
  if (!(code < 0xd800 || (code > 0xdfff && code < 0x11_0000))) {
    throw watError(source, span, `invalid string escape: \\u{${hex}} is no Unicode scalar value`)
  }
  return String.fromCodePoint(code)
}

/** What a string literal denotes, as text. */
export function stringText(source: Source, node: StringNode): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stringBytes(source, node))
  } catch (error) {
    if (error instanceof WatError) throw error
    throw watError(source, node.span, 'malformed UTF-8 encoding in a string')
  }
}
