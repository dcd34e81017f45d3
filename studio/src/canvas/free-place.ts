/** Places for what is new, without moving what is there. */
import type { Position } from '../contract/studio.ts'
import type { Drawing } from './box.ts'
import { EXPORTS_BOX, IMPORTS_BOX } from './box.ts'
import { framePlaces } from './frame-places.ts'
import type { Metrics, Rect, Size } from './geometry.ts'
import { overlaps, sizeOf } from './geometry.ts'

const STEP = 40
const MARGIN = 24
const MOST_RINGS = 200

/** The free place that is next to the wanted one; beyond the 200th ring around it, the wanted one itself. */
export function freePlace(size: Size, taken: readonly Rect[], wanted: Position): Position {
  for (let ring = 0; ring < MOST_RINGS; ring++) {
    for (const place of ringAround(wanted, ring)) {
      const rect = { ...place, ...size }
      if (!taken.some((other) => overlaps(rect, other, MARGIN))) return place
    }
  }
  return wanted
}

function* ringAround({ x, y }: Position, ring: number): Iterable<Position> {
  if (ring === 0) yield { x, y }
  const far = ring * STEP
  // Below and to the right first: as one writes.
  for (let step = -ring; step <= ring; step++) yield { x: x + step * STEP, y: y + far }
  for (let step = -ring; step < ring; step++) yield { x: x + far, y: y + step * STEP }
  for (let step = -ring; step < ring; step++) yield { x: x - far, y: y + step * STEP }
  for (let step = -ring + 1; step < ring; step++) yield { x: x + step * STEP, y: y - far }
}

/**
 * Places for the blocks and frames of a drawing that have none, where others have some.
 *
 * @param wanted where new blocks should be, such as the middle of what is seen
 */
export function placesOfNew(
  drawing: Drawing,
  positions: Readonly<Record<string, Position>>,
  metrics: Metrics,
  wanted: Position,
): Readonly<Record<string, Position>> {
  const found: Record<string, Position> = {}
  const taken: Rect[] = []
  const sizes = new Map(drawing.boxes.map((box) => [box.id, sizeOf(box, metrics)]))
  for (const [id, size] of sizes) {
    const place = positions[id]
    if (place !== undefined) taken.push({ ...place, ...size })
  }
  for (const box of drawing.boxes) {
    if (positions[box.id] !== undefined || (box.kind !== 'instance' && box.kind !== 'import')) continue
    const size = sizes.get(box.id)!
    const place = freePlace(size, taken, { x: wanted.x - size.width / 2, y: wanted.y - size.height / 2 })
    found[box.id] = { x: Math.round(place.x), y: Math.round(place.y) }
    taken.push({ ...found[box.id]!, ...size })
  }
  const blocks = new Map(
    drawing.boxes
      .filter(({ kind }) => kind === 'instance' || kind === 'import')
      .map(({ id }) => [id, found[id] ?? positions[id]!]),
  )
  const frame = framePlaces(blocks, sizes)
  for (const id of [IMPORTS_BOX, EXPORTS_BOX]) {
    const place = frame[id]
    if (place !== undefined && positions[id] === undefined)
      found[id] = freePlace(sizes.get(id)!, taken, place)
  }
  return found
}
