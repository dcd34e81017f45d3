/** The keys of the canvas. Each does what the menu, the toolbar or the mouse can do, too. */
import { useStudio } from '../state/store.ts'
import {
  beginRenaming,
  copy,
  disconnect,
  duplicate,
  group,
  nudge,
  paste,
  remove,
  removeExport,
  selectAll,
  settle,
  ungroup,
} from './actions.ts'
import { canvas, type MenuTarget, say } from './canvas-state.ts'
import { boxById, currentDrawing, drawnFor } from './drawing.ts'
import { blockTitle, endOfKey } from './ends.ts'
import { fitAll } from './fit.ts'
import { sizeOf } from './geometry.ts'
import { wholeOf } from './menu-items.ts'
import { type Direction, firstRow, fromRow, nextBox, type Spot } from './navigate.ts'
import { focusSpot, spotOf } from './spots.ts'
import { pickEnd } from './wiring.ts'

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}
const STEP = 8
const LEAP = 64

/** What React's and the page's key events have in common. */
export interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly target: EventTarget | null
  preventDefault(): void
  stopPropagation(): void
}

export function onCanvasKey(event: Key): void {
  const target = event.target instanceof Element ? event.target : undefined
  if (target === undefined || target.matches('input, textarea, select, [contenteditable]')) return
  const spot = spotOf(target)
  const isDone =
    event.ctrlKey || event.metaKey
      ? onCommand(event, spot)
      : (spot !== undefined && onSpot(event, spot, target)) || onAnywhere(event)
  if (!isDone) return
  event.preventDefault()
  event.stopPropagation()
}

/** What a command is about: the selection, or else the block that has the focus. */
function about(spot: Spot | undefined): readonly string[] {
  const { selection } = useStudio.getState()
  if (spot !== undefined && spot.row === undefined && !selection.includes(spot.box)) return drawnFor(spot.box)
  return selection.length > 0 ? selection : spot === undefined ? [] : [spot.box]
}

function onCommand({ key, shiftKey }: Key, spot: Spot | undefined): boolean {
  switch (key.toLowerCase()) {
    case 'd':
      void duplicate(about(spot))
      return true
    case 'c':
      copy(about(spot))
      return true
    case 'v':
      void paste()
      return true
    case 'a':
      selectAll()
      return true
    case 'g':
      if (shiftKey) ungroup(about(spot))
      else group(about(spot))
      return true
    default:
      return false
  }
}

function onAnywhere({ key }: Key): boolean {
  const { flow, view } = canvas.get()
  const { selection, select } = useStudio.getState()
  switch (key) {
    case 'Delete':
    case 'Backspace':
      if (selection.length === 0) return false
      void remove(selection)
      return true
    case 'Escape':
      if (selection.length === 0) return false
      select([])
      return true
    case '+':
    case '=':
      void flow?.zoomIn()
      return true
    case '-':
      void flow?.zoomOut()
      return true
    case '1':
      fitAll()
      return true
    case 'o':
      canvas.set({ view: view === 'outline' ? 'drawing' : 'outline' })
      return true
    case '?':
      canvas.set({ isHelpShown: true })
      return true
    default:
      return false
  }
}

function onSpot(event: Key, spot: Spot, target: Element): boolean {
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return openMenu(spot, target)
  const direction = DIRECTIONS[event.key]
  if (direction !== undefined && event.altKey) return leaveTo(spot, direction)
  if (spot.row !== undefined) return onRow(event, { box: spot.box, row: spot.row }, direction)
  // Buttons beside the title do their own thing.
  return target.matches('[data-title]') && onTitle(event, spot, direction)
}

