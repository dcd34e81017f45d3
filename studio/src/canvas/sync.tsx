import { type Transform, useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import type { Position } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import { canvas, useCanvas } from './canvas-state.ts'
import type { Drawing } from './box.ts'
import { useDrawing } from './drawing.ts'
import { canvasRoom, pointerMetrics } from './canvas-room.ts'
import { fitReadable, fitReadableSoon } from './fit.ts'
import { type BoxNode, boxNodes, type WireEdge, wireEdges } from './flow-items.ts'
import { placesOfNew } from './free-place.ts'
import type { Metrics } from './geometry.ts'
import { keep } from './keep.ts'
import { isRearranged } from './rearranged.ts'

/** Hands the drawing to React Flow: what did not change keeps its identity, and so is not drawn again. */
export function Sync() {
  const store = useStoreApi<BoxNode, WireEdge>()
  const drawing = useDrawing()
  const positions = useStudio((studio) => studio.layout.positions)
  const selection = useStudio((studio) => studio.selection)
  const metrics = useCanvas((state) => state.metrics)
  usePlaces(drawing, positions, metrics)
  useFit(positions)
  useFitOpened()

  // Not before React Flow has begun: it begins empty.
  useEffect(() => {
    const { nodeLookup, edgeLookup, setNodes, setEdges } = store.getState()
    const selected = new Set(selection)
    const placed = drawing.boxes.filter(({ id, kind, blocks }) =>
      kind === 'group' ? blocks.some((block) => positions[block] !== undefined) : positions[id] !== undefined,
    )
    const nodes = boxNodes({ ...drawing, boxes: placed }, positions, metrics).map((fresh) => {
      const now = nodeLookup.get(fresh.id)?.internals.userNode
      const node = { ...fresh, selected: selected.has(fresh.id) }
      if (now === undefined) return node
      // Somebody holds it: it stays in their hand.
      if (now.dragging === true) return keepNode(now, { ...node, position: now.position, dragging: true })
      return keepNode(now, node)
    })
    const shown = new Set(placed.map(({ id }) => id))
    const edges = wireEdges(drawing)
      .filter(({ source, target }) => shown.has(source) && shown.has(target))
      .map((fresh): WireEdge => {
        const edge = { ...fresh, selected: selected.has(fresh.id) }
        const now = edgeLookup.get(fresh.id)
        return now === undefined ? edge : keep(now, edge)
      })
    const isNew =
      nodeLookup.size > 0 &&
      nodes.some((node) => isBlock(node) && !nodeLookup.has(node.id) && !isSeen(node, store.getState()))
    setNodes(nodes)
    setEdges(edges)
    // What a person just made is no use out of sight.
    if (isNew) fitReadableSoon()
  }, [store, drawing, positions, selection, metrics])
  return null
}

function isBlock({ data: { box } }: BoxNode): boolean {
  return box.kind === 'instance' || box.kind === 'import'
}

function isSeen(
  { position, width = 0, height = 0 }: BoxNode,
  view: { readonly transform: Transform; readonly width: number; readonly height: number },
): boolean {
  const [x, y, zoom] = view.transform
  const left = position.x * zoom + x
  const top = position.y * zoom + y
  return left >= 0 && top >= 0 && left + width * zoom <= view.width && top + height * zoom <= view.height
}

/** `data` is compared by identity: the drawing has kept it where nothing changed. */
function keepNode(now: BoxNode, fresh: BoxNode): BoxNode {
  const isSame =
    now.data.box === fresh.data.box &&
    now.position.x === fresh.position.x &&
    now.position.y === fresh.position.y &&
    (now.selected ?? false) === fresh.selected &&
    (now.dragging ?? false) === (fresh.dragging ?? false) &&
    now.width === fresh.width &&
    now.height === fresh.height
  return isSame ? now : fresh
}

/** What was laid out anew is shown whole, whoever asked for it. */
function useFit(positions: Readonly<Record<string, Position>>): void {
  const before = useRef(positions)
  useEffect(() => {
    const ids = useStudio.getState().graph.blocks.map(({ id }) => id)
    const isNew = isRearranged(before.current, positions, ids)
    before.current = positions
    if (isNew) fitReadable()
  }, [positions])
}

/** A document that was opened is shown whole. */
function useFitOpened(): void {
  const opened = useStudio((studio) => studio.opened)
  // Blocks out of sight are not drawn, so not measured: that there are some is all that can be waited for.
  const hasNodes = useStore(({ nodes }) => nodes.length > 0)
  const { viewportInitialized } = useReactFlow()
  const hasFlow = useCanvas(({ flow }) => flow !== undefined) && viewportInitialized
  const fitted = useRef<number>(undefined)
  // Another canvas has another.
  useEffect(() => () => canvas.set({ flow: undefined }), [])
  useEffect(() => {
    if (!hasNodes || !hasFlow || fitted.current === opened) return
    fitted.current = opened
    fitReadableSoon()
  }, [hasNodes, hasFlow, opened])
}

/** Blocks without a place get one: all of them a layout, single ones what is free in the middle of what is seen. */
function usePlaces(drawing: Drawing, positions: Readonly<Record<string, Position>>, metrics: Metrics): void {
  const store = useStoreApi()
  const isLayingOut = useRef(false)
  useEffect(() => {
    const { graph, layout, move } = useStudio.getState()
    const missing = graph.blocks.filter(({ id }) => positions[id] === undefined)
    const isFrameMissing = drawing.boxes.some(
      ({ id, kind }) => (kind === 'imports' || kind === 'exports') && positions[id] === undefined,
    )
    if (missing.length === 0 && !isFrameMissing) return
    if (missing.length > 1 && missing.length === graph.blocks.length) {
      if (isLayingOut.current) return
      isLayingOut.current = true
      void import('./arrange-for.ts')
        .then(({ arrangeFor }) => {
          // The canvas may not know yet what points at it.
          move(arrangeFor(canvasRoom(), graph, layout.groups, pointerMetrics()), false)
          // After React Flow has drawn them.
          fitReadableSoon()
        })
        .finally(() => {
          isLayingOut.current = false
        })
      return
    }
    const { transform, width, height } = store.getState()
    const [x, y, zoom] = transform
    move(
      placesOfNew(drawing, positions, metrics, { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }),
      false,
    )
  }, [store, drawing, positions, metrics])
}
