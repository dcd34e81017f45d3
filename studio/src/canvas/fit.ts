/** All of the composition in view. */
import { canvas } from './canvas-state.ts'

export const NARROW = '(max-width: 40em)'

/** On a narrow screen what is shown stays large enough to be read: the rest is a swipe away. */
export function fitAll(): void {
  const minZoom = matchMedia(NARROW).matches ? { minZoom: 0.5 } : {}
  void canvas.get().flow?.fitView({ padding: 0.12, maxZoom: 1, ...minZoom })
}

/** After React Flow has drawn what the store was told. */
export function fitAllSoon(): void {
  requestAnimationFrame(() => requestAnimationFrame(fitAll))
}
