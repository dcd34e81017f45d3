/** Where everything of a box lies, in the canvas's pixels: known without asking the page, so that wires need no measuring. */
import type { Position } from '../contract/studio.ts'
import type { Box, Row } from './box.ts'

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Heights of lines: larger ones for fingers. */
export interface Metrics {
  readonly header: number
  readonly row: number
}

export const FINE: Metrics = { header: 44, row: 24 }
export const COARSE: Metrics = { header: 48, row: 40 }

const PROBLEM_HEIGHT = 40
const PADDING = 6
const BORDER = 1
/** Of the monospace font at 12 pixels; what is longer is cut by CSS. */
const CHARACTER = 7.3
const ROW_PADDING = 26
const ICON = 19
/** `does not fit`, in the page's font. */
const MARK = 72
const NARROWEST = 176
const NARROWEST_WITH_PROBLEM = 240
const WIDEST_COLUMN = 230

export function sizeOf(box: Box, metrics: Metrics): Size {
  const left = columnWidth(box.left)
  const right = columnWidth(box.right)
  const title =
    Math.min(longest([box.title, box.subtitle ?? '']), 34) * CHARACTER + 62 + (box.kind === 'group' ? 24 : 0)
  const rows = Math.max(box.left.length, box.right.length)
  return {
    width: Math.ceil(
      Math.max(box.problem === undefined ? NARROWEST : NARROWEST_WITH_PROBLEM, title, left + right),
    ),
    height:
      2 * BORDER +
      metrics.header +
      (rows === 0 ? 0 : rows * metrics.row + PADDING) +
      (box.problem === undefined ? 0 : PROBLEM_HEIGHT),
  }
}

/** The height's middle of a row, from the top of its box. */
export function rowMiddle(index: number, metrics: Metrics): number {
  return BORDER + metrics.header + (index + 0.5) * metrics.row
}

export function headerMiddle(metrics: Metrics): number {
  return BORDER + metrics.header / 2
}

/** The part of the width that the left column takes, 0 to 1. */
export function leftShare(box: Box): number {
  const left = columnWidth(box.left)
  const right = columnWidth(box.right)
  return left + right === 0 ? 0 : left / (left + right)
}

export function overlaps(one: Rect, other: Rect, margin: number): boolean {
  return (
    one.x < other.x + other.width + margin &&
    other.x < one.x + one.width + margin &&
    one.y < other.y + other.height + margin &&
    other.y < one.y + one.height + margin
  )
}

export function boundsOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 }
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  }
}

export function rectsOf(
  places: ReadonlyMap<string, Position>,
  sizes: ReadonlyMap<string, Size>,
): readonly Rect[] {
  return [...places].map(([id, place]) => ({ ...place, ...sizes.get(id)! }))
}

function columnWidth(rows: readonly Row[]): number {
  return Math.min(
    rows.reduce((most, row) => Math.max(most, rowWidth(row)), 0),
    WIDEST_COLUMN,
  )
}

function rowWidth(row: Row): number {
  const text = rowText(row).length * CHARACTER + ROW_PADDING
  if (row.kind === 'host') return text + ICON
  if (row.kind === 'export') return text + 2 * ICON
  return row.kind === 'port' && row.state === 'wrong' ? text + MARK : text
}

/** What is written on a row. */
export function rowText(row: Row): string {
  switch (row.kind) {
    case 'port':
    case 'open':
      return row.label
    case 'host':
      return `host: ${row.names.length} ${row.names.length === 1 ? 'interface' : 'interfaces'}`
    case 'export':
      return row.name
    case 'export-here':
      return 'drop here to export'
  }
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0)
}
