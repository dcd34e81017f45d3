/** What a graph and its layout look like: which boxes stand there, with which rows, and which wires run between them. */
import type { Block, Graph, OpenImport, Port, PortRef } from '../contract/graph.ts'
import type { Group } from '../contract/studio.ts'
import type { Box, DrawnWire, Drawing, ExportRow, HostRow, OpenRow, PortRow, Row } from './box.ts'
import { EXPORTS_BOX, groupBox, IMPORTS_BOX } from './box.ts'
import { blockTitle, endKey, endText } from './ends.ts'

const EXPORT_HERE = '@export-here'
const MOST_GOES = 3

/**
 * @param opened ids of the boxes whose WASI imports are shown one by one
 */
export function draw(graph: Graph, groups: readonly Group[], opened: ReadonlySet<string>): Drawing {
  if (graph.blocks.length === 0) return { boxes: [], wires: [] }
  const boxOf = new Map(graph.blocks.map(({ id }) => [id, id]))
  const collapsed = groups.filter((group) => group.isCollapsed && group.blocks.some((id) => boxOf.has(id)))
  for (const group of collapsed) {
    for (const id of group.blocks) if (boxOf.has(id)) boxOf.set(id, groupBox(group.id))
  }
  const goes = destinations(graph)
  const wires = crossing(wiresOf(graph, boxOf))
  const blocks = new Map(graph.blocks.map((block) => [block.id, block]))
  const wholes = new Set(wires.filter(({ from }) => from?.port === undefined).map(({ fromKey }) => fromKey))
  const boxes = [
    ...importsBox(graph.open, opened),
    ...graph.blocks
      .filter(({ id }) => boxOf.get(id) === id)
      .map((block) => blockBox(graph, block, goes, wholes, opened.has(block.id))),
    ...collapsed.map((group) => collapsedBox(graph, group, blocks, wires, goes)),
    exportsBox(graph),
  ]
  return { boxes, wires }
}

function blockBox(
  graph: Graph,
  block: Block,
  goes: ReadonlyMap<string, string>,
  wholes: ReadonlySet<string>,
  isOpen: boolean,
): Box {
  const whole: PortRef = { block: block.id, side: 'export', port: undefined }
  const row = (side: 'import' | 'export') => (port: Port) => portRow(block.id, side, port, goes)
  const host = block.imports.filter(({ state }) => state === 'host')
  // One or two lines are no longer than the line that stands for them.
  const isFolded = host.length > 2
  return {
    id: block.id,
    kind: block.kind,
    title: blockTitle(graph, block.id),
    subtitle: block.kind === 'import' ? 'import' : block.package,
    package: block.package,
    problem: block.problem,
    blocks: [block.id],
    whole: block.kind === 'instance' || wholes.has(endKey(whole)) ? whole : undefined,
    left: [
      ...block.imports.filter((port) => !(isFolded && port.state === 'host')).map(row('import')),
      ...(isFolded ? [hostRow(block.id, host, isOpen)] : []),
      ...(isFolded && isOpen ? host.map(row('import')) : []),
    ],
    right: block.exports.map(row('export')),
  }
}

function portRow(
  block: string,
  side: 'import' | 'export',
  { name, label, kind, type, state }: Port,
  goes: ReadonlyMap<string, string>,
): PortRow {
  const end: PortRef = { block, side, port: name }
  const key = endKey(end)
  return { kind: 'port', key, end, name, label, portKind: kind, type, state, goes: goes.get(key) }
}

function hostRow(block: string, ports: readonly Port[], isOpen: boolean): HostRow {
  return {
    kind: 'host',
    key: `@host/${encodeURIComponent(block)}`,
    names: ports.map(({ name }) => name),
    ends: ports.map(({ name }) => ({ block, side: 'import', port: name })),
    isOpen,
  }
}

/** A group as one box: only the ends whose wires cross its border. */
function collapsedBox(
  graph: Graph,
  group: Group,
  blocks: ReadonlyMap<string, Block>,
  wires: readonly DrawnWire[],
  goes: ReadonlyMap<string, string>,
): Box {
  const id = groupBox(group.id)
  const members = group.blocks.flatMap((member) => blocks.get(member) ?? [])
  const rows = (side: 'import' | 'export', keys: ReadonlySet<string>): readonly PortRow[] =>
    members.flatMap((block) => [
      ...(side === 'export' && keys.has(endKey({ block: block.id, side, port: undefined }))
        ? [wholeRow(graph, block, goes)]
        : []),
      ...(side === 'import' ? block.imports : block.exports)
        .filter(({ name }) => keys.has(endKey({ block: block.id, side, port: name })))
        .map((port) => portRow(block.id, side, port, goes)),
    ])
  const broken = members.filter(({ problem }) => problem !== undefined)
  return {
    id,
    kind: 'group',
    title: group.name,
    subtitle: `group of ${members.length}`,
    package: undefined,
    problem: broken.map((block) => `${blockTitle(graph, block.id)}: ${block.problem}`)[0],
    blocks: members.map((block) => block.id),
    whole: undefined,
    left: rows('import', new Set(wires.filter(({ toBox }) => toBox === id).map(({ toKey }) => toKey))),
    right: rows(
      'export',
      new Set(wires.filter(({ fromBox }) => fromBox === id).map(({ fromKey }) => fromKey)),
    ),
  }
}