function onTitle({ key, shiftKey }: Key, { box: id }: Spot, direction: Direction | undefined): boolean {
  const box = boxById(id)
  if (direction !== undefined) {
    const { selection } = useStudio.getState()
    const ids = selection.includes(id) ? selection : drawnFor(id)
    nudge(ids, direction, shiftKey ? LEAP : STEP)
    return true
  }
  switch (key) {
    case 'Enter': {
      const row = box === undefined ? undefined : firstRow(box)
      if (row === undefined) say('It has no ends.')
      else focusSpot({ box: id, row })
      return true
    }
    case ' ':
      toggle(id)
      return true
    case 'F2':
      if (id.startsWith('@imports') || id.startsWith('@exports')) return false
      beginRenaming(id)
      return true
    case 'w':
      if (box?.whole === undefined) return false
      void pickEnd(wholeOf(id))
      return true
    case 'Delete':
    case 'Backspace':
      void remove(about({ box: id, row: undefined }))
      return true
    default:
      return false
  }
}

function onRow(
  event: Key,
  spot: { readonly box: string; readonly row: string },
  direction: Direction | undefined,
): boolean {
  if (direction !== undefined) {
    const to = fromRow(currentDrawing(), spot, direction)
    if (to === undefined)
      say(direction === 'left' || direction === 'right' ? 'Nothing is wired here.' : 'That is the last end.')
    else focusSpot(to)
    return true
  }
  switch (event.key) {
    case 'Home':
    case 'End':
      return toOuterRow(spot, event.key === 'Home')
    case 'Escape':
      focusSpot({ box: spot.box, row: undefined })
      return true
    case 'F2':
      if (!spot.row.startsWith('@export/')) return false
      beginRenaming(spot.row)
      return true
    case 'Delete':
    case 'Backspace':
      return unwire(spot.row)
    default:
      // Enter and Space press the button.
      return false
  }
}

function unwire(row: string): boolean {
  if (row.startsWith('@export/')) {
    void removeExport(decodeURIComponent(row.slice('@export/'.length)))
    return true
  }
  const end = endOfKey(row)
  if (end !== undefined) void disconnect(end)
  return end !== undefined
}

function toOuterRow({ box: id, row }: Spot, isFirst: boolean): boolean {
  const box = boxById(id)
  if (box === undefined) return false
  const side = box.left.some(({ key }) => key === row) ? box.left : box.right
  focusSpot({ box: id, row: side.at(isFirst ? 0 : -1)?.key })
  return true
}

function leaveTo({ box }: Spot, direction: Direction): boolean {
  const { flow, metrics } = canvas.get()
  const rects = new Map(
    currentDrawing().boxes.flatMap((other) => {
      const node = flow?.getNode(other.id)
      return node === undefined ? [] : [[other.id, { ...node.position, ...sizeOf(other, metrics) }]]
    }),
  )
  const next = nextBox(rects, box, direction)
  if (next === undefined) say('No block is that way.')
  else focusSpot({ box: next, row: undefined })
  return true
}

function toggle(id: string): void {
  const { selection, select, graph } = useStudio.getState()
  const ids = drawnFor(id)
  const isSelected = ids.every((other) => selection.includes(other))
  const rest = selection.filter((other) => !ids.includes(other))
  select(isSelected ? rest : [...rest, ...ids])
  say(`${blockTitle(graph, id)} ${isSelected ? 'is no longer selected' : 'is selected'}`)
}

function openMenu({ box: id, row }: Spot, target: Element): boolean {
  const { left, bottom } = target.getBoundingClientRect()
  const end = row === undefined ? undefined : endOfKey(row)
  const exported =
    row?.startsWith('@export/') === true ? decodeURIComponent(row.slice('@export/'.length)) : undefined
  const about: MenuTarget | undefined =
    end !== undefined
      ? { kind: 'port', end }
      : exported !== undefined
        ? { kind: 'export', name: exported }
        : (boxById(id)?.blocks.length ?? 0) > 0
          ? { kind: 'box', box: id }
          : undefined
  if (about === undefined) return false
  canvas.set({ menu: { at: { x: left, y: bottom }, target: about } })
  return true
}

/** Where blocks were moved to by keys is a step of undo once the key is released. */
export function onCanvasKeyUp({ key, target }: Pick<Key, 'key' | 'target'>): void {
  if (DIRECTIONS[key] === undefined || !(target instanceof Element) || !target.matches('[data-title]')) return
  const spot = spotOf(target)
  if (spot === undefined) return
  const { selection } = useStudio.getState()
  settle(selection.includes(spot.box) ? selection : drawnFor(spot.box))
}
