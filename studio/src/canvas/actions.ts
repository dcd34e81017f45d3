/** What can be done with blocks and wires: the same for the toolbar, the menu, the keys and the outline. */
import type { PortRef } from '../contract/graph.ts'
import type { Position } from '../contract/studio.ts'
import type { Edit } from '../contract/workshop.ts'
import { useStudio } from '../state/store.ts'
import { canvas, say } from './canvas-state.ts'
import { newName } from './choices.ts'
import { copyBlocks, pasteBlocks } from './copy-blocks.ts'
import { blocksOf, boxById, currentDrawing } from './drawing.ts'
import { blockTitle, isSameEnd } from './ends.ts'
import { movedBlocks } from './flow-items.ts'
import type { Direction } from './navigate.ts'

const COPY_OFFSET = { x: 40, y: 40 }

/** One step of undo; what was done is said. */
async function edit(edits: readonly Edit[], said: string, where?: readonly Position[]): Promise<boolean> {
  if (edits.length === 0) return false
  const refusal = await useStudio.getState().edit(edits, where)
  say(refusal?.refused ?? said)
  return refusal === undefined
}

export function inspect(block: string): void {
  const name = boxById(block)?.package
  if (name !== undefined) useStudio.getState().show({ kind: 'inspect', package: name })
}

/** Alone, with all that it imports left to the host. */
export function run(block: string): void {
  useStudio.getState().show({ kind: 'run', block })
}

export function revealBlock(block: string): void {
  const { graph, reveal } = useStudio.getState()
  const found = graph.blocks.find(({ id }) => id === block)
  if (found !== undefined) reveal(found.statement)
}

export function beginRenaming(id: string): void {
  canvas.set({ renaming: id })
}

/** Of a block, a group (`@group/…`) or an export (`@export/…`). */
export async function rename(id: string, to: string): Promise<void> {
  const { graph, setGroup, layout } = useStudio.getState()
  canvas.set({ renaming: undefined })
  const name = to.trim()
  const group = layout.groups.find((other) => `@group/${other.id}` === id)
  if (group !== undefined) {
    if (name !== '' && name !== group.name) setGroup(group.id, { name })
    return
  }
  const wire = currentDrawing().wires.find((other) => other.id === id)
  if (wire !== undefined && wire.to !== undefined && 'exported' in wire.to) {
    const { exported } = wire.to
    if (name !== '' && name !== exported) {
      await edit([{ kind: 'rename-export', name: exported, to: name }], `Renamed the export to ${name}`)
    }
    return
  }
  if (name !== '' && name !== blockTitle(graph, id)) {
    await edit([{ kind: 'rename', block: id, to: name }], `Renamed to ${name}`)
  }
}

/** Blocks, members of groups, wires and exports, by their ids. */
export async function remove(ids: readonly string[]): Promise<void> {
  const blocks = blocksOf(ids)
  const gone = new Set(blocks)
  const edits: Edit[] = []
  for (const wire of currentDrawing().wires) {
    if (!ids.includes(wire.id) || wire.kind === 'open') continue
    if ('exported' in wire.to) {
      if (wire.from === undefined || !gone.has(wire.from.block)) {
        edits.push({ kind: 'remove-export', name: wire.to.exported })
      }
    } else if (!gone.has(wire.to.block)) {
      edits.push({ kind: 'disconnect', to: wire.to })
    }
  }
  const wires = edits.length
  if (blocks.length > 0) edits.push({ kind: 'remove', blocks })
  const what = [
    ...(blocks.length > 0 ? [counted(blocks.length, 'block')] : []),
    ...(wires > 0 ? [counted(wires, 'wire')] : []),
  ]
  if (!(await edit(edits, `Removed ${what.join(' and ')}`))) return
  useStudio.getState().select([])
  requestAnimationFrame(focusCanvas)
}

/** What had the focus is gone: it goes to the canvas, whose keys go on to work. */
export function focusCanvas(): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (isLost) document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true })
}

export async function removeExport(name: string): Promise<void> {
  await edit([{ kind: 'remove-export', name }], `No longer exports ${name}`)
}

export async function disconnect(end: PortRef): Promise<void> {
  const { graph } = useStudio.getState()
  const wires = graph.wires.filter(({ from, to }) => isSameEnd(from, end) || isSameEnd(to, end))
  const exports = graph.exports.filter(({ from }) => isSameEnd(from, end))
  await edit(
    [
      ...wires.map(({ to }): Edit => ({ kind: 'disconnect', to })),
      ...exports.map(({ name }): Edit => ({ kind: 'remove-export', name })),
    ],
    `Removed ${counted(wires.length + exports.length, 'wire')}`,
  )
}

/** All wires between the blocks and others. */
export async function disconnectAll(blocks: readonly string[]): Promise<void> {
  const members = new Set(blocks)
  const wires = useStudio
    .getState()
    .graph.wires.filter(({ from, to }) => members.has(from.block) !== members.has(to.block))
  await edit(
    wires.map(({ to }) => ({ kind: 'disconnect', to })),
    `Removed ${counted(wires.length, 'wire')}`,
  )
}

