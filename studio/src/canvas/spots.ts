/** The focus on the canvas: found by names in the page, and brought into view. */
import { canvas } from './canvas-state.ts'
import { boxById } from './drawing.ts'
import { sizeOf } from './geometry.ts'
import type { Spot } from './navigate.ts'

/** Below this zoom, rows are not drawn. */
export const FAR = 0.45
const NEAR = 0.9
/** Pixels of the page that must stay around what has the focus. */
const AROUND = 16

function spotElement({ box, row }: Spot): HTMLElement | null {
  const part = row === undefined ? '[data-title]' : `[data-row="${CSS.escape(row)}"] button`
  return document.querySelector<HTMLElement>(`[data-box="${CSS.escape(box)}"] ${part}`)
}

export function spotOf(element: Element): Spot | undefined {
  const box = element.closest<HTMLElement>('[data-box]')?.dataset['box']
  if (box === undefined) return undefined
  return { box, row: element.closest<HTMLElement>('[data-row]')?.dataset['row'] }
}

/** Gives the focus, after moving the canvas so that it is seen. */
export function focusSpot(spot: Spot): void {
  const { flow } = canvas.get()
  const isFar = flow !== undefined && flow.getZoom() < FAR
  if ((isFar && spot.row !== undefined) || !isSeen(spotElement(spot))) center(spot.box)
  // Rows that were too small to be drawn are there in the next frame.
  if (isFar && spot.row !== undefined) requestAnimationFrame(() => spotElement(spot)?.focus())
  else spotElement(spot)?.focus({ preventScroll: true })
}

function isSeen(element: HTMLElement | null): boolean {
  const view = element?.closest('[data-canvas]')?.getBoundingClientRect()
  if (element === null || view === undefined) return false
  const { left, right, top, bottom } = element.getBoundingClientRect()
  return (
    left >= view.left + AROUND &&
    right <= view.right - AROUND &&
    top >= view.top + AROUND &&
    bottom <= view.bottom - AROUND
  )
}

function center(id: string): void {
  const { flow, metrics } = canvas.get()
  const box = boxById(id)
  const node = flow?.getNode(id)
  if (flow === undefined || box === undefined || node === undefined) return
  const { width, height } = sizeOf(box, metrics)
  const zoom = flow.getZoom() < FAR ? NEAR : flow.getZoom()
  flow.setCenter(node.position.x + width / 2, node.position.y + height / 2, { zoom })
}
