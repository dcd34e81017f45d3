/** What formatting must not change, of WIT and of WAC, and texts with comments anywhere to try it on. */
import assert from 'node:assert/strict'
import { Source } from '../../src/diagnostics/source.ts'
import { type Dialect, endOfBlockComment, Lexer } from '../../src/wit/lex.ts'
import { keywords } from '../../src/wit/keywords.ts'
import { Problems } from '../../src/wit/problems.ts'
import fc from './fast-check.ts'

interface CommentEdit {
  /** Where among the places where one may stand, 0 to 1. */
  readonly at: number
  readonly comment: string
}

export const commentEdits: fc.Arbitrary<CommentEdit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    comment: fc.constantFrom(
      '/* c */',
      '// c\n',
      '/// d\n',
      '/** d\r\n   * e */',
      '\n\n\n',
      '\r\n',
      '/* /* n */ // */ // f \n',
    ),
  }),
  { minLength: 1, maxLength: 12 },
)

export function withComments(text: string, edits: readonly CommentEdit[], dialect: Dialect = 'wit'): string {
  const gaps = gapsOf(text, dialect)
  const sorted = edits
    .map(({ at, comment }) => ({ at: gaps[Math.floor(at * (gaps.length - 1))]!, comment }))
    .sort((a, b) => b.at - a.at)
  return sorted.reduce((whole, { at, comment }) => insert(whole, at, ` ${comment}`), text)
}

/** Formats a text: it has the same tokens and comments, nothing that formatting would not leave, and stays as it is from then on. */
export function assertKept(
  format: (text: string, name: string) => string,
  text: string,
  name: string,
  dialect: Dialect = 'wit',
): void {
  const once = format(text, name)
  assert.equal(format(once, name), once, name)
  assert.deepEqual(gist(once, dialect), gist(text, dialect), name)
  assert.doesNotMatch(once, /^\s*\n|[^\n]$|\n\n$/, name)
  assert.doesNotMatch(once.replaceAll(/\/\*[\s\S]*?\*\//g, 'x'), /[ \t]\n|\n\n\n/, name)
}

/** Tokens and comments in order, without the commas behind last elements. */
function gist(text: string, dialect: Dialect): string[] {
  const found: string[] = []
  for (const { token, comments } of tokensOf(text, dialect)) {
    const before = comments.map((one) => one.replaceAll('\r\n', '\n').trimEnd())
    if ((token === '}' || token === ')' || token === '>') && found.at(-1) === ',') {
      found.pop()
    }
    found.push(...before, token)
  }
  return found
}

interface PlacedToken {
  readonly token: string
  readonly start: number
  readonly comments: readonly string[]
  /** A keyword that is a name because it stands right behind a `:`, `/` or `.` (`compose/wac/parse-path.ts`). */
  readonly isName: boolean
}

function tokensOf(text: string, dialect: Dialect): PlacedToken[] {
  const lexer = new Lexer(new Source('text', text), new Problems(), dialect)
  const found = []
  for (;;) {
    const comments = commentsIn(text.slice(lexer.previousEnd, lexer.start))
    const isJoined = lexer.start === lexer.previousEnd && /[:/.]/.test(text[lexer.start - 1] ?? '')
    const isName = dialect === 'wac' && isJoined && keywords.has(lexer.kind)
    found.push({ token: lexer.text(), start: lexer.start, comments, isName })
    if (lexer.kind === 'eof') return found
    lexer.advance()
  }
}

function commentsIn(gap: string): string[] {
  const at = gap.indexOf('/')
  if (at === -1) return []
  const newline = gap.indexOf('\n', at)
  const lineEnd = newline === -1 ? gap.length : newline
  const end = gap[at + 1] === '/' ? lineEnd : endOfBlockComment(gap, at)
  return [gap.slice(at, end), ...commentsIn(gap.slice(end))]
}

/** Where a comment may stand: before each token, but not within a version, nor where it would make a keyword of a name. */
function gapsOf(text: string, dialect: Dialect): number[] {
  const versions = [...text.matchAll(/\d+\.\d+\.\d+[-+.\w]*/g)].map(({ index, 0: all }) => [
    index,
    index + all.length,
  ])
  return tokensOf(text, dialect)
    .flatMap(({ start, isName }) => (isName ? [] : [start]))
    .filter((start) => !versions.some(([from, to]) => start > from! && start < to!))
}

function insert(text: string, at: number, what: string): string {
  return `${text.slice(0, at)}${what}${text.slice(at)}`
}
