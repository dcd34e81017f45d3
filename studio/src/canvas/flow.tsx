import '@xyflow/react/dist/base.css'
import {
  type Connection,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
  useStoreApi,
} from '@xyflow/react'
import { useMediaQuery } from '@mantine/hooks'
import { type MouseEvent as ReactMouseEvent, useCallback, useMemo, useRef } from 'react'
import { useStudio } from '../state/store.ts'
import { disconnect, exportAs, exportEnd, remove } from './actions.ts'
import type { PortRef } from '../contract/graph.ts'
import { BlockToolbar } from './block-toolbar.tsx'
import { BoxNode } from './box-node.tsx'
import { canvas } from './canvas-state.ts'
import { boxById, currentDrawing } from './drawing.ts'
import { DrawnWire } from './drawn-wire.tsx'
import { blockTitle, endKey, endOfKey } from './ends.ts'
import { type BoxNode as BoxFlowNode, movedBlocks, type WireEdge as WireFlowEdge } from './flow-items.ts'
import { Far } from './far.tsx'
import styles from './flow.module.css'
import { GroupFrames } from './group-frames.tsx'
import { Overview } from './overview.tsx'
import { Refit } from './refit.tsx'
import { Sync } from './sync.tsx'
import { WireEdge } from './wire-edge.tsx'
import { beginDragging, connect, endDragging, fitsOf, pickEnd, pickEndOf } from './wiring.ts'

const nodeTypes = { box: BoxNode }
const edgeTypes = { wire: WireEdge }
const MULTI = ['Shift', 'Meta', 'Control']
const NO_NODES: BoxFlowNode[] = []
const NO_EDGES: WireFlowEdge[] = []
const HIDE = { hideAttribution: true }
/** Pixels from a handle in which a wire that is let go still finds it. */
const CATCH = 18

/** The drawing. Places are React Flow's own while boxes are dragged, and the store's after. */
export function Flow() {
  const hasMap = useMediaQuery('(min-width: 1200px)') ?? false
  const wireEvents = useWireEvents()
  const onNodesChange = useCallback((changes: NodeChange<BoxFlowNode>[]) => followSelection(changes), [])
  const onEdgesChange = useCallback((changes: EdgeChange<WireFlowEdge>[]) => followSelection(changes), [])
  const onInit = useCallback((flow: ReactFlowInstance<BoxFlowNode, WireFlowEdge>) => canvas.set({ flow }), [])
  return (
    <ReactFlow<BoxFlowNode, WireFlowEdge>
      className={styles['flow']}
      defaultNodes={NO_NODES}
      defaultEdges={NO_EDGES}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onInit={onInit}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onNodeDragStop={onDragStop}
      onSelectionDragStop={onSelectionDragStop}
      onNodeClick={onNodeClick}
      onNodeContextMenu={onNodeContextMenu}
      onEdgeContextMenu={onEdgeContextMenu}
      onPaneContextMenu={onPaneContextMenu}
      isValidConnection={isValidConnection}
      connectionLineComponent={DrawnWire}
      {...wireEvents}
      connectOnClick={false}
      connectionRadius={CATCH}
      reconnectRadius={12}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={MULTI}
      selectionMode={SelectionMode.Partial}
      zoomOnDoubleClick={false}
      minZoom={0.05}
      maxZoom={2}
      proOptions={HIDE}
    >
      <Sync />
      <Far />
      <Refit />
      <GroupFrames />
      <BlockToolbar />
      {hasMap && <Overview />}
    </ReactFlow>
  )
}

/** Selecting on the canvas selects in the store, which the editor follows, too. */
function followSelection(changes: readonly (NodeChange<BoxFlowNode> | EdgeChange<WireFlowEdge>)[]): void {
  const selects = changes.filter((change) => change.type === 'select')
  if (selects.length === 0) return
  const { selection, select } = useStudio.getState()
  const ids = new Set(selection)
  for (const { id, selected } of selects) {
    if (selected) ids.add(id)
    else ids.delete(id)
  }
  if (ids.size !== selection.length || selection.some((id) => !ids.has(id))) select([...ids])
}

function onDragStop(_event: unknown, _node: BoxFlowNode, nodes: BoxFlowNode[]): void {
  keepPlaces(nodes)
}

function onSelectionDragStop(_event: unknown, nodes: BoxFlowNode[]): void {
  keepPlaces(nodes)
}

function keepPlaces(nodes: readonly BoxFlowNode[]): void {
  const { layout, move } = useStudio.getState()
  const moved = movedBlocks(
    nodes.map(({ data: { box }, position }) => ({ box, place: position })),
    layout.positions,
  )
  const isMoved = Object.entries(moved).some(([id, { x, y }]) => {
    const old = layout.positions[id]
    return old?.x !== x || old.y !== y
  })
  if (isMoved) move(moved, true)
}

/** React Flow keeps a selection of several, so that they can be dragged; a click was no drag. */
function onNodeClick(event: ReactMouseEvent, { id }: BoxFlowNode): void {
  if (event.shiftKey || event.ctrlKey || event.metaKey) return
  const { selection, select } = useStudio.getState()
  if (selection.length > 1 && selection.includes(id)) select([id])
}

