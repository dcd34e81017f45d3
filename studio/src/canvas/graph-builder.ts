/** Small graphs for tests, in few words. */
import type { Block, Graph, Port, PortRef, Wire } from '../contract/graph.ts'

const NOWHERE = { start: 0, end: 0 }

type Written = Readonly<Record<string, Port['state']>>

export function instance(
  id: string,
  imports: Written,
  exports: Written,
  changes: Partial<Block> = {},
): Block {
  return {
    id,
    kind: 'instance',
    name: id,
    package: `test:${id.replace(/-\d+$/, '')}`,
    imports: ports(imports),
    exports: ports(exports),
    place: NOWHERE,
    statement: NOWHERE,
    problem: undefined,
    ...changes,
  }
}

function ports(written: Written): readonly Port[] {
  return Object.entries(written).map(([name, state]) => ({
    name,
    label: /\/([^@]+)/.exec(name)?.[1] ?? name,
    kind: 'instance',
    type: `instance ${name}`,
    state,
  }))
}

/** `adder.add -> calculator.add`; without a port the whole instance. */
export function wire(text: string): Wire {
  const [from, to] = text.split(' -> ').map((end) => end.split('.')) as [string[], string[]]
  return {
    id: text,
    from: { block: from[0]!, side: 'export', port: from[1] },
    to: { block: to[0]!, side: 'import', port: to[1] },
    place: NOWHERE,
    problem: undefined,
  }
}

export function graph(
  blocks: readonly Block[],
  wires: readonly string[] = [],
  rest: Partial<Graph> = {},
): Graph {
  return { blocks, wires: wires.map(wire), exports: [], open: [], ...rest }
}

export const exportOf = (block: string, port?: string): PortRef => ({ block, side: 'export', port })
export const importOf = (block: string, port: string): PortRef => ({ block, side: 'import', port })
