import type { Span } from '../diagnostics/span.ts'
import { readDocs } from './docs.ts'
import { Lexer } from './lex.ts'
import type { ProblemDetails } from './problems.ts'
import type { Identifier } from './syntax.ts'
import { describeToken, type Punctuation, type TokenKind } from './token.ts'

/** Thrown when an item cannot be read any further, after the reason was reported; the parser goes on with the next item. */
export class Unreadable extends Error {}

/** What statements of WAC begin with. */
export const wacStatements: ReadonlySet<string> = new Set([
  'import',
  'let',
  'export',
  'interface',
  'world',
  'type',
  'record',
  'variant',
  'enum',
  'flags',
])

/** What parsers ask of tokens. */
export class TokenReader extends Lexer {
  eat(kind: TokenKind): boolean {
    if (this.kind !== kind) return false
    this.advance()
    return true
  }

  expect(kind: Punctuation | 'integer' | 'text' | 'as' | 'func' | 'package', details?: ProblemDetails): void {
    if (this.kind !== kind) this.unexpected(describeToken(kind), details ?? this.#missing(kind))
    this.advance()
  }

  /** What ends an item is missed where the next one begins, which may be lines below. */
  #missing(kind: TokenKind): ProblemDetails {
    const isBelow = this.source.text.slice(this.previousEnd, this.start).includes('\n')
    if (kind !== ';' || this.kind === 'eof' || !(isBelow || this.kind === '}')) return {}
    const span = { start: this.previousEnd - 1, end: this.previousEnd }
    return { related: [{ source: this.source, span, text: '`;` is missing behind this' }] }
  }

  /** The bracket that closes what was opened by the token that ended at `opened`. */
  close(kind: Punctuation, opened: number, wanted = describeToken(kind)): void {
    if (this.kind !== kind) this.unexpected(wanted, this.#openedAt(opened))
    this.advance()
  }

  #openedAt(opened: number): ProblemDetails {
    const span = { start: opened - 1, end: opened }
    return { related: [{ source: this.source, span, text: 'opened here' }] }
  }

  identifier(wanted = 'an identifier'): Identifier {
    if (this.kind !== 'id' && this.kind !== 'explicit-id') this.unexpected(wanted)
    const { start, end } = this
    const name = this.source.text.slice(this.kind === 'id' ? start : start + 1, end)
    this.advance()
    return { name, start, end }
  }

  /** The comments before the current token. */
  docs(): string | undefined {
    return this.commented ? readDocs(this.source.text, this.previousEnd, this.start) : undefined
  }

  unexpected(wanted: string, details: ProblemDetails = {}): never {
    // What a comment or a string swallowed is not missing; and that the file ends is said once.
    if (this.kind === 'eof') {
      if (this.cutOff) throw new Unreadable()
      this.cutOff = true
    }
    const isWord = /^[a-z]/.test(this.kind) && this.kind !== 'eof' && this.kind !== 'integer'
    const isName = wanted === 'an identifier' && isWord
    const notes = isName ? [`\`%${this.text()}\` makes a name of a keyword`] : (details.notes ?? [])
    this.fail(this, `expected ${wanted}, found ${describeToken(this.kind)}`, { ...details, notes })
  }

  /** For a word that stands where one of these is meant. */
  didYouMean(words: readonly string[]): string[] {
    return this.kind === 'id' ? this.problems.didYouMean(this.text(), words) : []
  }

  fail(span: Span, message: string, details?: ProblemDetails): never {
    this.report(span, message, details)
    throw new Unreadable()
  }

  report({ start, end }: Span, message: string, details?: ProblemDetails): void {
    this.problems.report({ source: this.source, span: { start, end } }, message, details)
  }

  /**
   * Items up to the brace that closes them. After one that cannot be read goes on behind the next `;` or `}` at the items'
   * own depth.
   */
  block(readItem: () => void, details?: ProblemDetails): void {
    this.expect('{', details)
    const { depth, previousEnd: opened } = this
    while (this.kind !== '}' && this.kind !== 'eof') this.attempt(readItem, depth)
    // What was read so far is kept: editors show texts that are not written to the end.
    if (this.kind === '}') this.advance()
    else this.attempt(() => this.close('}', opened), depth)
  }

  attempt(readItem: () => void, depth: number): void {
    const { start } = this
    try {
      readItem()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#recover(depth, start)
    }
  }

  /** In WAC a line that begins as a statement is one, whatever the line before lacks. */
  #beginsStatement(): boolean {
    if (this.dialect !== 'wac' || !wacStatements.has(this.text())) return false
    return /(?:^|\n)[ \t]*$/.test(this.source.text.slice(this.previousEnd, this.start))
  }

  #recover(depth: number, itemStart: number): void {
    // An item that fails at its first token would be tried again.
    if (this.start === itemStart && !(this.kind === '}' && this.depth === depth && depth > 0)) this.advance()
    while (this.kind !== 'eof' && this.depth >= depth) {
      if (this.depth === depth) {
        if (depth === 0 && this.#beginsStatement()) return
        if (this.kind === '}' && depth > 0) return
        if (this.kind === ';' || this.kind === '}') {
          this.advance()
          return
        }
      }
      const closes = this.kind === '}' && this.depth === depth + 1
      this.advance()
      if (closes) {
        if (this.dialect === 'wac') this.eat(';')
        return
      }
    }
  }

  /** `read` one after the other, separated by commas; one may stand behind the last. */
  list<T>(close: Punctuation, read: (docs: string | undefined) => T): T[] {
    const items: T[] = []
    const opened = this.previousEnd
    while (this.kind !== close) {
      items.push(read(this.docs()))
      if (!this.eat(',')) break
    }
    this.close(close, opened, items.length === 0 ? undefined : `',' or '${close}'`)
    return items
  }
}
