import type { Composition } from './composition.ts'
import type { NodeId } from './composition-node.ts'

/** An export that is a command, and the instance that has it. */
export interface Command {
  readonly name: string
  readonly node: NodeId
  /** Nothing else is done with it, so that `Linker.run` can make it, run it, and end it. */
  readonly alone: NodeId | undefined
}

export function commandOf(composition: Composition): Command | undefined {
  const { exports, nodes } = composition
  for (const [name, node] of exports) {
    if (!/^wasi:cli\/run(@|$)/.test(name)) continue
    const exported = nodes[node]!
    const owner = exported.kind === 'alias' && exported.export === name ? exported.instance : undefined
    const isAlone =
      owner !== undefined && nodes[owner]!.kind === 'instance' && isOnly(composition, owner, node)
    return { name, node, alone: isAlone ? owner : undefined }
  }
  return undefined
}

/** Whether an instance is there for one export of it alone, and that is all that is exported. */
function isOnly(composition: Composition, instance: NodeId, node: NodeId): boolean {
  if ([...composition.exports.values()].some((each) => each !== node)) return false
  const others = [...composition.edges()].filter(({ from, to }) => from === instance && to !== node)
  return !others.some(({ to }) => isUsed(composition, to))
}

/** Aliases that nobody uses are not written. */
function isUsed(composition: Composition, id: NodeId): boolean {
  if (composition.nodes[id]!.kind === 'instance') return true
  if ([...composition.exports.values()].includes(id)) return true
  return [...composition.edges()].some(({ from, to }) => from === id && isUsed(composition, to))
}
