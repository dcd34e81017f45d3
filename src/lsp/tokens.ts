import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { WitError } from '../errors.ts'
import { type Dialect, Lexer } from '../wit/lex.ts'
import { Problems } from '../wit/problems.ts'
import type { TokenKind } from '../wit/token.ts'

export interface Token extends Span {
  readonly kind: TokenKind
  /** Open braces around it; those of `}` include its own. */
  readonly depth: number
  /** Open parentheses and angle brackets around it, within its braces. */
  readonly nest: number
  /** As written. */
  readonly text: string
}

/** The tokens of a text that need not be WIT, and what of it belongs together. */
export class Tokens {
  readonly all: readonly Token[]
  readonly #text: string

  constructor(source: Source, dialect: Dialect) {
    this.#text = source.text
    this.all = read(source, dialect)
  }

  /** The word that an offset is in or at the end of. */
  wordAt(offset: number): Token | undefined {
    const index = this.#lastBefore(offset)
    return [this.all[index + 1], this.all[index]].find(
      (token) => token !== undefined && isWord(token) && token.start <= offset && offset <= token.end,
    )
  }

  /** Whether an offset is in a comment, or at the end of one that has none. */
  isInComment(offset: number): boolean {
    const before = this.all[this.#lastBefore(offset)]
    const gap = this.#text.slice(Math.min(before?.end ?? 0, offset), offset)
    return /\/\/[^\n]*$/.test(gap) || gap.lastIndexOf('/*') > gap.lastIndexOf('*/')
  }

  /** Those that end before an offset, and the word that it is in, as far as it goes. */
  before(offset: number): { readonly tokens: readonly Token[]; readonly word: Span } {
    const tokens = this.all.slice(0, this.#lastBefore(offset) + 1)
    const last = tokens.at(-1)
    if (last === undefined || last.end < offset || !isWord(last))
      return { tokens, word: { start: offset, end: offset } }
    return { tokens: tokens.slice(0, -1), word: { start: last.start, end: offset } }
  }

  /**
   * The item whose name begins at an offset: from its gates up to its `;` or `}`, a field or a case up to its comma. `text`
   * leaves the gates away, `head` also what is in its braces.
   */
  item(name: number): { readonly whole: Span; readonly text: Span; readonly head: Span } {
    const { all } = this
    const at = this.#lastBefore(name + 1)
    const token = all[at]
    if (token?.start !== name) {
      const span = { start: name, end: name }
      return { whole: span, text: span, head: span }
    }
    let first = at
    while (first > 0 && !endsItem(all[first - 1]!, token)) first--
    const text = this.#behindGates(first)
    let last = at
    while (last + 1 < all.length && !endsItem(all[last + 1]!, token) && all[last + 1]!.kind !== '{') last++
    const head = { start: all[text]!.start, end: all[last]!.end }
    const next = all[last + 1]
    if (next?.kind === '{') {
      last++
      while (last + 1 < all.length && !(all[last]!.kind === '}' && all[last]!.depth === token.depth + 1))
        last++
    } else if (next?.kind === ';') last++
    const { end } = all[last]!
    return { whole: { start: all[first]!.start, end }, text: { start: head.start, end }, head }
  }

  /** The last that begins before an offset; -1 where none does. */
  #lastBefore(offset: number): number {
    let low = -1
    let high = this.all.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.all[middle]!.start < offset) low = middle
      else high = middle - 1
    }
    return low
  }

  #behindGates(from: number): number {
    let at = from
    while (this.all[at]?.kind === '@' && this.all[at + 1] !== undefined) {
      const { depth, nest } = this.all[at]!
      at += 2
      if (this.all[at]?.kind !== '(') continue
      at++
      while (at < this.all.length - 1 && this.all[at]!.depth === depth && this.all[at]!.nest > nest) at++
      if (this.all[at]!.kind === ')') at++
    }
    return Math.min(at, this.all.length - 1)
  }
}

export function isWord({ kind }: Token): boolean {
  return kind === 'id' || kind === 'explicit-id' || /^[a-z_]/.test(kind)
}

/** The boundaries of items and, in lists, of their parts. */
function endsItem({ kind, depth, nest }: Token, name: Token): boolean {
  if (kind === '{') return depth < name.depth
  if (kind === '}') return depth <= name.depth + 1
  return depth === name.depth && (kind === ';' || (kind === ',' && nest === 0 && name.nest === 0))
}

function read(source: Source, dialect: Dialect): Token[] {
  const tokens: Token[] = []
  try {
    const lexer = new Lexer(source, new Problems(), dialect)
    let nest = 0
    for (; lexer.kind !== 'eof'; lexer.advance()) {
      const { kind, start, end, depth } = lexer
      if (kind === ')' || kind === '>') nest = Math.max(0, nest - 1)
      else if (kind === ';' || kind === '{' || kind === '}') nest = 0
      tokens.push({ kind, start, end, depth, nest, text: lexer.text() })
      if (kind === '(' || kind === '<') nest++
    }
  } catch (error) {
    // More of it is wrong than anybody reads.
    if (!(error instanceof WitError)) throw error
  }
  return tokens
}
