import type { Composition, NodeId, WacAnalysis } from 'tenon/compose'
import { identified } from '../workshop/identified.ts'

/** The instances of a composition by the ids of their blocks, which are those that the workshop draws. */
export function blockIds(
  { composition, nodes }: WacAnalysis,
  packages: { nameOf(written: string): string },
): ReadonlyMap<NodeId, string> {
  const instances = [...nodes].flatMap(([id, { name, place }]) => {
    const node = composition.nodes[id]
    if (node?.kind !== 'instance') return []
    return [{ node: id, name, package: packages.nameOf(node.package), place: place.span }]
  })
  return new Map(identified(instances, (each) => each.package).map(({ node, id }) => [node, id]))
}

/** The instance that a node is, or is an export of; undefined for imports and types. */
export function instanceOf(composition: Composition, id: NodeId): NodeId | undefined {
  const node = composition.nodes[id]
  if (node?.kind === 'alias') return instanceOf(composition, node.instance)
  return node?.kind === 'instance' ? id : undefined
}
