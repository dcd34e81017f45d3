/** What a menu offers, by what it was opened on. */
import type { PortRef } from '../contract/graph.ts'
import { useStudio } from '../state/store.ts'
import {
  beginRenaming,
  copy,
  disconnect,
  disconnectAll,
  duplicate,
  exportEnd,
  group,
  inspect,
  paste,
  remove,
  removeExport,
  revealBlock,
  run,
  selectAll,
  setCollapsed,
  ungroup,
} from './actions.ts'
import { canvas, type MenuTarget } from './canvas-state.ts'
import { boxById, currentDrawing } from './drawing.ts'
import { exportKey } from './draw.ts'
import { endText, portOf } from './ends.ts'
import { fitAll } from './fit.ts'
import { pickEnd, pickExport } from './wiring.ts'

export interface MenuItem {
  readonly label: string
  readonly keys?: string
  readonly isDangerous?: boolean
  run(): void
}

export interface MenuContent {
  readonly title: string
  readonly items: readonly MenuItem[]
}

export function menuOf(target: MenuTarget): MenuContent {
  switch (target.kind) {
    case 'box':
      return boxMenu(target.box)
    case 'port':
      return portMenu(target.end)
    case 'export':
      return exportMenu(target.name)
    case 'wire':
      return wireMenu(target.wire)
    case 'canvas':
      return canvasMenu()
  }
}

function boxMenu(id: string): MenuContent {
  const box = boxById(id)
  if (box === undefined) return { title: '', items: [] }
  const { selection, layout } = useStudio.getState()
  // On one of several that are selected, it speaks of all of them.
  const ids = selection.includes(id) && selection.length > 1 ? selection : [id]
  const isOne = ids.length === 1
  const isGroup = box.kind === 'group'
  const isGrouped = layout.groups.some(({ blocks }) => blocks.some((block) => box.blocks.includes(block)))
  const groupId = layout.groups.find(({ blocks }) => blocks.includes(box.blocks[0] ?? ''))?.id
  const items: (MenuItem | false)[] = [
    isOne && box.kind === 'instance' && { label: 'Inspect', run: () => inspect(id) },
    isOne && box.kind === 'instance' && { label: 'Run alone', run: () => run(id) },
    isOne && !isGroup && { label: 'Export…', run: () => pickExport(id) },
    isOne && !isGroup && { label: 'Wire as a whole…', keys: 'W', run: () => void pickEnd(wholeOf(id)) },
    isOne && { label: 'Rename', keys: 'F2', run: () => beginRenaming(id) },
    isOne && !isGroup && { label: 'Show in the source', run: () => revealBlock(id) },
    { label: 'Duplicate', keys: 'Ctrl+D', run: () => void duplicate(ids) },
    { label: 'Copy', keys: 'Ctrl+C', run: () => copy(ids) },
    !isGroup && { label: 'Group', keys: 'Ctrl+G', run: () => group(ids) },
    isGroup && { label: 'Expand', run: () => groupId !== undefined && setCollapsed(groupId, false) },
    isGrouped &&
      !isGroup && {
        label: 'Collapse its group',
        run: () => groupId !== undefined && setCollapsed(groupId, true),
      },
    isGrouped && { label: 'Ungroup', keys: 'Ctrl+Shift+G', run: () => ungroup(ids) },
    {
      label: 'Disconnect all',
      run: () => void disconnectAll(ids.flatMap((one) => boxById(one)?.blocks ?? [])),
    },
    { label: 'Remove', keys: 'Delete', isDangerous: true, run: () => void remove(ids) },
  ]
  return {
    title: isOne ? box.title : `${ids.length} selected`,
    items: items.filter((item) => item !== false),
  }
}

export const wholeOf = (block: string): PortRef => ({ block, side: 'export', port: undefined })

function portMenu(end: PortRef): MenuContent {
  const { graph } = useStudio.getState()
  const state = portOf(graph, end)?.state
  const items: (MenuItem | false)[] = [
    { label: end.side === 'export' ? 'Wire to…' : 'Wire from…', keys: 'Enter', run: () => void pickEnd(end) },
    end.side === 'export' &&
      state !== 'exported' && { label: 'Export from the composition', run: () => void exportEnd(end) },
    (state === 'wired' || state === 'wrong' || state === 'exported') && {
      label: 'Disconnect',
      keys: 'Delete',
      run: () => void disconnect(end),
    },
  ]
  return { title: endText(graph, end), items: items.filter((item) => item !== false) }
}

function exportMenu(name: string): MenuContent {
  return {
    title: name,
    items: [
      { label: 'Rename', keys: 'F2', run: () => beginRenaming(exportKey(name)) },
      { label: 'No longer export', keys: 'Delete', isDangerous: true, run: () => void removeExport(name) },
    ],
  }
}

function wireMenu(id: string): MenuContent {
  const wire = currentDrawing().wires.find((other) => other.id === id)
  const { graph, show } = useStudio.getState()
  const { from, to } = wire ?? {}
  const compare =
    from !== undefined && to !== undefined && !('exported' in to)
      ? [{ label: 'Compare both ends', run: () => show({ kind: 'compare', from, to }) }]
      : []
  return {
    title: from === undefined ? 'Wire' : `Wire from ${endText(graph, from)}`,
    items: [...compare, { label: 'Remove', keys: 'Delete', isDangerous: true, run: () => void remove([id]) }],
  }
}

function canvasMenu(): MenuContent {
  const { copied } = canvas.get()
  const { arrange } = useStudio.getState()
  return {
    title: 'Canvas',
    items: [
      ...(copied === undefined ? [] : [{ label: 'Paste', keys: 'Ctrl+V', run: () => void paste() }]),
      { label: 'Select all', keys: 'Ctrl+A', run: selectAll },
      { label: 'Arrange', run: arrange },
      {
        label: 'Fit to the canvas',
        keys: '1',
        run: fitAll,
      },
      { label: 'Keys', keys: '?', run: () => canvas.set({ isHelpShown: true }) },
    ],
  }
}
