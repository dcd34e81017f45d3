/** Where the composition's own imports and exports stand. */
import type { Position } from '../contract/studio.ts'
import { EXPORTS_BOX, IMPORTS_BOX } from './box.ts'
import type { Size } from './geometry.ts'
import { boundsOf, rectsOf } from './geometry.ts'

/** Between blocks and the frame of the composition. */
const TO_FRAME = 88

/** The composition's imports stand left of everything, its exports right. */
export function framePlaces(
  places: ReadonlyMap<string, Position>,
  sizes: ReadonlyMap<string, Size>,
): Readonly<Record<string, Position>> {
  const bounds = boundsOf(rectsOf(places, sizes))
  const middle = bounds.y + bounds.height / 2
  const frame: Record<string, Position> = {}
  const imports = sizes.get(IMPORTS_BOX)
  const exports = sizes.get(EXPORTS_BOX)
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
