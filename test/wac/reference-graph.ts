import type { ExternType, FunctionType } from '../../src/component/extern-type.ts'
import { partsOf } from '../../src/component/type-parts.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import type { Composition } from '../../src/compose/composition.ts'
import type { CompositionNode } from '../../src/compose/composition-node.ts'

/** A graph as WAC's own tests print it: one line for each node and each edge. */
export function printGraph(composition: Composition): string {
  const lines = ['digraph {']
  for (const [index, node] of composition.nodes.entries()) {
    const names = [...composition.exports].filter(([, exported]) => exported === index)
    const exported = names.map(([name]) => `; export = ${JSON.stringify(name)}`).join('')
    const label = JSON.stringify(labelOf(node))
    lines.push(`    ${index} [ label = ${label}; kind = ${JSON.stringify(kindOf(node.type))}${exported}]`)
  }
  for (const [from, to] of dependencies(composition))
    lines.push(`    ${from} -> ${to} [ label = "dependency of" ]`)
  for (const { from, to } of composition.edges()) {
    const what = composition.nodes[to]!.kind === 'alias' ? 'aliased export' : 'argument to'
    lines.push(`    ${from} -> ${to} [ label = "${what}" ]`)
  }
  return [...lines, '}', ''].join('\n')
}

/** Which definitions have the types of others for parts; a type that only has another name is none. */
function* dependencies({ nodes }: Composition): Generator<[from: number, to: number]> {
  const known = new Map<unknown, number>()
  for (const [index, { kind, type }] of nodes.entries())
    if (kind === 'definition' && type.kind === 'type') known.set(type.type, index)
  for (const [type, index] of known) {
    const found = new Set<number>()
    collect(type as ValueType | FunctionType, known, found)
    for (const from of found) yield [from, index]
  }
}

function collect(
  type: ValueType | FunctionType,
  known: ReadonlyMap<unknown, number>,
  into: Set<number>,
): void {
  for (const part of partsIn(type)) {
    const index = known.get(part)
    if (index === undefined) collect(part, known, into)
    else into.add(index)
  }
}

function partsIn(type: ValueType | FunctionType): readonly ValueType[] {
  if (type.kind !== 'function') return partsOf(type)
  const types = type.parameters.map((parameter) => parameter.type)
  return type.result ? [...types, type.result] : types
}

function labelOf(node: CompositionNode): string {
  switch (node.kind) {
    case 'import':
      return `import "${node.name}"`
    case 'instance':
      return `instantiation of package "${node.package}"`
    case 'alias':
      return `alias of export "${node.export}"`
    case 'definition':
      return `type definition "${node.name}"`
  }
}

function kindOf(type: ExternType): string {
  if (type.kind !== 'type') return type.kind
  const defined = type.type
  if (defined.kind === 'function') return 'function type'
  if (defined.kind !== 'component') return defined.kind
  const [exported] = defined.exports.values()
  return exported?.kind === 'component' ? 'world' : 'interface'
}
