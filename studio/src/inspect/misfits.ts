import type { Graph, Wire } from '../contract/graph.ts'

/** Wires from and to blocks of a package that do not fit, such as those that a replaced file left behind. */
export function misfits(graph: Graph, packageName: string): Wire[] {
  const blocks = new Set(graph.blocks.filter((block) => block.package === packageName).map(({ id }) => id))
  return graph.wires.filter(
    ({ from, to, problem }) => problem !== undefined && (blocks.has(from.block) || blocks.has(to.block)),
  )
}