export async function exportAs(from: PortRef, name: string): Promise<void> {
  if (!isExport(from)) return
  const { graph } = useStudio.getState()
  const taken = graph.exports.some((other) => other.name === name)
  await edit(
    [...(taken ? [{ kind: 'remove-export', name } as const] : []), { kind: 'export', from, as: name }],
    `Exported as ${name}`,
  )
}

export async function exportEnd(from: PortRef): Promise<void> {
  if (!isExport(from)) return
  await edit([{ kind: 'export', from }], 'Exported')
}

function isExport(end: PortRef): boolean {
  if (end.side === 'import') {
    useStudio
      .getState()
      .notify({ kind: 'info', text: 'The composition exports exports of blocks, not imports.' })
  }
  return end.side === 'export'
}

export async function instantiate(packageName: string, place: Position | undefined): Promise<void> {
  const name = newName(useStudio.getState().graph, packageName)
  const isMade = await edit(
    [{ kind: 'instantiate', package: packageName, name }],
    `Made ${name}, an instance of ${packageName}`,
    place === undefined ? undefined : [place],
  )
  if (isMade) useStudio.getState().select([name])
}

export function copy(ids: readonly string[]): void {
  const { graph, layout } = useStudio.getState()
  const copied = copyBlocks(graph, layout.positions, blocksOf(ids))
  if (copied.blocks.length === 0) return
  canvas.set({ copied })
  say(`Copied ${counted(copied.blocks.length, 'block')}`)
}

export async function paste(): Promise<void> {
  const { copied } = canvas.get()
  if (copied === undefined) return
  await pasteAs('Pasted', copied)
  // The next copy stands beside this one.
  const blocks = copied.blocks.map((block) => ({
    ...block,
    place: { x: block.place.x + COPY_OFFSET.x, y: block.place.y + COPY_OFFSET.y },
  }))
  canvas.set({ copied: { ...copied, blocks } })
}

export async function duplicate(ids: readonly string[]): Promise<void> {
  const { graph, layout } = useStudio.getState()
  await pasteAs('Duplicated', copyBlocks(graph, layout.positions, blocksOf(ids)))
}

async function pasteAs(verb: string, copied: Parameters<typeof pasteBlocks>[1]): Promise<void> {
  const { edits, places, names } = pasteBlocks(useStudio.getState().graph, copied, COPY_OFFSET)
  if (await edit(edits, `${verb} ${counted(names.length, 'block')}: ${names.join(', ')}`, places)) {
    useStudio.getState().select(names)
  }
}

export function group(ids: readonly string[]): void {
  const blocks = blocksOf(ids)
  if (blocks.length === 0) return
  const { layout, group: make } = useStudio.getState()
  make(blocks, `Group ${layout.groups.length + 1}`)
  say(`Grouped ${counted(blocks.length, 'block')}`)
}

export function ungroup(ids: readonly string[]): void {
  const blocks = new Set(blocksOf(ids))
  const { layout, ungroup: dissolve } = useStudio.getState()
  for (const { id, blocks: members } of layout.groups)
    if (members.some((block) => blocks.has(block))) dissolve(id)
  say('Ungrouped')
}

export function setCollapsed(groupId: string, isCollapsed: boolean): void {
  const { setGroup, layout } = useStudio.getState()
  setGroup(groupId, { isCollapsed })
  const name = layout.groups.find(({ id }) => id === groupId)?.name
  say(isCollapsed ? `Collapsed ${name}` : `Expanded ${name}`)
}

export function selectAll(): void {
  useStudio
    .getState()
    .select(currentDrawing().boxes.flatMap(({ id, blocks }) => (blocks.length > 0 ? [id] : [])))
}

const STEPS: Readonly<Record<Direction, Position>> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
}

/** Moves boxes by the keyboard; `settle` makes it a step of undo when the key is released. */
export function nudge(ids: readonly string[], direction: Direction, by: number): void {
  const { layout, move } = useStudio.getState()
  const { flow } = canvas.get()
  const boxes = ids.flatMap((id) => {
    const box = boxById(id)
    const node = flow?.getNode(id)
    if (box === undefined || node === undefined) return []
    const { x, y } = STEPS[direction]
    return [{ box, place: { x: node.position.x + x * by, y: node.position.y + y * by } }]
  })
  move(movedBlocks(boxes, layout.positions), false)
}

export function settle(ids: readonly string[]): void {
  const { layout, move } = useStudio.getState()
  const moved = ids.flatMap((id) => boxById(id)?.blocks ?? []).concat(ids.filter((id) => id.startsWith('@')))
  const places = Object.fromEntries(
    moved.flatMap((id) => (layout.positions[id] ? [[id, layout.positions[id]]] : [])),
  )
  if (Object.keys(places).length > 0) move(places, true)
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
