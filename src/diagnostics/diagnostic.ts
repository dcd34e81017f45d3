import { type CodeLabel, renderCodeFrame } from './code-frame.ts'
import { type Paint, plain } from './paint.ts'

/** A problem in a text: what is wrong, where, and what helps. The first label is the place itself. */
export interface Diagnostic {
  readonly message: string
  /** Where two things clash, both places are labelled. */
  readonly labels: readonly CodeLabel[]
  /** Lines below the frame: the signature, the cure. */
  readonly notes: readonly string[]
}

/**
 * @example
 * error: expected u32, found a string
 *  --> <call>:1:5
 *   |
 * 1 | add("one", 2)
 *   |     ^^^^^ expected u32
 *   = add: func(a: u32, b: u32) -> u32
 */
export function renderDiagnostic(diagnostic: Diagnostic, paint: Paint = plain): string {
  const headline = `${paint('error', 'error:')} ${paint('message', diagnostic.message)}`
  return [headline, renderBody(diagnostic, paint)].join('\n')
}

/** The same without its first line: for errors whose message is printed by somebody else. */
export function renderBody(diagnostic: Diagnostic, paint: Paint = plain): string {
  const frame = renderCodeFrame(diagnostic.labels, paint)
  const notes = diagnostic.notes.map(
    (note) => `${' '.repeat(frame.gutter)} ${paint('gutter', '=')} ${paint('note', note)}`,
  )
  return [...frame.lines, ...notes].join('\n')
}
