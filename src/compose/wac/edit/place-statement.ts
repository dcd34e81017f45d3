import type { StatementSyntax } from '../syntax.ts'
import { beginsLine } from './comments.ts'
import type { Draft } from './draft.ts'
import { endOf, extentOf } from './statement-extents.ts'

/** Puts a statement before another one and its comments. */
export function insertBefore(draft: Draft, index: number, statement: string): void {
  const { newline, syntax, text } = draft
  const { start } = extentOf(syntax, index)
  const before = beginsLine(text, start) ? '' : newline
  draft.insert(start, before + statement + newline + (isBlock(syntax.statements[index]) ? newline : ''))
}

/** Puts a statement behind another one; behind the line `package …;` where the index is -1. */
function insertAfter(draft: Draft, index: number, statement: string): void {
  const { newline, syntax, text } = draft
  const at = endOf(syntax, index)
  const before = beginsLine(text, at) ? '' : newline
  const gap = /^\r?\n/.exec(text.slice(at))?.[0] ?? ''
  if (index < 0 || isBlock(syntax.statements[index])) {
    // Into the gap, if there is one.
    draft.insert(at + gap.length, before + (gap === '' ? newline : '') + statement + newline)
    return
  }
  const after = gap === '' && isBlock(syntax.statements[index + 1]) ? newline : ''
  draft.insert(at, before + statement + newline + after)
}

/** Behind the last statement that makes something; before the exports where there is none. */
export function insertInstance(draft: Draft, statement: string): void {
  const { statements } = draft.syntax
  const last = statements.findLastIndex(({ kind }) => kind === 'let' || kind === 'import')
  const exported = statements.findIndex(({ kind }) => kind === 'export')
  if (last < 0 && exported >= 0) insertBefore(draft, exported, statement)
  else insertAfter(draft, last < 0 ? statements.length - 1 : last, statement)
}

/** Behind the last import above all instances, or else before the first of them. */
export function insertImport(draft: Draft, statement: string): void {
  const { statements } = draft.syntax
  const first = statements.findIndex(({ kind }) => kind === 'let' || kind === 'export')
  const above = first < 0 ? statements : statements.slice(0, first)
  const last = above.findLastIndex(({ kind }) => kind === 'import')
  if (last < 0 && first >= 0) insertBefore(draft, first, statement)
  else insertAfter(draft, last < 0 ? statements.length - 1 : last, statement)
}

export function insertExport(draft: Draft, statement: string): void {
  insertAfter(draft, draft.syntax.statements.length - 1, statement)
}

/** Takes statements out, with their comments, and one of two blank lines that would meet. */
export function removeStatements(draft: Draft, indices: Iterable<number>): void {
  const { syntax, text } = draft
  for (const index of indices) {
    const { start, end } = extentOf(syntax, index)
    const afterBlank = /\n[ \t]*\r?\n$/.test(text.slice(0, start))
    const blank = afterBlank ? (/^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0) : 0
    draft.replace({ start, end: end + blank }, '')
  }
}

/** Puts statements, with their comments and in their order, right before one that stands above them. */
export function moveBefore(draft: Draft, target: number, indices: readonly number[]): void {
  const { newline, syntax } = draft
  const ordered = [...indices].sort((a, b) => a - b)
  const texts = ordered.map((index) => {
    const text = draft.slice(extentOf(syntax, index)).trim()
    return isBlock(syntax.statements[index]) ? `${newline}${text}${newline}` : text
  })
  removeStatements(draft, ordered)
  insertBefore(draft, target, texts.join(newline))
}

/** Types stand between blank lines, as `formatWac` has them. */
function isBlock(statement: StatementSyntax | undefined): boolean {
  if (statement === undefined) return false
  const { kind } = statement
  if (kind === 'import' || kind === 'let' || kind === 'export') return false
  return kind === 'interface' || kind === 'world' || statement.attributes.length > 0
}
