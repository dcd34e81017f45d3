/** Where the composition's own imports and exports stand. */
import type { Position } from '../contract/studio.ts'
import { EXPORTS_BOX, IMPORTS_BOX } from './box.ts'
import type { Size } from './geometry.ts'
import { boundsOf, rectsOf } from './geometry.ts'

/** Between blocks and the frame of the composition. */
const TO_FRAME = 88
/** The same where the frame is above and below them. */
const ABOVE = 48
/** How far it sticks out then, so that its wires begin and end beside the blocks. */
const OUT = 40

/** The composition's imports stand left of everything, or above it, its exports right, or below. */
export function framePlaces(
  places: ReadonlyMap<string, Position>,
  sizes: ReadonlyMap<string, Size>,
  side: 'beside' | 'above' = 'beside',
): Readonly<Record<string, Position>> {
  const bounds = boundsOf(rectsOf(places, sizes))
  const middle = bounds.y + bounds.height / 2
  const frame: Record<string, Position> = {}
  const imports = sizes.get(IMPORTS_BOX)
  const exports = sizes.get(EXPORTS_BOX)
  if (side === 'above') {
    if (imports !== undefined) frame[IMPORTS_BOX] = rounded(bounds.x - OUT, bounds.y - ABOVE - imports.height)
    if (exports !== undefined)
      frame[EXPORTS_BOX] = rounded(
        bounds.x + bounds.width + OUT - exports.width,
        bounds.y + bounds.height + ABOVE,
      )
    return frame
  }
  if (imports !== undefined) {
    const x = Math.round(bounds.x - TO_FRAME - imports.width)
    frame[IMPORTS_BOX] = { x, y: Math.round(middle - imports.height / 2) }
  }
  if (exports !== undefined) {
    const x = Math.round(bounds.x + bounds.width + TO_FRAME)
    frame[EXPORTS_BOX] = { x, y: Math.round(middle - exports.height / 2) }
  }
  return frame
}

function rounded(x: number, y: number): Position {
  return { x: Math.round(x), y: Math.round(y) }
}
