/** Ends of wires as keys of maps, handles and elements. */
import type { Graph, Port, PortRef } from '../contract/graph.ts'

/**
 * One text for each end. Percent-encoded, because React Flow puts it into a selector.
 *
 * @example 'import/calculator/docs%3Aadder%2Fadd'
 */
export function endKey({ block, side, port }: PortRef): string {
  const whole = `${side}/${encodeURIComponent(block)}`
  return port === undefined ? whole : `${whole}/${encodeURIComponent(port)}`
}

/** The end that a key stands for; undefined of other texts. */
export function endOfKey(key: string): PortRef | undefined {
  const [side, block, port, ...rest] = key.split('/')
  if ((side !== 'import' && side !== 'export') || block === undefined || rest.length > 0) return undefined
  return {
    side,
    block: decodeURIComponent(block),
    port: port === undefined ? undefined : decodeURIComponent(port),
  }
}

export function isSameEnd(one: PortRef, other: PortRef): boolean {
  return one.block === other.block && one.side === other.side && one.port === other.port
}

export function portOf(graph: Graph, end: PortRef): Port | undefined {
  const block = graph.blocks.find(({ id }) => id === end.block)
  const ports = end.side === 'import' ? block?.imports : block?.exports
  return ports?.find(({ name }) => name === end.port)
}

/** As a person says it: `log of calculator`, `calculator` as a whole. */
export function endText(graph: Graph, end: PortRef): string {
  const title = blockTitle(graph, end.block)
  if (end.port === undefined) return `${title} as a whole`
  return `${portOf(graph, end)?.label ?? end.port} of ${title}`
}

/** What a block is called on the canvas. */
export function blockTitle(graph: Graph, id: string): string {
  return graph.blocks.find((block) => block.id === id)?.name ?? id
}
