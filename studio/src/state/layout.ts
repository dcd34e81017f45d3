/** Where blocks are and how they are grouped, while the text beneath changes its names. */
import type { Block } from '../contract/graph.ts'
import type { Group, Layout, Position } from '../contract/studio.ts'

export const emptyLayout: Layout = { positions: {}, groups: [] }

type Renames = readonly { readonly from: string; readonly to: string }[]

/** Positions and groups follow blocks to their new names, all at once: names may be swapped. */
export function renameBlocks(layout: Layout, renames: Renames): Layout {
  if (renames.length === 0) return layout
  const to = new Map(renames.map((rename) => [rename.from, rename.to]))
  const targets = new Set(to.values())
  const positions: Record<string, Position> = {}
  for (const [id, position] of Object.entries(layout.positions)) {
    if (!to.has(id) && !targets.has(id)) positions[id] = position
  }
  for (const { from, to } of renames) {
    const position = layout.positions[from]
    if (position !== undefined) positions[to] = position
  }
  const groups = layout.groups.map((group) => ({
    ...group,
    blocks: group.blocks.map((block) => to.get(block) ?? block),
  }))
  return { positions, groups }
}

/**
 * Which blocks are the old ones under new names, where a person edited the text: those of one package that went and that came, in the
 * order of the text.
 */
export function renamesBetween(before: readonly Block[], after: readonly Block[]): Renames {
  const kept = new Set(after.map(({ id }) => id))
  const known = new Set(before.map(({ id }) => id))
  const gone = Map.groupBy(
    before.filter(({ id }) => !kept.has(id)),
    sort,
  )
  const renames: { from: string; to: string }[] = []
  for (const block of after) {
    if (known.has(block.id)) continue
    const old = gone.get(sort(block))?.shift()
    if (old !== undefined) renames.push({ from: old.id, to: block.id })
  }
  return renames
}

function sort(block: Block): string {
  return `${block.kind} ${block.package ?? ''}`
}

/** The same layout where nothing moves. */
export function moveBlocks(layout: Layout, positions: Readonly<Record<string, Position>>): Layout {
  const moved = Object.entries(positions).filter(([id, { x, y }]) => {
    const old = layout.positions[id]
    return old === undefined || old.x !== x || old.y !== y
  })
  if (moved.length === 0) return layout
  return { ...layout, positions: { ...layout.positions, ...Object.fromEntries(moved) } }
}

/** Places that blocks got between two layouts: moved while something else was under way. */
export function movedBetween(before: Layout, after: Layout): Record<string, Position> {
  const moved = Object.entries(after.positions).filter(([id, place]) => before.positions[id] !== place)
  return Object.fromEntries(moved)
}

/** A block is in one group at most; groups that lose their last block go. */
export function addGroup(layout: Layout, group: Group): Layout {
  const others = layout.groups.map((other) => ({
    ...other,
    blocks: other.blocks.filter((block) => !group.blocks.includes(block)),
  }))
  return { ...layout, groups: [...others.filter(({ blocks }) => blocks.length > 0), group] }
}

export function changeGroup(layout: Layout, id: string, changes: Partial<Omit<Group, 'id'>>): Layout {
  const old = layout.groups.find((group) => group.id === id)
  if (old === undefined) return layout
  const changed: Group = { ...old, ...changes }
  if (changes.blocks !== undefined) return addGroup(removeGroup(layout, id), changed)
  return { ...layout, groups: layout.groups.map((group) => (group.id === id ? changed : group)) }
}

export function removeGroup(layout: Layout, id: string): Layout {
  return { ...layout, groups: layout.groups.filter((group) => group.id !== id) }
}

/**
 * What of a layout is worth keeping: of blocks that there are. While a text is open the rest stays, because a block that is commented out
 * comes back.
 */
export function layoutOf(layout: Layout, blocks: readonly Block[]): Layout {
  const ids = new Set(blocks.map(({ id }) => id))
  const groups = layout.groups.map((group) => ({
    ...group,
    blocks: group.blocks.filter((id) => ids.has(id)),
  }))
  return {
    // `@` begins what is no block: the frame of the composition.
    positions: Object.fromEntries(
      Object.entries(layout.positions).filter(([id]) => ids.has(id) || id.startsWith('@')),
    ),
    groups: groups.filter((group) => group.blocks.length > 0),
  }
}

/** A name for a new group that no other has: `Group 1`. */
export function newGroup(layout: Layout, blocks: readonly string[], name: string): Group {
  const taken = new Set(layout.groups.map(({ id }) => id))
  let number = 1
  while (taken.has(`group-${number}`)) number++
  return { id: `group-${number}`, name: name.trim() || `Group ${number}`, blocks, isCollapsed: false }
}
