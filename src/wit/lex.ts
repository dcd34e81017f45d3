import type { Source } from '../diagnostics/source.ts'
import { isLabel } from '../component/names.ts'
import { characterHabit, kebabCase, typeHabit } from './habits.ts'
import { keywords } from './keywords.ts'
import type { Problems } from './problems.ts'
import type { TokenKind } from './token.ts'

const identifierStart = /[\p{XID_Start}]/u
const identifierContinue = /[\p{XID_Continue}]/u

/** What begins a token of one character, by its code. */
const marks: readonly (TokenKind | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return '=,:.;(){}<>*@+'.includes(character) ? (character as TokenKind) : undefined
})

/** Of each code below 128: 1 in names as most people write them (`a-z`, `0-9`), 2 in any other name, 0 elsewhere. */
const nameCharacters = Uint8Array.from({ length: 128 }, (_, code) => {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return 1
  return (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x2d ? 2 : 0
})

/** More than any keyword has letters. */
const keywordLengths = 16

/** 1 for each first letter and length of a keyword: most names need not be looked up. */
const keywordShapes = new Uint8Array(128 * keywordLengths)
for (const word of keywords.keys()) keywordShapes[word.charCodeAt(0) * keywordLengths + word.length] = 1

const newline = 0x0a
const slash = 0x2f
const star = 0x2a
const dash = 0x2d

/** WAC is WIT with more: with brackets and `...` among its tokens, and names for function types. */
export type Dialect = 'wit' | 'wac'

/** The tokens of a WIT text one by one (WIT.md, "Lexical structure"). The fields are those of the current token. */
export class Lexer {
  readonly dialect: Dialect
  readonly source: Source
  readonly problems: Problems
  kind: TokenKind = 'eof'
  start = 0
  end = 0
  /** Where the token before this one ended: comments between the two document what follows. */
  previousEnd = 0
  /** A comment stands between the two. */
  commented = false
  /** Open braces around the current token. */
  depth = 0
  /** The text ends within a comment or a string: nothing that is missing at its end is worth a message of its own. */
  cutOff = false
  readonly #text: string

  constructor(source: Source, problems: Problems, dialect: Dialect = 'wit') {
    this.dialect = dialect
    this.source = source
    this.problems = problems
    this.#text = source.text
    if (this.#text.charCodeAt(0) === 0xfeff) this.end = 1
    this.advance()
  }

  /** The current token as written. */
  text(): string {
    return this.#text.slice(this.start, this.end)
  }

  advance(): void {
    if (this.kind === '{') this.depth++
    else if (this.kind === '}' && this.depth > 0) this.depth--
    this.previousEnd = this.end
    this.commented = false
    this.#read(this.end)
  }

  /** Goes on behind a piece of text that was read otherwise. */
  advanceTo(offset: number): void {
    this.end = offset
    this.advance()
  }

  #read(from: number): void {
    const text = this.#text
    let at = this.#skipTrivia(from)
    for (;;) {
      this.start = at
      const code = text.charCodeAt(at)
      if (at >= text.length) {
        this.end = at
        this.kind = 'eof'
        return
      }
      const kind = this.#token(code, at)
      if (kind !== undefined) {
        this.kind = kind
        return
      }
      const character = String.fromCodePoint(text.codePointAt(at)!)
      const message = `unexpected character \`${character}\``
      this.#report(at, at + character.length, message, characterHabit(character))
      at = this.#skipTrivia(at + character.length)
    }
  }

  /** Sets `end`. Undefined where no token begins. */
  #token(code: number, at: number): TokenKind | undefined {
    if (code >= 0x30 && code <= 0x39) return this.#integer(at)
    if (code === dash) {
      if (this.#text.charCodeAt(at + 1) === 0x3e) return this.#mark('->', at + 2)
      return this.#mark('-', at + 1)
    }
    const mark = code < 128 ? marks[code] : undefined
    if (mark === '.' && this.dialect === 'wac' && this.#text.startsWith('...', at))
      return this.#mark('...', at + 3)
    if (mark !== undefined) return this.#mark(mark, at + 1)
    if (code === slash) return this.#mark('/', at + 1)
    if (code === 0x22) return this.#string(at)
    if (code === 0x25) return this.#explicitName(at)
    if ((code === 0x5b || code === 0x5d) && this.dialect === 'wac')
      return this.#mark(code === 0x5b ? '[' : ']', at + 1)
    return this.#startsName(at) ? this.#name(at) : undefined
  }

  #mark(kind: TokenKind, end: number): TokenKind {
    this.end = end
    return kind
  }

  #startsName(at: number): boolean {
    const code = this.#text.charCodeAt(at)
    if (code < 128) return nameCharacters[code] !== 0
    return code >= 128 && identifierStart.test(String.fromCodePoint(this.#text.codePointAt(at)!))
  }

  #name(at: number): TokenKind {
    const first = this.#text.charCodeAt(at)
    const plain = this.#scanName(at)
    const length = this.end - at
    if (length < keywordLengths && keywordShapes[first * keywordLengths + length] === 1) {
      const keyword = keywords.get(this.#text.slice(at, this.end))
      if (keyword !== undefined) return keyword
    }
    if (!plain) this.#checkLabel(this.#text.slice(at, this.end), at)
    return 'id'
  }

  #explicitName(at: number): TokenKind {
    this.end = at + 1
    if (this.#startsName(at + 1)) this.#scanName(at + 1)
    this.#checkLabel(this.#text.slice(at + 1, this.end), at)
    return 'explicit-id'
  }

  /** Whether the name is of small letters and digits alone: such a one needs no further look. */
  #scanName(from: number): boolean {
    const text = this.#text
    let plain = true
    let at = from
    for (;;) {
      const code = text.charCodeAt(at)
      const sort = code < 128 ? nameCharacters[code]! : 0
      if (sort === 2) plain = false
      else if (sort === 0) {
        if (!(code >= 128) || !identifierContinue.test(String.fromCodePoint(text.codePointAt(at)!))) break
        plain = false
        if (code >= 0xd800 && code <= 0xdbff) at++
      }
      at++
    }
    this.end = at
    return plain
  }

  #checkLabel(name: string, at: number): void {
    if (isLabel(name)) return
    const likely = typeHabit(name) ?? keywords.get(name.toLowerCase()) ?? kebabCase(name)
    this.#report(
      at,
      this.end,
      name === '' ? 'expected a name after `%`' : `\`${name}\` is not in kebab case`,
      likely === undefined
        ? 'a name consists of words of small letters, or acronyms of capital ones, joined by `-`'
        : `did you mean \`${likely}\`?`,
    )
  }

  #integer(from: number): TokenKind {
    let at = from + 1
    for (let code = this.#text.charCodeAt(at); code >= 0x30 && code <= 0x39; )
      code = this.#text.charCodeAt(++at)
    this.end = at
    return 'integer'
  }

  /** What is in it is looked at by who wants it. */
  #string(at: number): TokenKind {
    let end = at + 1
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1
    if (end >= this.#text.length) {
      this.cutOff = true
      this.#report(at, at + 1, 'unterminated string literal')
    }
    this.end = Math.min(end + 1, this.#text.length)
    return 'text'
  }

  #skipTrivia(from: number): number {
    const text = this.#text
    let at = from
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === 0x20 || code === newline || code === 0x0d || code === 0x09) {
        at++
      } else if (code === slash) {
        const next = text.charCodeAt(at + 1)
        if (next !== slash && next !== star) return at
        this.commented = true
        at = next === slash ? this.#endOfLine(at) : this.#endOfBlock(at)
      } else {
        return at
      }
    }
  }

  #endOfLine(at: number): number {
    const end = this.#text.indexOf('\n', at)
    return end === -1 ? this.#text.length : end + 1
  }

  #endOfBlock(start: number): number {
    const end = endOfBlockComment(this.#text, start)
    if (end !== -1) return end
    this.cutOff = true
    this.#report(
      start,
      start + 2,
      'unterminated block comment',
      'each `/*` within a comment needs a `*/` of its own',
    )
    return this.#text.length
  }

  #report(start: number, end: number, message: string, note?: string): void {
    const notes = note === undefined ? [] : [note]
    this.problems.report({ source: this.source, span: { start, end } }, message, { notes })
  }
}

/** Behind the `*\/` that closes the comment at `start`; comments nest. -1 if nothing closes it. */
export function endOfBlockComment(text: string, start: number): number {
  const delimiter = /\/\*|\*\//g
  delimiter.lastIndex = start + 2
  let depth = 1
  for (let match = delimiter.exec(text); match; match = delimiter.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return delimiter.lastIndex
  }
  return -1
}
