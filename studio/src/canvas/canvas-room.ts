/** How much room the canvas has. */
import type { CanvasRoom } from './arrange-for.ts'
import { NARROW } from './fit.ts'
import { COARSE, FINE, type Metrics } from './geometry.ts'

/** Pixels that stand beside the canvas at first. */
const BESIDE = 380

export function canvasRoom(): CanvasRoom {
  const isNarrow = matchMedia(NARROW).matches
  const drawn = document.querySelector('[data-canvas]')?.getBoundingClientRect()
  if (drawn !== undefined && drawn.width > 0) return { width: drawn.width, height: drawn.height, isNarrow }
  // It is about to be shown.
  return { width: innerWidth - (isNarrow ? 0 : BESIDE), height: innerHeight, isNarrow }
}

export function pointerMetrics(): Metrics {
  return matchMedia('(pointer: coarse)').matches ? COARSE : FINE
}
