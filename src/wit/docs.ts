import { endOfBlockComment } from './lex.ts'

/**
 * The comments in a piece of text that has nothing else, as documentation: without their marks, without the space that all
 * lines begin with. Like other toolchains' parsers this takes every comment before a definition, not only `///` and `/**`.
 */
export function readDocs(text: string, from: number, to: number): string | undefined {
  const comments = commentsIn(text, from, to).map(withoutMarks)
  // Not `Math.min(…)` of them all: a file may have more lines than a call takes arguments.
  const margin = comments.reduce(
    (least, one) => (one === '' ? least : Math.min(least, /^[ \t\r\n]*/.exec(one)![0].length)),
    Number.POSITIVE_INFINITY,
  )
  const prefix = ' '.repeat(Number.isFinite(margin) ? margin : 0)
  const lines = comments
    .map((one) => (one.startsWith(prefix) ? one.slice(prefix.length) : one))
    .flatMap((one) => (one === '' ? [''] : one.replace(/\r?\n$/, '').split(/\r?\n/)))
  return lines.length === 0 ? undefined : lines.join('\n').replace(/\n+$/, '')
}

function commentsIn(text: string, from: number, to: number): string[] {
  const comments: string[] = []
  let at = text.indexOf('/', from)
  while (at !== -1 && at < to) {
    const isBlock = text[at + 1] === '*'
    const newline = text.indexOf('\n', at)
    const end = isBlock ? endOfBlockComment(text, at) : newline === -1 ? to : newline
    if (end === -1) break
    comments.push(text.slice(at, end))
    at = text.indexOf('/', end)
  }
  return comments
}

function withoutMarks(comment: string): string {
  const text = comment.startsWith('/**') ? comment.slice(3, -2) : comment.replace(/^\/+/, '')
  return text.trimEnd()
}
