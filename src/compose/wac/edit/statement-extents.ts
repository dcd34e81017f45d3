import type { Span } from '../../../diagnostics/span.ts'
import type { DocumentSyntax } from '../syntax.ts'
import { beginsLine, commentsBehind, commentsIn, endOfLine, lineBreaks, startOfLine } from './comments.ts'

/** A statement with what belongs to it: the comments right above it, those behind it in its line, and the line break. */
export function extentOf(syntax: DocumentSyntax, index: number): Span {
  const { text } = syntax.source
  const { start } = syntax.spans[index]!
  const before = index === 0 ? syntax.declaration.end : syntax.spans[index - 1]!.end
  const above = commentsIn(text, before, start).slice(commentsBehind(text, before, start).length)
  let first = start
  for (const comment of above.reverse()) {
    if (lineBreaks(text, comment.end, first) > 1) break
    first = comment.start
  }
  const from = beginsLine(text, first) ? Math.max(startOfLine(text, first), before) : first
  return { start: from, end: endOf(syntax, index) }
}

/** Behind a statement, the comments in its line, and the line break; -1 is the line `package …;`. */
export function endOf(syntax: DocumentSyntax, index: number): number {
  const { text } = syntax.source
  const { end } = syntax.spans[index] ?? syntax.declaration
  const next = syntax.spans[index + 1]?.start ?? text.length
  const last = commentsBehind(text, end, next).at(-1)?.end ?? end
  const line = endOfLine(text, last)
  if (text.slice(last, line).trim() !== '') return last
  return Math.min(text.startsWith('\r\n', line) ? line + 2 : line + 1, text.length)
}
