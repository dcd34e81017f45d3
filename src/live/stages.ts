import type { Composition } from '../compose/composition.ts'
import type { CompositionNode, NodeId } from '../compose/composition-node.ts'

/**
 * Which instances can live in one tree. A tree is entered by one call at a time, so a part that may be exchanged, a tree of its own, must
 * not call back into the tree that calls it: what it needs is of an earlier stage than what needs it.
 */
export interface Stages {
  /** Of instances: those that may be exchanged live beside their stage, the others in it. */
  readonly of: ReadonlyMap<NodeId, number>
  /** That of what the composition exports. */
  readonly last: number
}

export function stagesOf(composition: Composition, swappable: ReadonlySet<NodeId>): Stages {
  const earliest = new Map<NodeId, number>()
  for (const [id, node] of instances(composition)) {
    const needed = [...node.arguments.values()].map((each) => ownerOf(composition, each))
    const stages = needed.map((owner) =>
      owner === undefined ? 0 : earliest.get(owner)! + (swappable.has(owner) ? 1 : 0),
    )
    earliest.set(id, Math.max(0, ...stages))
  }
  const last = Math.max(0, ...Array.from(earliest, ([id, stage]) => stage + (swappable.has(id) ? 1 : 0)))
  // As late as may be: then most of them are in one tree with those that call them.
  const of = new Map<NodeId, number>()
  for (const [id] of instances(composition)) of.set(id, swappable.has(id) ? earliest.get(id)! : last)
  for (const [id, node] of [...instances(composition)].reverse()) {
    for (const each of node.arguments.values()) {
      const owner = ownerOf(composition, each)
      if (owner === undefined || swappable.has(owner)) continue
      of.set(owner, Math.min(of.get(owner)!, of.get(id)!))
    }
  }
  return { of, last }
}

export function* instances(
  composition: Composition,
): Generator<[NodeId, CompositionNode & { readonly kind: 'instance' }]> {
  for (const [id, node] of composition.nodes.entries()) {
    if (node.kind === 'instance') yield [id as NodeId, node]
  }
}

/** The instance that a node is, or comes from; undefined for what is imported or defined. */
export function ownerOf(composition: Composition, id: NodeId): NodeId | undefined {
  let owner = id
  for (let node = composition.nodes[owner]!; node.kind === 'alias'; node = composition.nodes[owner]!) {
    owner = node.instance
  }
  return composition.nodes[owner]!.kind === 'instance' ? owner : undefined
}
