/** Automatic layout for the room that there is. */
import type { Graph } from '../contract/graph.ts'
import type { Group, Position } from '../contract/studio.ts'
import { arrange, type Shape } from './arrange.ts'
import { draw } from './draw.ts'
import { boundsOf, type Metrics, type Size, sizeOf } from './geometry.ts'
import { READABLE, zoomToFit } from './view-of.ts'

export interface CanvasRoom extends Size {
  /** A phone: the frames need not be seen beside the blocks. */
  readonly isNarrow: boolean
}

const SHAPES: readonly Shape[] = ['row', 'framed', 'column']
/** As much larger must all be drawn, where nothing can be read anyway, so that another shape is worth it. */
const WORTH_IT = 1.3

/**
 * As a row, where all of it can be read so; else as whatever is the first to be readable, or by far the largest.
 *
 * @returns by id of block
 */
export function arrangeFor(
  room: CanvasRoom,
  graph: Graph,
  groups: readonly Group[],
  metrics: Metrics,
): Readonly<Record<string, Position>> {
  const { boxes } = draw(graph, [], new Set())
  const seen = boxes.filter(({ blocks }) => !room.isNarrow || blocks.length > 0)
  let best: { readonly places: Readonly<Record<string, Position>>; readonly zoom: number } | undefined
  for (const shape of SHAPES) {
    const places = arrange(graph, groups, metrics, shape)
    const rects = seen.flatMap((box) => {
      const place = places[box.id]
      return place === undefined ? [] : [{ ...place, ...sizeOf(box, metrics) }]
    })
    const zoom = zoomToFit(boundsOf(rects), room)
    if (best === undefined || zoom > best.zoom * WORTH_IT || (zoom >= READABLE && best.zoom < READABLE))
      best = { places, zoom }
    if (best.zoom >= READABLE) break
  }
  return best!.places
}
