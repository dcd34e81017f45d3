import { mergePackage } from './package-merger.ts'
import { printPackageName, type WitPackage } from './package.ts'
import { packagesNeededBy } from './packages-needed-by.ts'
import { Problems } from './problems.ts'
import { type Edge, topologicalOrder } from './topological-order.ts'

/**
 * Two sets of packages as one, each package behind those that it needs. Where both have a package, its interfaces have what either says
 * of them, and a type is one type; worlds have to be the same. Nothing of what is given changes; what takes no part in that is in the result
 * as it is.
 *
 * @throws {WitError} with all that does not fit together: a type that is two, a world with other imports
 * @example
 * const name = { namespace: 'my', package: 'types', version: '1.0.0' }
 * const one = { name, docs: undefined, interfaces: new Map(), worlds: new Map() }
 * mergePackages([one], [{ ...one, docs: 'Mine.' }])[0].docs // Mine.
 */
export function mergePackages(into: readonly WitPackage[], from: readonly WitPackage[]): WitPackage[] {
  return mergeAround(undefined, into, from)
}

/** @param whole of `from`: of this package that set says all, so that the order of its interfaces is the one that counts */
export function mergeAround(
  whole: WitPackage | undefined,
  into: readonly WitPackage[],
  from: readonly WitPackage[],
): WitPackage[] {
  const problems = new Problems()
  const [first, second] = [into, from].map(
    (each) => new Map(each.map((one) => [printPackageName(one.name), one])),
  )
  const names = new Set([...first!.keys(), ...second!.keys()])
  const graph = new Map<string, Edge<undefined>[]>()
  for (const name of names) {
    const needed = [first, second].flatMap((each) => {
      const one = each!.get(name)
      return one === undefined ? [] : [...packagesNeededBy(one)]
    })
    graph.set(
      name,
      needed.map((to) => ({ to, from: undefined })),
    )
  }
  const { order, cycles } = topologicalOrder(graph)
  const isMerged = new Set<string>()
  for (const { names: around } of cycles)
    problems.reportBetween(`packages need each other: ${around.slice(0, 9).join(', ')}`, undefined, undefined)
  const replaced = new Map<object, object>()
  const merged = order.map((name) => {
    const [a, b] = [first!.get(name), second!.get(name)]
    const isWhole = b !== undefined && b === whole
    const [one, other] = a === undefined || isWhole ? [b!, a] : [a, b]
    if (other === undefined && !graph.get(name)!.some(({ to }) => isMerged.has(to))) return one
    isMerged.add(name)
    const merged = mergePackage(one, other, replaced, problems)
    for (const [given, now] of merged.replaced) replaced.set(given, now)
    return merged.model
  })
  problems.throwIfAny()
  return merged
}
