import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { literalText } from './string-literal.ts'
import { watError } from './wat-error.ts'

/** `annotation`: the opening `(@id` of an annotation, up to the end of its id. */
export type TokenKind = '(' | ')' | 'atom' | 'string' | 'annotation' | 'end'

/** Annotations that mean something to us; others are white space. */
const annotations: ReadonlySet<string> = new Set([
  'name',
  'names',
  'custom',
  'producers',
  'dylink.0',
  'data-count',
  'metadata.code.branch_hint',
])

/** What may stand in keywords, numbers and identifiers (Core WebAssembly, "Text Format", `idchar`), by character code. */
const idCharacters = new Uint8Array(128)
for (const character of "!#$%&'*+-./:<=>?@\\^_`|~") idCharacters[character.charCodeAt(0)] = 1
for (let code = 0x21; code < 0x7f; code++) {
  if (/[0-9A-Za-z]/.test(String.fromCharCode(code))) idCharacters[code] = 1
}

/** What {@link Lexer.skipList} must look at. */
const notable = /[()";]/g

const LEFT = 0x28
const RIGHT = 0x29
const QUOTE = 0x22
const SEMICOLON = 0x3b
const BACKSLASH = 0x5c
const AT = 0x40
const DOLLAR = 0x24

/**
 * The tokens of the text format, one after the other, white space and comments left out. Makes nothing but the token
 * that it stands at, so that large texts are read without a tree.
 *
 * @example
 * const lexer = new Lexer(new Source('x', '(br $l) ;; away'))
 * lexer.kind // '('
 * lexer.next() // 'atom'
 * lexer.text // 'br'
 */
export class Lexer {
  readonly source: Source
  /** The token that the lexer stands at, and where it is. */
  kind: TokenKind = 'end'
  start: number
  end: number
  readonly #text: string
  readonly #limit: number

  /** Of the part of the source from `start` to `limit`; stands at its first token. */
  constructor(source: Source, start = 0, limit = source.text.length) {
    this.source = source
    this.#text = source.text
    this.#limit = limit
    this.start = start
    this.end = start
    this.next()
  }

  /** The token as written. */
  get text(): string {
    return this.#text.slice(this.start, this.end)
  }

  get span(): Span {
    return { start: this.start, end: this.end }
  }

  /** Goes to the next token. */
  next(): TokenKind {
    const position = this.#skipBlank(this.end)
    this.start = position
    if (position >= this.#limit) {
      this.end = position
      this.kind = 'end'
    } else {
      this.kind = this.#read(position)
    }
    return this.kind
  }

  /** Whether a list opens here whose first word is this one. */
  opens(keyword: string): boolean {
    if (this.kind !== '(') return false
    const position = this.#skipBlank(this.end)
    const end = position + keyword.length
    return this.#text.startsWith(keyword, position) && idCharacters[this.#text.charCodeAt(end)] !== 1
  }

  /** The id of the annotation that the lexer stands at: `name` of `(@name …)`. */
  get annotation(): string {
    return this.#annotationId(this.start, this.end)
  }

  #annotationId(position: number, end: number): string {
    const start = position + 2
    return this.#text.charCodeAt(start) === QUOTE
      ? literalText(this.source, { start, end })
      : this.#text.slice(start, end)
  }

  /** The token as an identifier, `$` included and quotes resolved; undefined where it is none. */
  get identifier(): string | undefined {
    if (this.kind !== 'atom' || this.#text.charCodeAt(this.start) !== DOLLAR) return undefined
    const start = this.start + 1
    if (start === this.end) this.fail('empty identifier')
    if (this.#text.charCodeAt(start) !== QUOTE) return this.text
    const name = literalText(this.source, { start, end: this.end })
    return name === '' ? this.fail('empty identifier') : `$${name}`
  }

  /** A lexer of its own that stands where this one does. */
  fork(): Lexer {
    return new Lexer(this.source, this.start, this.#limit)
  }

  /** Goes to the parenthesis that closes the list or annotation whose opening the lexer stands at. */
  skipList(): void {
    const { start } = this
    for (let depth = 1; depth > 0; ) {
      const position = this.#skipToBracket(this.end)
      if (position >= this.#limit) this.fail('this parenthesis does not close', { start, end: start + 1 })
      depth += this.#text.charCodeAt(position) === LEFT ? 1 : -1
      this.end = position + 1
    }
    this.kind = ')'
    this.start = this.end - 1
  }

  fail(message: string, span: Span = this.span, notes: readonly string[] = []): never {
    throw watError(this.source, span, message, notes)
  }

  #read(position: number): TokenKind {
    const code = this.#text.charCodeAt(position)
    if (code === LEFT) {
      this.end = position + 1
      return this.#text.charCodeAt(position + 1) === AT ? this.#readAnnotation(position) : '('
    }
    if (code === RIGHT) {
      this.end = position + 1
      return ')'
    }
    if (code === QUOTE) {
      this.end = this.#skipString(position)
      this.#mustEnd(position)
      return 'string'
    }
    this.end = this.#skipId(position)
    if (this.end === position) this.#illegal(position)
    // An identifier may be quoted: $"any text".
    if (this.end === position + 1 && code === DOLLAR && this.#text.charCodeAt(this.end) === QUOTE)
      this.end = this.#skipString(this.end)
    this.#mustEnd(position)
    return 'atom'
  }

  #readAnnotation(position: number): TokenKind {
    this.end = this.#skipAnnotationId(position)
    return 'annotation'
  }

  /** `(@id` or `(@"any text"` */
  #skipAnnotationId(position: number): number {
    const start = position + 2
    const isQuoted = this.#text.charCodeAt(start) === QUOTE
    const end = isQuoted ? this.#skipString(start) : this.#skipId(start)
    if (end === start || (isQuoted && end === start + 2)) {
      this.fail('empty annotation id', { start: position, end: start })
    }
    return end
  }

  /** What follows an annotation that means nothing; any tokens may stand in it, with their parentheses in pairs. */
  #skipAnnotation(start: number, position: number): number {
    const text = this.#text
    for (let depth = 1; depth > 0; ) {
      position = this.#skipSpace(position)
      if (position >= this.#limit) this.fail('unclosed annotation', { start, end: start + 2 })
      const code = text.charCodeAt(position)
      if (code === QUOTE) {
        position = this.#skipString(position)
        continue
      }
      if (code < 0x20 || code >= 0x7f) this.#illegal(position)
      if (code === LEFT) depth++
      if (code === RIGHT) depth--
      position++
    }
    return position
  }

  /** Tokens that touch each other are one token that means nothing. */
  #mustEnd(start: number): void {
    if (this.end >= this.#limit) return
    const code = this.#text.charCodeAt(this.end)
    if (code <= 0x20 || code === LEFT || code === RIGHT) return
    if (code === SEMICOLON && this.#text.charCodeAt(this.end + 1) === SEMICOLON) return
    this.fail('unexpected token: white space is missing', { start, end: this.end + 1 })
  }

  #illegal(position: number): never {
    return this.fail('unexpected character', { start: position, end: position + 1 })
  }

  #skipId(position: number): number {
    const text = this.#text
    while (position < this.#limit && idCharacters[text.charCodeAt(position)] === 1) position++
    return position
  }

  /** To the next token: past white space, comments, and annotations that mean nothing. */
  #skipBlank(position: number): number {
    const text = this.#text
    for (;;) {
      position = this.#skipSpace(position)
      if (text.charCodeAt(position) !== LEFT || text.charCodeAt(position + 1) !== AT) return position
      if (position >= this.#limit) return position
      const end = this.#skipAnnotationId(position)
      if (annotations.has(this.#annotationId(position, end))) return position
      position = this.#skipAnnotation(position, end)
    }
  }

  #skipSpace(position: number): number {
    const text = this.#text
    for (;;) {
      const code = text.charCodeAt(position)
      if (position >= this.#limit) return this.#limit
      if (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d) position++
      else if ((code !== SEMICOLON && code !== LEFT) || text.charCodeAt(position + 1) !== SEMICOLON)
        return position
      else position = code === LEFT ? this.#skipComment(position) : this.#skipLine(position)
    }
  }

  /** The next parenthesis that is no part of a string or comment. */
  #skipToBracket(position: number): number {
    const text = this.#text
    for (;;) {
      notable.lastIndex = position
      if (!notable.test(text)) return this.#limit
      position = notable.lastIndex - 1
      if (position >= this.#limit) return this.#limit
      const code = text.charCodeAt(position)
      const opensComment = text.charCodeAt(position + 1) === SEMICOLON
      if (code === QUOTE) position = this.#skipString(position)
      else if (code === SEMICOLON) position = opensComment ? this.#skipLine(position) : position + 1
      else if (code === LEFT && opensComment) position = this.#skipComment(position)
      else return position
    }
  }

  #skipLine(position: number): number {
    const text = this.#text
    for (; position < this.#limit; position++) {
      const code = text.charCodeAt(position)
      if (code === 0x0a || code === 0x0d) break
    }
    return position
  }

  /** A block comment; they nest. */
  #skipComment(start: number): number {
    const text = this.#text
    let depth = 1
    let position = start + 2
    while (depth > 0) {
      const code = text.charCodeAt(position)
      if (position >= this.#limit) this.fail('this comment does not close', { start, end: start + 2 })
      const next = text.charCodeAt(position + 1)
      if (code === LEFT && next === SEMICOLON) depth++
      else if (code === SEMICOLON && next === RIGHT) depth--
      else {
        position++
        continue
      }
      position += 2
    }
    return position
  }

  #skipString(start: number): number {
    const text = this.#text
    for (let position = start + 1; position < this.#limit; position++) {
      const code = text.charCodeAt(position)
      if (code === QUOTE) return position + 1
      if (code === BACKSLASH) position++
      else if (code === 0x0a) break
      else if (code < 0x20 || code === 0x7f)
        this.fail('control character in a string: write it as an escape', {
          start: position,
          end: position + 1,
        })
    }
    this.fail('this string does not close', { start, end: start + 1 })
  }
}
