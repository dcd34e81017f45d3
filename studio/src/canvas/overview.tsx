import { useStore } from '@xyflow/react'
import { memo, type PointerEvent, useMemo } from 'react'
import { shallow } from 'zustand/shallow'
import { useStudio } from '../state/store.ts'
import { canvas, useCanvas } from './canvas-state.ts'
import { useDrawing } from './drawing.ts'
import { placeOf } from './flow-items.ts'
import { boundsOf, type Rect, sizeOf } from './geometry.ts'
import styles from './overview.module.css'

const WIDTH = 180
const HEIGHT = 120
const MARGIN = 8

/**
 * A small map of everything, large screens only. React Flow's own paints every block anew in each frame of a drag, which costs a third of
 * the frames of a large graph: here blocks are one path that changes when they have been moved, and only a frame follows what is seen.
 */
export function Overview() {
  const { boxes } = useDrawing()
  const positions = useStudio((studio) => studio.layout.positions)
  const metrics = useCanvas((state) => state.metrics)
  const { path, toMap, ofMap } = useMemo(() => {
    const rects = boxes.map((box) => ({ ...placeOf(box, positions), ...sizeOf(box, metrics) }))
    return mapOf(rects)
  }, [boxes, positions, metrics])
  if (boxes.length === 0) return null
  const go = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const { x, y } = ofMap(event.clientX - left, event.clientY - top)
    const { flow } = canvas.get()
    void flow?.setCenter(x, y, { zoom: flow.getZoom() })
  }
  return (
    <div
      className={styles['overview']}
      style={{ width: WIDTH, height: HEIGHT }}
      aria-hidden
      onPointerDown={go}
      onPointerMove={go}
    >
      <Blocks path={path} />
      <Seen toMap={toMap} />
    </div>
  )
}

const Blocks = memo(({ path }: { readonly path: string }) => (
  <svg width={WIDTH} height={HEIGHT} className={styles['blocks']}>
    <title>Blocks</title>
    <path d={path} />
  </svg>
))

/** What of the canvas is seen now. */
function Seen({ toMap }: { readonly toMap: (rect: Rect) => Rect }) {
  const [x, y, zoom, width, height] = useStore(
    ({ transform, width: seenWidth, height: seenHeight }) => [...transform, seenWidth, seenHeight] as const,
    shallow,
  )
  const rect = toMap({ x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom })
  return (
    <div
      className={styles['seen']}
      style={{ transform: `translate(${rect.x}px, ${rect.y}px)`, width: rect.width, height: rect.height }}
    />
  )
}

function mapOf(rects: readonly Rect[]) {
  const bounds = boundsOf(rects)
  const scale = Math.min((WIDTH - 2 * MARGIN) / bounds.width, (HEIGHT - 2 * MARGIN) / bounds.height)
  const left = (WIDTH - bounds.width * scale) / 2 - bounds.x * scale
  const top = (HEIGHT - bounds.height * scale) / 2 - bounds.y * scale
  const toMap = ({ x, y, width, height }: Rect): Rect => ({
    x: left + x * scale,
    y: top + y * scale,
    width: width * scale,
    height: height * scale,
  })
  const ofMap = (x: number, y: number) => ({ x: (x - left) / scale, y: (y - top) / scale })
  const path = rects
    .map(toMap)
    .map(
      ({ x, y, width, height }) =>
        `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`,
    )
    .join('')
  return { path, toMap, ofMap }
}
