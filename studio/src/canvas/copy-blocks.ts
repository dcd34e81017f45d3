/** Blocks that were copied, and what makes them anew: each package again, and the wires that were between them. */
import type { Graph, PortRef } from '../contract/graph.ts'
import type { Position } from '../contract/studio.ts'
import type { Edit } from '../contract/workshop.ts'
import { copyName } from './choices.ts'

export interface Copied {
  readonly blocks: readonly {
    readonly id: string
    readonly name: string
    readonly package: string
    readonly place: Position
  }[]
  readonly wires: readonly { readonly from: PortRef; readonly to: PortRef }[]
}

/** Instances and the wires to them; statements that import have no copy. */
export function copyBlocks(
  graph: Graph,
  positions: Readonly<Record<string, Position>>,
  ids: readonly string[],
): Copied {
  const wanted = new Set(ids)
  const blocks = graph.blocks.flatMap(({ id, kind, name, package: packageName }) =>
    kind === 'instance' && packageName !== undefined && wanted.has(id)
      ? [
          {
            id,
            name: name ?? packageName.replace(/^.*:|@.*$/g, ''),
            package: packageName,
            place: positions[id] ?? { x: 0, y: 0 },
          },
        ]
      : [],
  )
  const copied = new Set(blocks.map(({ id }) => id))
  const wires = graph.wires
    .filter(({ to, problem }) => copied.has(to.block) && problem === undefined)
    .map(({ from, to }) => ({ from, to }))
  return { blocks, wires }
}

export interface Pasting {
  readonly edits: readonly Edit[]
  readonly places: readonly Position[]
  /** Of the new blocks. */
  readonly names: readonly string[]
}

/**
 * Edits that make the copies. A copy is wired to copies where its model was wired to a model, and else to what its model is wired to, if
 * that is still there.
 *
 * @param offset between a model and its copy
 */
export function pasteBlocks(graph: Graph, { blocks, wires }: Copied, offset: Position): Pasting {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id, name } of blocks) {
    const copy = copyName(graph, name, taken)
    taken.add(copy)
    names.set(id, copy)
  }
  const present = new Set(graph.blocks.map(({ id }) => id))
  const connects = wires.flatMap(({ from, to }): readonly Edit[] => {
    const source = names.get(from.block) ?? (present.has(from.block) ? from.block : undefined)
    if (source === undefined) return []
    return [{ kind: 'connect', from: { ...from, block: source }, to: { ...to, block: names.get(to.block)! } }]
  })
  return {
    edits: [
      ...blocks.map(
        ({ id, package: packageName }): Edit => ({
          kind: 'instantiate',
          package: packageName,
          name: names.get(id)!,
        }),
      ),
      ...connects,
    ],
    places: blocks.map(({ place }) => ({ x: place.x + offset.x, y: place.y + offset.y })),
    names: [...names.values()],
  }
}
