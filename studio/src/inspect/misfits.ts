import { isSameEnd } from '../canvas/ends.ts'
import type { Graph, Wire } from '../contract/graph.ts'

/** Wires from and to blocks of a package that do not fit, such as those that a replaced file left behind. */
export function misfits(graph: Graph, packageName: string): Wire[] {
  return wiresOf(graph, packageName).filter(({ problem }) => problem !== undefined)
}

/**
 * Wires that were, and are no more: an end that is gone has no wire that could be drawn.
 *
 * @param before what the package's wires were, all of them good, when its file was replaced
 */
export function lostWires(before: readonly Wire[], graph: Graph): Wire[] {
  return before.filter(
    (wire) => !graph.wires.some(({ to }) => isSameEnd(to, wire.to)) && hasBlock(graph, wire),
  )
}

/** Those that fit. */
export function goodWires(graph: Graph, packageName: string): Wire[] {
  return wiresOf(graph, packageName).filter(({ problem }) => problem === undefined)
}

function wiresOf(graph: Graph, packageName: string): Wire[] {
  const blocks = new Set(graph.blocks.filter((block) => block.package === packageName).map(({ id }) => id))
  return graph.wires.filter(({ from, to }) => blocks.has(from.block) || blocks.has(to.block))
}

/** What was removed since is nobody's loss. */
function hasBlock({ blocks }: Graph, { from, to }: Wire): boolean {
  return [from, to].every((end) => blocks.some(({ id }) => id === end.block))
}