function onNodeContextMenu(event: ReactMouseEvent, node: BoxFlowNode): void {
  event.preventDefault()
  const at = { x: event.clientX, y: event.clientY }
  const row = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row']
  const end = row === undefined ? undefined : endOfKey(row)
  const exported =
    row?.startsWith('@export/') === true ? decodeURIComponent(row.slice('@export/'.length)) : undefined
  if (end !== undefined) canvas.set({ menu: { at, target: { kind: 'port', end } } })
  else if (exported !== undefined) canvas.set({ menu: { at, target: { kind: 'export', name: exported } } })
  else if (node.data.box.blocks.length > 0)
    canvas.set({ menu: { at, target: { kind: 'box', box: node.id } } })
}

function onEdgeContextMenu(event: ReactMouseEvent, edge: WireFlowEdge): void {
  event.preventDefault()
  if (edge.data?.wire.kind === 'open') return
  canvas.set({
    menu: { at: { x: event.clientX, y: event.clientY }, target: { kind: 'wire', wire: edge.id } },
  })
}

function onPaneContextMenu(event: ReactMouseEvent | MouseEvent): void {
  event.preventDefault()
  const at = { x: event.clientX, y: event.clientY }
  const place = canvas.get().flow?.screenToFlowPosition(at) ?? { x: 0, y: 0 }
  canvas.set({ menu: { at, target: { kind: 'canvas', place } } })
}

/** What is known to fit; everything else is decided when the wire is let go. */
function isValidConnection(connection: Connection | Edge): boolean {
  const { wiring } = canvas.get()
  if (wiring === undefined) return false
  const other = wiring.start.side === 'export' ? connection.targetHandle : connection.sourceHandle
  if (other === null || other === undefined) return false
  if (other.startsWith('@export')) return wiring.start.side === 'export'
  if (other.startsWith('@host/')) return wiring.start.side === 'export'
  const verdict = wiring.fits?.get(other)?.verdict
  return verdict === 'fits' || verdict === 'wired'
}

/** A wire that was taken off one of its ends is drawn from the other. */
function useWireEvents() {
  const store = useStoreApi()
  const taken = useRef<WireFlowEdge | undefined>(undefined)
  return useMemo(
    () => ({
      onReconnectStart: (_event: unknown, edge: WireFlowEdge) => {
        taken.current = edge
      },
      // Without it wires have no ends to take; what happens is decided in onConnectEnd.
      onReconnect: () => {},
      onReconnectEnd: () => {
        taken.current = undefined
      },
      onConnectStart: (_event: unknown, { handleId }: { handleId: string | null }) => {
        const start = handleId === null ? undefined : startOf(handleId)
        if (start !== undefined) void beginDragging(start)
      },
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        const { wiring } = canvas.get()
        const edge = taken.current
        taken.current = undefined
        endDragging()
        if (wiring === undefined) return
        const { domNode } = store.getState()
        void dropWire(wiring.start, edge, state, event, domNode)
      },
    }),
    [store],
  )
}

function startOf(key: string): PortRef | undefined {
  const end = endOfKey(key)
  if (end !== undefined || !key.startsWith('@export/')) return end
  // The end at the frame stays: the wire is drawn from what is exported.
  const wire = currentDrawing().wires.find(({ toKey }) => toKey === key)
  return wire?.from
}

async function dropWire(
  start: PortRef,
  taken: WireFlowEdge | undefined,
  { toHandle, fromHandle }: FinalConnectionState,
  event: MouseEvent | TouchEvent,
  domNode: HTMLDivElement | null,
): Promise<void> {
  const at = pointOf(event)
  const element = document.elementFromPoint(at.x, at.y)
  const boxId = element?.closest<HTMLElement>('[data-box]')?.dataset['box']
  // A row counts as a whole, not only the dot at its end.
  const row = toHandle?.id ?? element?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? undefined
  const wire = taken?.data?.wire
  if (row !== undefined && row === fromHandle?.id) return
  if (wire !== undefined && (row === wire.fromKey || row === wire.toKey)) return
  if (row !== undefined) {
    if (row.startsWith('@export/')) await exportAs(start, decodeURIComponent(row.slice('@export/'.length)))
    else if (row === '@export-here') await exportEnd(start)
    else if (row.startsWith('@host/')) await dropOnBox(start, boxId)
    else {
      const other = endOfKey(row)
      if (other === undefined) return
      const isMoved = wire !== undefined && (await fits(start, other))
      await connect(start, other)
      // The wire was moved to another import: it leaves its old one.
      if (isMoved && start.side === 'export' && !('exported' in wire.to)) await disconnect(wire.to)
      if (isMoved && 'exported' in wire.to) await remove([wire.id])
    }
    return
  }
  if (boxId !== undefined) {
    await dropOnBox(start, boxId)
    return
  }
  if (!(element instanceof Element) || domNode?.contains(element) !== true) return
  if (wire !== undefined) await remove([wire.id])
  else await pickEnd(start, canvas.get().flow?.screenToFlowPosition(at))
}

async function fits(start: PortRef, other: PortRef): Promise<boolean> {
  const verdict = (await fitsOf(start)).get(endKey(other))?.verdict
  return verdict === 'fits' || verdict === 'wired'
}

async function dropOnBox(start: PortRef, id: string | undefined): Promise<void> {
  const box = id === undefined ? undefined : boxById(id)
  if (box === undefined || box.blocks.includes(start.block)) return
  if (box.kind === 'exports') {
    if (start.side === 'export') await exportEnd(start)
    return
  }
  const title = box.kind === 'group' ? box.title : blockTitle(useStudio.getState().graph, box.id)
  if (box.blocks.length > 0) await pickEndOf(start, box.blocks, title)
}

function pointOf(event: MouseEvent | TouchEvent): { readonly x: number; readonly y: number } {
  const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0]! : event
  return { x: clientX, y: clientY }
}
