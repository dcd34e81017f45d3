import { BinaryPackages } from './binary-packages.ts'
import { knownPackages, type PackageSource } from './package-sources.ts'
import { compareVersions, parseVersion, type Version } from '../component/semver.ts'
import { type PackageName, printPackageName } from './package.ts'
import { packagesNeededBy } from './packages-needed-by.ts'
import type { Place, Problems } from './problems.ts'
import { pathsIn } from './paths.ts'

/** A package that another one needs, and where it first says so. */
interface Need {
  readonly name: string
  readonly place: Place
}

/**
 * Puts packages behind those that they need; reports what is defined twice, missing, or needs itself. What is known in binary form alone is
 * a package of no files then.
 */
export function orderPackages(
  packages: readonly PackageSource[],
  problems: Problems,
  binaries = new BinaryPackages(problems),
): PackageSource[] {
  const byName = new Map<string, PackageSource>()
  for (const one of packages) {
    const name = printPackageName(one.name)
    const other = byName.get(name)
    if (other !== undefined) {
      problems.report(one.place, `package \`${name}\` is defined in two different locations`, {
        related: [{ ...other.place, text: 'first defined here' }],
      })
    } else byName.set(name, one)
  }
  for (const name of binaries.names) {
    if (byName.has(name)) continue
    const { name: parts, docs } = binaries.get(name)!
    byName.set(name, { name: parts, docs, place: binaries.placeOf(name), sections: [] })
  }
  const sorted = [...byName].sort(([, a], [, b]) => compareSources(a, b))
  const names = sorted.map(([name]) => name)
  const needs = new Map(names.map((name) => [name, needsOf(byName.get(name)!, binaries)]))
  return inOrder(names, needs, byName, problems).map((name) => byName.get(name)!)
}

function needsOf({ name: own, sections }: PackageSource, binaries: BinaryPackages): Need[] {
  const needs = new Map<string, Need>()
  for (const { source, items } of sections) {
    for (const { path } of pathsIn(items)) {
      if (path.package === undefined) continue
      const name = printPackageName(path.package)
      if (!needs.has(name)) needs.set(name, { name, place: { source, span: path.package } })
    }
  }
  const binary = binaries.get(printPackageName(own))
  for (const name of binary ? packagesNeededBy(binary) : [])
    if (!needs.has(name)) needs.set(name, { name, place: binaries.placeOf(printPackageName(own)) })
  return [...needs.values()]
}

/** Depth first, without recursion: packages may need each other in a long line. */
function inOrder(
  names: readonly string[],
  needs: ReadonlyMap<string, readonly Need[]>,
  known: ReadonlyMap<string, PackageSource>,
  problems: Problems,
): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  for (const root of names) {
    if (state.has(root)) continue
    const stack = [{ name: root, next: 0 }]
    state.set(root, 'open')
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const need = needs.get(top.name)![top.next++]
      if (need === undefined) {
        stack.pop()
        state.set(top.name, 'done')
        order.push(top.name)
      } else if (!known.has(need.name)) {
        problems.report(need.place, `package '${need.name}' not found`, {
          notes: knownPackages(need.name, known.keys(), problems),
        })
      } else if (state.get(need.name) === 'open') {
        const cycle = stack.slice(stack.findIndex(({ name }) => name === need.name))
        // Where the walk began with it, the first step is as good as the last, and stands first.
        const first = cycle[0]!
        const step = first.name === root ? needs.get(root)![first.next - 1]! : need
        const around = [...cycle.slice(0, 9).map(({ name }) => name), need.name]
        problems.report(step.place, `package \`${step.name}\` creates a dependency cycle`, {
          related: step === need ? [] : [{ ...need.place, text: 'and back' }],
          notes: [around.join(' needs ')],
        })
      } else if (!state.has(need.name)) {
        state.set(need.name, 'open')
        stack.push({ name: need.name, next: 0 })
      }
    }
  }
  return order
}

/** What is there in binary form alone comes first, as other tools have it. */
function compareSources(a: PackageSource, b: PackageSource): number {
  const isText = ({ sections }: PackageSource): boolean => sections.length > 0
  return Number(isText(a)) - Number(isText(b)) || compareNames(a.name, b.name)
}

/** By namespace, name and version, no version first. */
function compareNames(a: PackageName, b: PackageName): number {
  const byName = compareTexts(a.namespace, b.namespace) || compareTexts(a.package, b.package)
  if (byName !== 0 || a.version === undefined || b.version === undefined)
    return byName || Number(a.version !== undefined) - Number(b.version !== undefined)
  const byVersion = compareVersions(parseVersion(a.version) as Version, parseVersion(b.version) as Version)
  return byVersion || compareTexts(a.version, b.version)
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
