import { fullName } from './interface-parts.ts'
import { printPackageName, type WitInterface, type WitPackage, type WitWorld } from './package.ts'
import { lenderOf, lendersOf } from './lenders.ts'
import type { ResolvedWit } from './resolve.ts'

/**
 * A world alone, with what it needs: of each package the interfaces that it imports or exports, and those that these use. `main` is
 * the world's package.
 *
 * @example
 * const files = [{ name: 'a.wit', text: 'package a:b; interface i {} interface j {} world w { import i; } world x {}' }]
 * const wit = resolveWit({ files })
 * packagesOfWorld(wit, wit.main.worlds.get('w')).main.interfaces.size // 1
 */
export function packagesOfWorld({ packages }: ResolvedWit, world: WitWorld): ResolvedWit {
  const needed = neededBy(world)
  const home = printPackageName(world.package)
  const reduced = packages.map((one): WitPackage => {
    const interfaces = new Map([...one.interfaces].filter(([, each]) => needed.has(fullName(each))))
    const worlds = new Map(printPackageName(one.name) === home ? [[world.name, world]] : [])
    return { ...one, interfaces, worlds }
  })
  return {
    main: reduced.find(({ name }) => printPackageName(name) === home)!,
    packages: reduced.filter(({ interfaces, worlds }) => interfaces.size + worlds.size > 0),
  }
}

/** Their names in full. */
function neededBy({ imports, exports }: WitWorld): Set<string> {
  const needed = new Set<WitInterface>()
  for (const item of [...imports.values(), ...exports.values()]) {
    if (item.kind === 'interface') needed.add(item.interface)
    const lender = item.kind === 'type' ? lenderOf(item) : undefined
    if (lender !== undefined) needed.add(lender)
  }
  // What is added on the way is looked at, too.
  for (const each of needed) for (const lender of lendersOf(each)) needed.add(lender)
  return new Set([...needed].flatMap((each) => (each.name === undefined ? [] : [fullName(each)])))
}
