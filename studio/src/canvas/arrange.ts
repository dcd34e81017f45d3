/** Automatic layout: what is wired together flows from left to right, and what is not stands beside it. */
import { Graph as Dagre, layout } from '@dagrejs/dagre'
import type { Graph } from '../contract/graph.ts'
import type { Group, Position } from '../contract/studio.ts'
import type { Box } from './box.ts'
import { draw } from './draw.ts'
import { framePlaces } from './frame-places.ts'
import type { Metrics, Size } from './geometry.ts'
import { boundsOf, FINE, rectsOf, sizeOf } from './geometry.ts'
import { GROUP_MARGIN } from './group-margin.ts'

const BETWEEN_RANKS = 104
const BETWEEN_ROWS = 32
/** From the top down, wires come back from the right to the left between two ranks. */
const BETWEEN_RANKS_DOWN = 56
/** Of those that could be wired to one import. */
const MOST_LIKELY = 3

/** `row`: from left to right, between the frames; `framed`: so, with a frame above and one below; `column`: from the top down. */
export type Shape = 'row' | 'framed' | 'column'

interface Way {
  readonly rankdir: 'LR' | 'TB'
  readonly ranksep: number
  /** How much wider than high the whole gets. */
  readonly aspect: number
}

const ACROSS: Way = { rankdir: 'LR', ranksep: BETWEEN_RANKS, aspect: 1.6 }
const DOWN: Way = { rankdir: 'TB', ranksep: BETWEEN_RANKS_DOWN, aspect: 0.5 }

type Places = ReadonlyMap<string, Position>
/** From a block, or a group, to another. */
type Link = readonly [string, string]

/**
 * Places for all blocks, and for the frame (`@imports`, `@exports`). Members of a group stay together, also of one that is open.
 *
 * @returns by id of block
 */
export function arrange(
  graph: Graph,
  groups: readonly Group[],
  metrics: Metrics = FINE,
  shape: Shape = 'row',
): Readonly<Record<string, Position>> {
  const { boxes, wires } = draw(
    graph,
    groups.map((group) => ({ ...group, isCollapsed: false })),
    new Set(),
  )
  const blocks = boxes.filter(({ kind }) => kind !== 'imports' && kind !== 'exports')
  const links = [...wires.map(({ fromBox, toBox }): Link => [fromBox, toBox]), ...likelyWires(graph)]
  const sizes = new Map(boxes.map((box) => [box.id, sizeOf(box, metrics)]))
  const way = shape === 'column' ? DOWN : ACROSS
  const inside = new Map(groups.map((group) => [group.id, groupPlaces(group, blocks, links, sizes, way)]))
  const places = arrangeWithGroups(blocks, links, sizes, groups, inside, way)
  return {
    ...Object.fromEntries(places),
    ...framePlaces(places, sizes, shape === 'row' ? 'beside' : 'above'),
  }
}

/** What is open stands right of what could be wired to it, by its name: so the wires that come will run from left to right. */
function likelyWires({ blocks }: Graph): readonly Link[] {
  const makers = new Map<string, string[]>()
  for (const { id, exports } of blocks) {
    for (const { name } of exports) makers.set(track(name), [...(makers.get(track(name)) ?? []), id])
  }
  const wanted = new Map(
    blocks.map(({ id, imports }) => [
      id,
      imports.filter(({ state }) => state === 'open').map(({ name }) => track(name)),
    ]),
  )
  return blocks.flatMap(({ id }) =>
    wanted
      .get(id)!
      .flatMap((name) =>
        (makers.get(name) ?? [])
          .slice(0, MOST_LIKELY)
          .flatMap((maker): readonly Link[] => (maker === id ? [] : [[maker, id]])),
      ),
  )
}

function track(name: string): string {
  return name.split('@')[0]!
}

/** A group's members by themselves, from 0, 0. */
function groupPlaces(
  group: Group,
  blocks: readonly Box[],
  links: readonly Link[],
  sizes: ReadonlyMap<string, Size>,
  way: Way,
): Places {
  const members = new Set(group.blocks)
  const present = blocks.filter(({ id }) => members.has(id)).map(({ id }) => id)
  return arrangeParts(
    present,
    links.filter(([from, to]) => members.has(from) && members.has(to)),
    sizes,
    way,
  )
}

