import { displayWidth } from './display-width.ts'
import type { Paint } from './paint.ts'
import type { Source } from './source.ts'
import type { Span } from './span.ts'

export interface CodeLabel {
  readonly source: Source
  readonly span: Span
  /** Stands behind the carets; may be empty. */
  readonly text: string
}

export interface CodeFrame {
  readonly lines: readonly string[]
  /** Columns of the gutter, for notes that line up with the frame. */
  readonly gutter: number
}

/** Lines longer than this are cut around what the label points at. */
const widestLine = 120

/** One block per source, in the order of the labels; the first label gets `^`, the others `-`. */
export function renderCodeFrame(labels: readonly CodeLabel[], paint: Paint): CodeFrame {
  const gutter = Math.max(1, ...labels.map((label) => String(lineOf(label)).length))
  const sources = [...new Set(labels.map((label) => label.source))]
  const lines = sources.flatMap((source) => {
    const own = labels.filter((label) => label.source === source)
    return renderSource(own, labels[0], gutter, paint)
  })
  return { lines, gutter }
}

function lineOf(label: CodeLabel): number {
  return label.source.position(label.span.start).line
}

function renderSource(
  labels: CodeLabel[],
  first: CodeLabel | undefined,
  gutter: number,
  paint: Paint,
): string[] {
  const { source, span } = labels[0]!
  const { line, column } = source.position(span.start)
  const bar = `${' '.repeat(gutter)} ${paint('gutter', '|')}`
  const lines = [
    `${' '.repeat(gutter)}${paint('gutter', '-->')} ${paint('place', `${source.name}:${line}:${column}`)}`,
    bar,
  ]
  const sorted = labels.toSorted((a, b) => a.span.start - b.span.start)
  let previous = 0
  for (const label of sorted) {
    const at = lineOf(label)
    if (at !== previous) {
      if (previous !== 0 && at > previous + 1) lines.push(paint('gutter', '...'))
      lines.push(`${paint('gutter', `${String(at).padStart(gutter)} |`)} ${shownLine(label).text}`)
      previous = at
    }
    lines.push(`${bar} ${carets(label, label === first ? '^' : '-', paint)}`)
  }
  return lines
}

/** The label's line, tabs and control characters as one space each, long ones cut; `cut` units are gone at the left. */
function shownLine(label: CodeLabel): { text: string; cut: number } {
  const line = lineOf(label)
  const whole = label.source.line(line).replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
  if (whole.length <= widestLine) return { text: whole, cut: 0 }
  const start = label.span.start - label.source.lineStart(line)
  const cut = start < widestLine / 2 ? 0 : start - Math.floor(widestLine / 2)
  const end = cut + widestLine
  return { text: `${whole.slice(cut, end).toWellFormed()}${end < whole.length ? ' …' : ''}`, cut }
}

function carets(label: CodeLabel, mark: string, paint: Paint): string {
  const { text, cut } = shownLine(label)
  const start = label.span.start - label.source.lineStart(lineOf(label)) - cut
  const length = Math.min(label.span.end - label.span.start, text.length - start)
  const indent = ' '.repeat(displayWidth(text.slice(0, start)))
  const width = Math.max(1, displayWidth(text.slice(start, start + length)))
  return `${indent}${paint('label', `${mark.repeat(width)}${label.text ? ` ${label.text}` : ''}`)}`
}
