/** All of the composition in view. */
import { canvas } from './canvas-state.ts'

export const NARROW = '(max-width: 40em)'

const MARGIN = 0.12
/** Rows can be read, and hit by a finger. */
const NARROW_ZOOM = 0.75

/** On a narrow screen the blocks, large enough to be read: the rest is a swipe away. */
export function fitAll(): void {
  const { flow } = canvas.get()
  if (flow === undefined) return
  if (!matchMedia(NARROW).matches) {
    void flow.fitView({ padding: MARGIN, maxZoom: 1 })
    return
  }
  const nodes = flow.getNodes().filter(({ data: { box } }) => box.blocks.length > 0)
  void flow.fitView({ nodes, padding: MARGIN, maxZoom: 1, minZoom: NARROW_ZOOM })
}

/** After React Flow has drawn what the store was told. */
export function fitAllSoon(): void {
  requestAnimationFrame(() => requestAnimationFrame(fitAll))
}
