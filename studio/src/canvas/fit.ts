/** All of the composition in view. */
import { canvas } from './canvas-state.ts'
import { isBetterWithoutFrames, MARGIN, narrowView } from './view-of.ts'

export const NARROW = '(max-width: 40em)'

/** On a narrow screen the blocks, large enough to be read: if not all of them are seen then, the first ones. */
export function fitAll(): void {
  fit(false)
}

/** The same where nobody asked for it: what can be read without the frames, and not with them, is shown without. */
export function fitReadable(): void {
  fit(true)
}

/** After React Flow has drawn what the store was told. */
export function fitReadableSoon(): void {
  requestAnimationFrame(() => requestAnimationFrame(fitReadable))
}

function fit(isReadableBetter: boolean): void {
  const { flow } = canvas.get()
  const view = document.querySelector('[data-canvas]')?.getBoundingClientRect()
  if (flow === undefined || view === undefined) return
  const all = flow.getNodes()
  const blocks = all.filter(({ data: { box } }) => box.blocks.length > 0)
  const bounds = flow.getNodesBounds(blocks)
  if (matchMedia(NARROW).matches && blocks.length > 0) {
    void flow.setViewport(narrowView(bounds, view))
    return
  }
  const isWithout = isReadableBetter && isBetterWithoutFrames(flow.getNodesBounds(all), bounds, view)
  void flow.fitView({ padding: MARGIN, maxZoom: 1, ...(isWithout && { nodes: blocks }) })
}
