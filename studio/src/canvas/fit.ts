/** All of the composition in view. */
import { canvas } from './canvas-state.ts'

export const NARROW = '(max-width: 40em)'

const MARGIN = 0.12
/** Rows can be read, and hit by a finger. */
const NARROW_ZOOM = 0.75
/** Pixels left of the first blocks. */
const EDGE = 16
/** Pixels that the canvas's tools cover at the top and at the bottom. */
const TOOLS = 64
const NARROW_PADDING = { x: MARGIN, y: `${TOOLS}px` } as const

/** On a narrow screen the blocks, large enough to be read: if not all of them are seen then, the first ones. */
export function fitAll(): void {
  const { flow } = canvas.get()
  const view = document.querySelector('[data-canvas]')?.getBoundingClientRect()
  if (flow === undefined || view === undefined) return
  const nodes = flow.getNodes().filter(({ data: { box } }) => box.blocks.length > 0)
  const bounds = flow.getNodesBounds(nodes)
  const isTooWide = bounds.width * NARROW_ZOOM > view.width * (1 - MARGIN)
  if (!matchMedia(NARROW).matches) void flow.fitView({ padding: MARGIN, maxZoom: 1 })
  else if (!isTooWide) void flow.fitView({ nodes, padding: NARROW_PADDING, maxZoom: 1, minZoom: NARROW_ZOOM })
  else {
    const height = Math.min(bounds.height * NARROW_ZOOM, view.height * (1 - MARGIN))
    void flow.setViewport({
      x: EDGE - bounds.x * NARROW_ZOOM,
      y: Math.max(TOOLS, (view.height - height) / 2) - bounds.y * NARROW_ZOOM,
      zoom: NARROW_ZOOM,
    })
  }
}

/** After React Flow has drawn what the store was told. */
export function fitAllSoon(): void {
  requestAnimationFrame(() => requestAnimationFrame(fitAll))
}