function wholeRow(graph: Graph, block: Block, goes: ReadonlyMap<string, string>): PortRow {
  const end: PortRef = { block: block.id, side: 'export', port: undefined }
  const title = blockTitle(graph, block.id)
  const key = endKey(end)
  return {
    kind: 'port',
    key,
    end,
    name: title,
    label: title,
    portKind: 'instance',
    type: block.package ?? '',
    state: 'wired',
    goes: goes.get(key),
  }
}

function exportsBox(graph: Graph): Box {
  const rows = graph.exports.map(
    ({ name, from, type }): ExportRow => ({
      kind: 'export',
      key: exportKey(name),
      name,
      from,
      type,
      source: endText(graph, from),
    }),
  )
  return frameBox(EXPORTS_BOX, 'exports', 'Exports', [...rows, { kind: 'export-here', key: EXPORT_HERE }], [])
}

function importsBox(open: readonly OpenImport[], opened: ReadonlySet<string>): readonly Box[] {
  if (open.length === 0) return []
  const host = open.filter((item) => item.isWasi)
  const row = ({ name, type, wantedBy }: OpenImport): OpenRow => ({
    kind: 'open',
    key: openKey(name),
    name,
    // Interfaces by their own name, as on blocks.
    label: /\/([^@]+)/.exec(name)?.[1] ?? name,
    type,
    wantedBy,
  })
  const isOpen = opened.has(IMPORTS_BOX)
  const folded: HostRow = {
    kind: 'host',
    key: `@host/${IMPORTS_BOX}`,
    names: host.map(({ name }) => name),
    ends: [],
    isOpen,
  }
  return [
    frameBox(
      IMPORTS_BOX,
      'imports',
      'Imports',
      [],
      [
        ...open.filter((item) => !item.isWasi).map(row),
        ...(host.length > 0 ? [folded] : []),
        ...(isOpen ? host.map(row) : []),
      ],
    ),
  ]
}

function frameBox(
  id: string,
  kind: 'imports' | 'exports',
  title: string,
  left: readonly Row[],
  right: readonly Row[],
): Box {
  return {
    id,
    kind,
    title,
    subtitle: 'of the composition',
    package: undefined,
    problem: undefined,
    blocks: [],
    whole: undefined,
    left,
    right,
  }
}

function wiresOf(graph: Graph, boxOf: ReadonlyMap<string, string>): readonly DrawnWire[] {
  const wires = graph.wires.map(
    ({ id, from, to, problem }): DrawnWire => ({
      id,
      kind: 'wire',
      fromBox: boxOf.get(from.block) ?? from.block,
      toBox: boxOf.get(to.block) ?? to.block,
      fromKey: endKey(from),
      toKey: endKey(to),
      from,
      to,
      problem,
    }),
  )
  const exports = graph.exports.map(
    ({ name, from }): DrawnWire => ({
      id: exportKey(name),
      kind: 'export',
      fromBox: boxOf.get(from.block) ?? from.block,
      toBox: EXPORTS_BOX,
      fromKey: endKey(from),
      toKey: exportKey(name),
      from,
      to: { exported: name },
      problem: undefined,
    }),
  )
  // Of WASI, wires to everybody would hide those that a person drew.
  const open = graph.open
    .filter(({ isWasi }) => !isWasi)
    .flatMap(({ name, wantedBy }) =>
      wantedBy.map(
        (to): DrawnWire => ({
          id: `${openKey(name)}/${endKey(to)}`,
          kind: 'open',
          fromBox: IMPORTS_BOX,
          toBox: boxOf.get(to.block) ?? to.block,
          fromKey: openKey(name),
          toKey: endKey(to),
          from: undefined,
          to,
          problem: undefined,
        }),
      ),
    )
  return [...wires, ...exports, ...open]
}

function crossing(wires: readonly DrawnWire[]): readonly DrawnWire[] {
  return wires.filter((wire) => wire.fromBox !== wire.toBox)
}

/** In words where the wires of each end go. */
function destinations(graph: Graph): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>()
  const add = (end: PortRef, text: string) => {
    const texts = found.get(endKey(end))
    if (texts === undefined) found.set(endKey(end), [text])
    else texts.push(text)
  }
  for (const { from, to } of graph.wires) {
    add(from, endText(graph, to))
    add(to, endText(graph, from))
  }
  for (const { name, from } of graph.exports) add(from, `the composition's export ${name}`)
  return new Map(
    [...found].map(([key, texts]) => [
      key,
      texts.length > MOST_GOES
        ? `${texts.slice(0, MOST_GOES).join(', ')} and ${texts.length - MOST_GOES} more`
        : texts.join(', '),
    ]),
  )
}

export const exportKey = (name: string) => `@export/${encodeURIComponent(name)}`
const openKey = (name: string) => `@open/${encodeURIComponent(name)}`
