import { useMediaQuery } from '@mantine/hooks'
import { ReactFlowProvider } from '@xyflow/react'
import { type CSSProperties, type DragEvent, useEffect, useRef } from 'react'
import { useStudio } from '../state/store.ts'
import { focusCanvas } from './actions.ts'
import styles from './canvas.module.css'
import { canvas, useCanvas } from './canvas-state.ts'
import { CanvasTools } from './canvas-tools.tsx'
import { ContextMenu } from './context-menu.tsx'
import { EndPicker } from './end-picker.tsx'
import { Flow } from './flow.tsx'
import { COARSE, FINE } from './geometry.ts'
import { onCanvasKey, onCanvasKeyUp } from './keys.ts'
import { KeysHelp } from './keys-help.tsx'
import { Outline } from './outline.tsx'

/** The composition as blocks and wires, or as an outline of both. */
export function Canvas() {
  const view = useCanvas((state) => state.view)
  const metrics = useCanvas((state) => state.metrics)
  const wiring = useCanvas((state) =>
    state.wiring?.fits === undefined ? undefined : state.wiring.start.side,
  )
  const isTracing = useCanvas((state) => state.isTracing)
  const isFar = useCanvas((state) => state.isFar)
  const isStale = useStudio((studio) => studio.isStale)
  const isCoarse = useMediaQuery('(pointer: coarse)') ?? false
  useEffect(() => canvas.set({ metrics: isCoarse ? COARSE : FINE }), [isCoarse])
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) focusCanvas()
    isFirst.current = false
  }, [view])
  const sizes = {
    '--canvas-header': `${metrics.header}px`,
    '--canvas-row': `${metrics.row}px`,
  } as CSSProperties
  return (
    <section
      className={styles['canvas']}
      aria-label="Canvas"
      tabIndex={-1}
      data-canvas
      data-stale={isStale || undefined}
      data-wiring={wiring}
      data-far={isFar || undefined}
      data-tracing={isTracing || undefined}
      style={sizes}
      onKeyDown={onCanvasKey}
      onKeyUp={onCanvasKeyUp}
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
    >
      <ReactFlowProvider>
        {view === 'drawing' ? <Flow /> : <Outline />}
        <CanvasTools />
      </ReactFlowProvider>
      {isStale && (
        <p className={styles['stale']} role="status">
          The source cannot be read as it is. This is the last one that could.
        </p>
      )}
      <DropHint />
      <EndPicker />
      <ContextMenu />
      <KeysHelp />
      <Announcer />
    </section>
  )
}

/** Equal texts one after the other are read twice. */
function Announcer() {
  const { text, number } = useCanvas((state) => state.said)
  return (
    <p className={styles['said']} role="status">
      <span key={number}>{text}</span>
    </p>
  )
}

function DropHint() {
  const dropping = useCanvas((state) => state.dropping)
  if (dropping === undefined) return null
  const { at, count } = dropping
  return (
    <div className={styles['drop']} style={{ transform: `translate(${at.x}px, ${at.y}px)` }} aria-hidden>
      {count === 1 ? 'A block here' : `${count} blocks from here`}
    </div>
  )
}

function isFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files')
}

function onDragOver(event: DragEvent<HTMLElement>): void {
  if (!isFiles(event)) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  const { left, top } = event.currentTarget.getBoundingClientRect()
  canvas.set({
    dropping: {
      at: { x: event.clientX - left, y: event.clientY - top },
      count: event.dataTransfer.items.length,
    },
  })
}

function onDragLeave(event: DragEvent<HTMLElement>): void {
  if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
  canvas.set({ dropping: undefined })
}

function onDrop(event: DragEvent<HTMLElement>): void {
  canvas.set({ dropping: undefined })
  if (!isFiles(event) || event.dataTransfer.files.length === 0) return
  event.preventDefault()
  event.stopPropagation()
  const place = canvas.get().flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY })
  void useStudio.getState().open([...event.dataTransfer.files], place)
}
