import { TenonError } from '../errors.ts'
import { nameInPackage, printPackageName, type WitPackage, type WitWorld } from './package.ts'
import type { ResolvedWit } from './resolve.ts'

/**
 * The same packages with another world in the place of one: last in the package, whose other items may not have its name.
 *
 * @throws {TenonError} code `wit`, where one has
 * @example
 * const files = [{ name: 'a.wit', text: 'package a:b; world w {} world x {}' }]
 * const wit = resolveWit({ files })
 * const world = wit.main.worlds.get('w')
 * [...replaceWorld(wit, world, { ...world, name: 'v' }).main.worlds.keys()] // ['x', 'v']
 */
export function replaceWorld({ main, packages }: ResolvedWit, old: WitWorld, world: WitWorld): ResolvedWit {
  const home = printPackageName(old.package)
  const replaced = new Map<WitPackage, WitPackage>()
  for (const one of packages) {
    if (printPackageName(one.name) !== home) continue
    const worlds = new Map([...one.worlds].filter(([name]) => name !== old.name))
    if (worlds.has(world.name) || one.interfaces.has(world.name))
      throw new TenonError(
        'wit',
        `there is \`${nameInPackage(one.name, world.name)}\` already: name the world otherwise`,
      )
    replaced.set(one, { ...one, worlds: worlds.set(world.name, world) })
  }
  const now = (one: WitPackage): WitPackage => replaced.get(one) ?? one
  return { main: now(main), packages: packages.map(now) }
}
