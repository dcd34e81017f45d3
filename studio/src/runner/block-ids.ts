import type { Composition, NodeId, WacAnalysis } from 'tenon/compose'

/**
 * The instances of a composition by the ids of their blocks: the name that the text gives; the others by their packages, numbered in the
 * order of the text. See `Block` in the contract.
 */
export function blockIds(
  { composition, nodes }: WacAnalysis,
  packages: { nameOf(written: string): string },
): ReadonlyMap<NodeId, string> {
  const ids = new Map<NodeId, string>()
  const counts = new Map<string, number>()
  const inOrder = [...nodes].toSorted(([, a], [, b]) => a.place.span.start - b.place.span.start)
  for (const [id, { name }] of inOrder) {
    const node = composition.nodes[id]
    if (node?.kind !== 'instance') continue
    if (name !== undefined) {
      ids.set(id, name)
      continue
    }
    const of = packages.nameOf(node.package)
    const count = (counts.get(of) ?? 0) + 1
    counts.set(of, count)
    ids.set(id, `${of}#${count}`)
  }
  return ids
}

/** The instance that a node is, or is an export of; undefined for imports and types. */
export function instanceOf(composition: Composition, id: NodeId): NodeId | undefined {
  const node = composition.nodes[id]
  if (node?.kind === 'alias') return instanceOf(composition, node.instance)
  return node?.kind === 'instance' ? id : undefined
}
