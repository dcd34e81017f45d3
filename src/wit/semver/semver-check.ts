import { TenonError } from '../../errors.ts'
import { lendersOf } from '../lenders.ts'
import { findWorld } from '../find-world.ts'
import { printPackageName, type WitInterface, type WitPackage, type WitWorld } from '../package.ts'
import type { ResolvedWit } from '../resolve.ts'
import { SemverChanges } from './changes.ts'
import { InterfaceComparison } from './compare-interfaces.ts'
import { baseName, pathOf } from './names.ts'
import { type SemverReport, semverReport } from './report.ts'
import { WorldComparison } from './compare-worlds.ts'

export interface SemverOptions {
  /** Compare these worlds alone, named as {@link findWorld} does; the new one is called the same where nothing else is said. */
  readonly world?: string
  readonly newWorld?: string
}

/**
 * Whether a package, or a world of it, can take the place of an older version: what was made for the old one works with the new one.
 * A component made for a world imports no more than there is, so imports may be added and their interfaces may grow; it exports what it was
 * asked for, so exports may go. Types have to stay as they are. Without a world all worlds of the package are compared, and its interfaces
 * as those see them who import them. What unstable features add counts only if they take part in the packages.
 *
 * @throws {TenonError} code `wit`, where the two are not versions of one package, or there is no such world
 * @example
 * const version = (text) => resolveWit({ files: [{ name: 'a.wit', text: `package a:b@1.2.0; interface i { ${text} }` }] })
 * const { compatible, breaks, leastVersion } = semverCheck(version('f: func(); g: func();'), version('f: func(n: u32);'))
 * [compatible, breaks.map(({ message }) => message), leastVersion]
 * // [false, ['function `g` of `a:b/i` was removed', 'function `f` of `a:b/i` changed: parameter `n` was added'], '2.0.0']
 */
export function semverCheck(
  old: ResolvedWit,
  updated: ResolvedWit,
  { world, newWorld = world }: SemverOptions = {},
): SemverReport {
  const isWorld = newWorld !== undefined
  const from = isWorld ? findWorld(old, world) : undefined
  const to = isWorld ? findWorld(updated, newWorld) : undefined
  const [before, after] = [from?.package ?? old.main.name, to?.package ?? updated.main.name]
  if (baseName(before) !== baseName(after)) {
    const what = isWorld ? 'worlds' : 'packages'
    throw new TenonError(
      'wit',
      `these are ${what} of different names, not versions of one: \`${printPackageName(before)}\` and \`${printPackageName(after)}\``,
    )
  }
  const changes = new SemverChanges()
  const interfaces = new InterfaceComparison(baseName(before), changes)
  const worlds = new WorldComparison(interfaces, changes)
  if (from && to) worlds.worlds(from, to)
  else new PackageComparison(baseName(before), interfaces, worlds, changes).packages(old, updated)
  return semverReport(before, after, changes.breaks, changes.additions)
}

/** Compares all worlds and interfaces of two packages. */
class PackageComparison {
  /** `ns:pkg` */
  readonly #own: string
  readonly #interfaces: InterfaceComparison
  readonly #worlds: WorldComparison
  readonly #changes: SemverChanges

  constructor(own: string, interfaces: InterfaceComparison, worlds: WorldComparison, changes: SemverChanges) {
    this.#own = own
    this.#interfaces = interfaces
    this.#worlds = worlds
    this.#changes = changes
  }

  packages(before: ResolvedWit, after: ResolvedWit): void {
    const [old, updated] = [before.main, after.main]
    const interfaces = this.#together(old.interfaces, updated.interfaces, old, updated, 'interface')
    const lenders = this.#lenders(old, after.packages)
    for (const [from, to] of [...lenders, ...interfaces]) this.#interfaces.pairInterfaces(from, to, 'import')
    for (const [from, to] of interfaces) this.#interfaces.interface(from, to, 'import')
    for (const [from, to] of lenders) this.#interfaces.usedTypes(from, to)
    const worlds = this.#together(old.worlds, updated.worlds, old, updated, 'world')
    for (const [from, to] of worlds) this.#worlds.worlds(from, to)
  }

  /** The interfaces of other packages that a package uses types of, each with what takes its place among newer packages. */
  #lenders({ interfaces }: WitPackage, newer: readonly WitPackage[]): [WitInterface, WitInterface][] {
    const used = new Set<WitInterface>(interfaces.values())
    // What is added on the way is looked at, too.
    for (const each of used) for (const lender of lendersOf(each)) used.add(lender)
    const foreign = [...used].filter((each) => baseName(each.package) !== this.#own)
    const byPath = Map.groupBy(
      newer.flatMap((each) => [...each.interfaces.values()]),
      pathOf,
    )
    return foreign.flatMap((one): [WitInterface, WitInterface][] => {
      const candidates = byPath.get(pathOf(one)) ?? []
      const other = candidates.find((each) => this.#interfaces.isCounterpart(one.package, each.package))
      return other === undefined ? [] : [[one, other]]
    })
  }

  /** Those that both have; what only one has is told. */
  #together<T extends WitInterface | WitWorld>(
    old: ReadonlyMap<string, T>,
    updated: ReadonlyMap<string, T>,
    from: WitPackage,
    to: WitPackage,
    what: string,
  ): [T, T][] {
    const pairs: [T, T][] = []
    for (const [name, one] of old) {
      const other = updated.get(name)
      if (other !== undefined) pairs.push([one, other])
      else {
        const places = { path: pathOf(one), old: one.place, new: to.place }
        this.#changes.break(
          'removed',
          places,
          `${what} \`${pathOf(one)}\` was removed`,
          'who uses it does not find it',
        )
      }
    }
    for (const [name, one] of updated) {
      if (old.has(name)) continue
      const places = { path: pathOf(one), old: from.place, new: one.place }
      this.#changes.add('added', places, `${what} \`${pathOf(one)}\` was added`, 'nobody needs it yet')
    }
    return pairs
  }
}
