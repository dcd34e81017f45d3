import { withLenders } from './interface-parts.ts'
import {
  nameInPackage,
  printPackageName,
  type WitInterface,
  type WitPackage,
  type WitWorld,
} from './package.ts'
import { lenderOf } from './elaborate.ts'
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
    const interfaces = new Map([...one.interfaces].filter(([, each]) => needed.has(nameOf(each))))
    const worlds = new Map(printPackageName(one.name) === home ? [[world.name, world]] : [])
    return { ...one, interfaces, worlds }
  })
  return {
    main: reduced.find(({ name }) => printPackageName(name) === home)!,
    packages: reduced.filter(({ interfaces, worlds }) => interfaces.size + worlds.size > 0),
  }
}

function neededBy({ imports, exports }: WitWorld): Set<string> {
  const needed = new Set<string>()
  const add = (one: WitInterface): void => {
    if (one.name !== undefined && needed.has(nameOf(one))) return
    for (const each of withLenders(one)) if (each.name !== undefined) needed.add(nameOf(each))
  }
  for (const item of [...imports.values(), ...exports.values()]) {
    if (item.kind === 'interface') add(item.interface)
    const lender = item.kind === 'type' ? lenderOf(item) : undefined
    if (lender !== undefined) add(lender)
  }
  return needed
}

function nameOf({ package: home, name }: WitInterface): string {
  return nameInPackage(home, name!)
}
