import { useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { fitReadable } from './fit.ts'
import { boundsOf, type Size } from './geometry.ts'

/** Where a panel opens beside the canvas and cuts off what was in view, all of it is brought back into view. */
export function Refit() {
  const store = useStoreApi()
  useEffect(
    () =>
      store.subscribe(({ width, height }, before) => {
        if (width === before.width && height === before.height) return
        const isSeen = (size: Size) => {
          const { nodes, transform } = before
          const [x, y, zoom] = transform
          const bounds = boundsOf(
            nodes.map(({ position, measured }) => ({
              ...position,
              width: measured?.width ?? 0,
              height: measured?.height ?? 0,
            })),
          )
          const left = bounds.x * zoom + x
          const top = bounds.y * zoom + y
          return (
            left >= 0 &&
            top >= 0 &&
            left + bounds.width * zoom <= size.width &&
            top + bounds.height * zoom <= size.height
          )
        }
        if (before.nodes.length > 0 && isSeen(before) && !isSeen({ width, height })) {
          // React Flow knows its new size by then.
          requestAnimationFrame(fitReadable)
        }
      }),
    [store],
  )
  return null
}