function arrangeWithGroups(
  blocks: readonly Box[],
  links: readonly Link[],
  sizes: ReadonlyMap<string, Size>,
  groups: readonly Group[],
  inside: ReadonlyMap<string, Places>,
  way: Way,
): Places {
  const groupOf = new Map(groups.flatMap(({ id, blocks: members }) => members.map((block) => [block, id])))
  const unitOf = (box: string) => groupOf.get(box) ?? box
  const unitSizes = new Map(sizes)
  for (const [group, places] of inside) {
    const bounds = boundsOf(rectsOf(places, sizes))
    unitSizes.set(group, {
      width: bounds.width + 2 * GROUP_MARGIN.side,
      height: bounds.height + GROUP_MARGIN.side + GROUP_MARGIN.top,
    })
  }
  const units = [...new Set(blocks.map(({ id }) => unitOf(id)))]
  const known = new Set(units)
  const between = links
    .map(([from, to]): Link => [unitOf(from), unitOf(to)])
    .filter(([from, to]) => from !== to && known.has(from) && known.has(to))
  const places = new Map<string, Position>()
  for (const [unit, place] of arrangeParts(units, between, unitSizes, way)) {
    const members = inside.get(unit)
    if (members === undefined) places.set(unit, place)
    for (const [member, { x, y }] of members ?? []) {
      places.set(member, { x: place.x + GROUP_MARGIN.side + x, y: place.y + GROUP_MARGIN.top + y })
    }
  }
  return places
}

/** What hangs together is laid out by itself, and the parts are set in rows, the largest first. */
function arrangeParts(
  units: readonly string[],
  links: readonly Link[],
  sizes: ReadonlyMap<string, Size>,
  way: Way,
): Places {
  const parts = connectedParts(units, links).map((part) => {
    const members = new Set(part)
    const places = flow(
      part,
      links.filter(([from]) => members.has(from)),
      sizes,
      way,
    )
    return { places, bounds: boundsOf(rectsOf(places, sizes)) }
  })
  parts.sort((one, other) => other.places.size - one.places.size)
  const area = parts.reduce(
    (sum, { bounds }) => sum + (bounds.width + BETWEEN_RANKS) * (bounds.height + BETWEEN_ROWS),
    0,
  )
  const widest = Math.max(Math.sqrt(area * way.aspect), ...parts.map(({ bounds }) => bounds.width))
  const result = new Map<string, Position>()
  let x = 0
  let y = 0
  let rowHeight = 0
  for (const { places, bounds } of parts) {
    if (x > 0 && x + bounds.width > widest) {
      x = 0
      y += rowHeight + 2 * BETWEEN_ROWS
      rowHeight = 0
    }
    for (const [id, place] of places) {
      result.set(id, { x: Math.round(x + place.x - bounds.x), y: Math.round(y + place.y - bounds.y) })
    }
    x += bounds.width + BETWEEN_RANKS
    rowHeight = Math.max(rowHeight, bounds.height)
  }
  return result
}

function flow(
  units: readonly string[],
  links: readonly Link[],
  sizes: ReadonlyMap<string, Size>,
  { rankdir, ranksep }: Way,
): Places {
  if (units.length === 1) return new Map([[units[0]!, { x: 0, y: 0 }]])
  const graph = new Dagre({ directed: true })
  graph.setGraph({ rankdir, ranksep, nodesep: BETWEEN_ROWS, ranker: 'tight-tree' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const unit of units) graph.setNode(unit, { ...sizes.get(unit) })
  for (const [from, to] of links) graph.setEdge(from, to)
  layout(graph)
  return new Map(
    units.map((unit) => {
      const { x, y } = graph.node(unit) as Position
      const { width, height } = sizes.get(unit)!
      return [unit, { x: x - width / 2, y: y - height / 2 }]
    }),
  )
}

function connectedParts(units: readonly string[], links: readonly Link[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>(units.map((unit) => [unit, []]))
  for (const [from, to] of links) {
    next.get(from)?.push(to)
    next.get(to)?.push(from)
  }
  const seen = new Set<string>()
  return units.flatMap((unit) => {
    if (seen.has(unit)) return []
    seen.add(unit)
    const part = [unit]
    for (const member of part) {
      for (const neighbour of next.get(member)!) {
        if (seen.has(neighbour)) continue
        seen.add(neighbour)
        part.push(neighbour)
      }
    }
    return [part]
  })
}
