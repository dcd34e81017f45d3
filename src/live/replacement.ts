import type { Composition } from '../compose/composition.ts'
import { describeNode, type NodeId } from '../compose/composition-node.ts'
import { type Package, packageFrom } from '../compose/package-source.ts'
import { misfitOf } from '../compose/type-fit.ts'
import { CompositionError } from '../errors.ts'

/**
 * Checks that a component can take the place of an instance: with the same arguments, and with all of its exports that are used.
 *
 * @throws {CompositionError} mismatch, missing
 */
export function checkReplacement(
  composition: Composition,
  { id, package: former }: { readonly id: NodeId; readonly package: Package },
  name: string,
  component: Uint8Array,
): Package {
  const one = packageFrom(name, component)
  const node = composition.nodes[id]!
  const place = describeNode(node)
  const args = node.kind === 'instance' ? node.arguments : new Map<string, NodeId>()
  for (const [wanted, given] of args) {
    const expected = one.type.imports.get(wanted)
    const difference = expected && misfitOf(composition.typeOf(given), expected, one.type)
    if (difference) {
      throw new CompositionError(
        'mismatch',
        `${name} cannot take the place of ${place}: its import \`${wanted}\` gets something else`,
        {
          item: wanted,
          difference,
        },
      )
    }
  }
  // Every one of them, used or not: who calls through JavaScript is not known.
  for (const [exported, expected] of former.type.exports) {
    const actual = one.type.exports.get(exported)
    const difference = actual && misfitOf(actual, expected, { imports: former.type.exports })
    if (actual && !difference) continue
    throw new CompositionError(
      actual ? 'mismatch' : 'missing',
      `${name} cannot take the place of ${place}: its export \`${exported}\` ${actual ? 'is another' : 'is missing'}`,
      { item: exported, difference, cure: 'a replacement exports all that the part exported' },
    )
  }
  return one
}
