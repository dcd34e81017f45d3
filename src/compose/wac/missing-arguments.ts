import type { ExternType } from '../../component/extern-type.ts'
import { CompositionError } from '../../errors.ts'
import type { Composition } from '../composition.ts'
import type { NodeId } from '../composition-node.ts'
import type { Document } from './document.ts'
import { nameOnTrack } from '../../component/interface-path.ts'
import type { LoadedPackage } from './load-package.ts'

/** Nodes that are tried for one missing argument. */
const most = 100

/** What is shown of them. */
const shown = 3

/** For notes: what there is in the document that could be passed for an import, as the argument would be written; nothing where much was tried. */
export function whatWouldFit(
  document: Document,
  wanted: Extract<LoadedPackage, { kind: 'component' }>,
  name: string,
): string[] {
  if (document.triesLeft <= 0) return []
  const found = candidates(document, wanted, name)
  const label = /^[a-z][a-z0-9-]*$/.test(name) ? name : `"${name}"`
  if (found.length === 0) return [`nothing here fits \`${name}\``]
  return [`fits: ${found.map((each) => `\`${label}: ${each}\``).join(', ')}`]
}

function candidates(
  document: Document,
  { name: packageName, type: { imports } }: Extract<LoadedPackage, { kind: 'component' }>,
  name: string,
): string[] {
  const expected = imports.get(name)!
  const tries = (composition: Composition, node: NodeId): boolean => {
    if (!couldFit(composition.typeOf(node), expected)) return false
    document.triesLeft--
    return fits(composition, packageName, name, node)
  }
  const found: string[] = []
  let left = most
  for (const [local, { item }] of document.names) {
    if (item?.kind !== 'node') continue
    if (left-- <= 0 || found.length >= shown) break
    if (tries(document.composition, item.node)) found.push(local)
    const type = document.composition.typeOf(item.node)
    const inner = type.kind === 'instance' ? nameOnTrack(name, type.exports) : undefined
    if (inner === undefined) continue
    const [composition, node] = document.composition.alias(item.node, inner)
    if (tries(composition, node)) found.push(`${local}["${inner}"]`)
  }
  return found.slice(0, shown)
}

/** A first look, which costs nothing. */
function couldFit(actual: ExternType, expected: ExternType): boolean {
  if (actual.kind !== 'instance' || expected.kind !== 'instance') return actual.kind === expected.kind
  return expected.exports.keys().every((name) => actual.exports.has(name))
}

function fits(composition: Composition, packageName: string, name: string, node: NodeId): boolean {
  try {
    composition.instantiate(packageName, new Map([[name, node]]))
    return true
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error
    // Types are compared in the order of the imports: what else may be wrong says nothing about this one.
    return error.problem !== 'mismatch'
  }
}
