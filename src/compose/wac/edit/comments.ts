import type { Span } from '../../../diagnostics/span.ts'
import { endOfBlockComment } from '../../../wit/lex.ts'

export interface Comment extends Span {
  /** `//`: the line ends with it; its span does not have the line break. */
  readonly endsLine: boolean
}

/** The comments of a part of a text that is known to be readable, and begins in none. */
export function commentsIn(text: string, start: number, end: number): Comment[] {
  const comments: Comment[] = []
  const next = /"(?:\\[\s\S]|[^"\\])*"|\/[/*]/g
  next.lastIndex = start
  for (let match = next.exec(text); match && match.index < end; match = next.exec(text)) {
    if (match[0].startsWith('"')) continue
    const endsLine = match[0] === '//'
    const closed = endsLine ? endOfLine(text, match.index) : endOfBlockComment(text, match.index)
    const close = closed === -1 ? text.length : closed
    comments.push({ start: match.index, end: close, endsLine })
    next.lastIndex = close
  }
  return comments
}

/**
 * The comments in the line of what ends at an offset: none where something else follows in the line, to which they belong.
 *
 * @param next where the next token begins
 */
export function commentsBehind(text: string, end: number, next: number): Comment[] {
  const found: Comment[] = []
  let at = end
  for (const comment of commentsIn(text, end, next)) {
    if (lineBreaks(text, at, comment.start) > 0) break
    found.push(comment)
    at = comment.end
  }
  const isLast = found.at(-1)?.endsLine || next === text.length || lineBreaks(text, at, next) > 0
  return isLast ? found : []
}

export function lineBreaks(text: string, start: number, end: number): number {
  return text.slice(start, end).split('\n').length - 1
}

/** The comments of a part of a text that goes, to be put before what comes instead; empty where there are none. */
export function keptComments(text: string, start: number, end: number): string {
  const comments = commentsIn(text, start, end)
  return comments.map((each) => text.slice(each.start, each.end) + (each.endsLine ? '\n' : ' ')).join('')
}

/** Before the line break. */
export function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  if (newline === -1) return text.length
  return text[newline - 1] === '\r' && newline > offset ? newline - 1 : newline
}

export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Nothing but spaces stands before it in its line. */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(startOfLine(text, offset), offset).trim() === ''
}
