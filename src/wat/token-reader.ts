import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { Lexer } from './lexer.ts'
import { indexOf } from './number-literal.ts'
import { literalBytes, literalText } from './string-literal.ts'

/** An identifier, `$` included, and where it stands. */
export interface Identifier {
  readonly text: string
  readonly span: Span
}

/**
 * Takes tokens one after the other and says what was expected where another came.
 *
 * @example
 * const tokens = new TokenReader(new Source('x', '(memory $m 1)'))
 * tokens.enters('memory') // true
 * tokens.takeIdentifier()?.text // '$m'
 * tokens.takeIndex('a size') // 1
 * tokens.leave()
 */
export class TokenReader {
  readonly source: Source
  readonly lexer: Lexer

  /** Of the part of the source from `start` to `end`. */
  constructor(source: Source, start = 0, end = source.text.length) {
    this.source = source
    this.lexer = new Lexer(source, start, end)
  }

  get atEnd(): boolean {
    return this.lexer.kind === 'end' || this.lexer.kind === ')'
  }

  /** Whether a list with this keyword opens here. */
  opens(keyword: string): boolean {
    return this.lexer.opens(keyword)
  }

  /** Enters the list with this keyword, if it opens here. */
  enters(keyword: string): boolean {
    if (!this.lexer.opens(keyword)) return false
    this.lexer.next()
    this.lexer.next()
    return true
  }

  /** Enters the list that opens here, whatever its keyword. */
  enter(what: string): void {
    if (this.lexer.kind !== '(') this.expected(what)
    this.lexer.next()
  }

  /** The closing parenthesis. */
  leave(): void {
    if (this.lexer.kind !== ')') this.expected('`)`')
    this.lexer.next()
  }

  /** Skips what is left of the list that was entered, and goes to what follows it. */
  skipRest(): void {
    while (!this.atEnd) {
      if (this.lexer.kind === '(' || this.lexer.kind === 'annotation') this.lexer.skipList()
      this.lexer.next()
    }
    this.leave()
  }

  /** The keyword that stands here; undefined for anything else. */
  get keyword(): string | undefined {
    if (this.lexer.kind !== 'atom') return undefined
    const code = this.source.text.charCodeAt(this.lexer.start)
    return code >= 0x61 && code <= 0x7a ? this.lexer.text : undefined
  }

  /** Takes this keyword, if it stands here. */
  takes(keyword: string): boolean {
    if (this.keyword !== keyword) return false
    this.lexer.next()
    return true
  }

  /** The keyword that stands here. */
  takeKeyword(what: string): string {
    const keyword = this.keyword ?? this.expected(what)
    this.lexer.next()
    return keyword
  }

  takeIdentifier(): Identifier | undefined {
    const { identifier: text, span } = this.lexer
    if (text === undefined) return undefined
    this.lexer.next()
    return { text, span }
  }

  /** Whether an identifier or an integer without a sign stands here. */
  get atIndex(): boolean {
    if (this.lexer.kind !== 'atom') return false
    const code = this.source.text.charCodeAt(this.lexer.start)
    return code === 0x24 || (code >= 0x30 && code <= 0x39)
  }

  /** Whether a number stands here. */
  get atNumber(): boolean {
    return this.atIndex && this.lexer.identifier === undefined
  }

  /** An integer without a sign, of 32 bits. */
  takeIndex(what: string): number {
    const value = this.lexer.kind === 'atom' ? indexOf(this.lexer.text) : undefined
    if (value === undefined) this.expected(what)
    if (Number.isNaN(value)) this.fail(`constant out of range: ${what} is at most 4294967295`)
    this.lexer.next()
    return value
  }

  takeText(what: string): string {
    if (this.lexer.kind !== 'string') this.expected(what)
    const text = literalText(this.source, this.lexer.span)
    this.lexer.next()
    return text
  }

  takeBytes(what: string): Uint8Array {
    if (this.lexer.kind !== 'string') this.expected(what)
    const bytes = literalBytes(this.source, this.lexer.span)
    this.lexer.next()
    return bytes
  }

  /** `(@name "…")`, if it stands here. */
  takeName(): string | undefined {
    const { lexer } = this
    if (lexer.kind !== 'annotation' || lexer.annotation !== 'name') return undefined
    lexer.next()
    const name = this.takeText('a name')
    this.leave()
    return name
  }

  expected(what: string): never {
    this.fail(`unexpected token: expected ${what}, found ${this.#found()}`)
  }

  /** Points at the token, unless told where. */
  fail(message: string, span?: Span, notes?: readonly string[]): never {
    this.lexer.fail(message, span ?? this.lexer.span, notes)
  }

  #found(): string {
    switch (this.lexer.kind) {
      case 'end':
        return 'the end of the text'
      case 'string':
        return 'a string'
      default:
        return `\`${this.lexer.text}\``
    }
  }
}
