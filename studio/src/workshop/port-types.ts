import type { ComponentType, Composition, ExternType } from 'tenon/compose'
import type { PortRef } from '../contract/graph.ts'
import type { Part, Parts } from './parts.ts'

/** The type of a port; undefined where there is no such port, or nothing is known of its package. */
export function typeOfPort(
  { block, side, port }: PortRef,
  parts: Parts,
  composition: Composition,
): ExternType | undefined {
  const part = parts.get(block)
  if (part === undefined) return undefined
  if (part.kind === 'import') return side === 'export' ? composition.typeOf(part.node!) : undefined
  const type = part.package?.type
  if (type === undefined) return undefined
  if (port === undefined) return side === 'export' ? wholeType(type) : undefined
  return (side === 'export' ? type.exports : type.imports).get(port)
}

const wholes = new WeakMap<ComponentType, ExternType>()

/** Of an instance as a whole: always the same object for the same package. */
function wholeType(type: ComponentType): ExternType {
  let whole = wholes.get(type)
  if (whole === undefined) {
    whole = { kind: 'instance', exports: type.exports }
    wholes.set(type, whole)
  }
  return whole
}

/** All imports, or exports, of a block; an `import` statement has one export, which is called as it is imported. */
export function portsOf(
  { id, kind, package: found, node }: Part,
  side: PortRef['side'],
  composition: Composition,
): PortRef[] {
  if (kind === 'import') {
    const made = composition.nodes[node!]!
    return side === 'export' && made.kind === 'import' ? [{ block: id, side, port: made.name }] : []
  }
  const externs = side === 'export' ? found?.type.exports : found?.type.imports
  return Array.from(externs?.keys() ?? [], (port) => ({ block: id, side, port }))
}
