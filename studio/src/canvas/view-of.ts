/** What of a drawing is shown when all of it is to be shown, and how large. */
import type { Rect, Size } from './geometry.ts'

/** Smaller, rows cannot be read, nor hit by a finger. */
export const READABLE = 0.75
/** Of the canvas, beside what is shown, in all. */
export const MARGIN = 0.12
/** Pixels left of the first blocks, where not all of them can be seen. */
const EDGE = 16
/** Pixels that the canvas's tools cover at the top and at the bottom. */
const TOOLS = 64

export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** As React Flow fits; never larger than life. */
export function zoomToFit(bounds: Size, view: Size): number {
  return Math.min(1, view.width / (bounds.width * (1 + MARGIN)), view.height / (bounds.height * (1 + MARGIN)))
}

/** On a narrow screen: large enough to be read, from the first blocks on where not all are seen then. */
export function narrowView(blocks: Rect, view: Size): View {
  const room = { width: view.width, height: view.height - TOOLS }
  const zoom = Math.max(READABLE, zoomToFit(blocks, room))
  const width = blocks.width * zoom
  const height = blocks.height * zoom
  const left = width > view.width - 2 * EDGE ? EDGE : (view.width - width) / 2
  const top = height > view.height - 2 * TOOLS ? TOOLS : (view.height - height) / 2
  return { x: left - blocks.x * zoom, y: top - blocks.y * zoom, zoom }
}

/** Whether the frames are better left at the edge: with them nothing could be read, and without them all. */
export function isBetterWithoutFrames(all: Size, blocks: Size, view: Size): boolean {
  return zoomToFit(all, view) < READABLE && zoomToFit(blocks, view) >= READABLE
}
