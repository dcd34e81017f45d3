import { nearest } from '../diagnostics/nearest.ts'
import { TenonError } from '../errors.ts'
import { nameInPackage, printPackageName, type WitWorld } from './package.ts'
import type { ResolvedWit } from './resolve.ts'

/**
 * The world that a person means: by its name in the main package, by `ns:pkg/name` with a version or without in any; without
 * a name the only one of the main package.
 *
 * @throws {TenonError} code `wit`, where there is none of that name, or several
 * @example
 * const files = [{ name: 'a.wit', text: 'package a:b; world w {}' }]
 * findWorld(resolveWit({ files }), 'a:b/w').name // w
 */
export function findWorld(wit: ResolvedWit, name?: string): WitWorld {
  if (name === undefined) return onlyWorld(wit)
  const own = wit.main.worlds.get(name)
  if (own !== undefined) return own
  const found = wit.packages.flatMap(({ worlds }) =>
    [...worlds.values()].filter((world) => namesOf(world).includes(name)),
  )
  if (found.length === 1) return found[0]!
  const candidates = found.length > 0 ? found : nearWorlds(wit, name)
  const names = candidates.map((world) => `\`${shortName(wit, world)}\``).join(' or ')
  if (found.length > 0) throw new TenonError('wit', `there are several worlds \`${name}\`: ${names}`)
  const cure = names === '' ? inMain(wit) : `did you mean ${names}?`
  throw new TenonError('wit', `there is no world \`${name}\`: ${cure}`)
}

function inMain({ main }: ResolvedWit): string {
  const home = printPackageName(main.name)
  return main.worlds.size === 0
    ? `package ${home} has none`
    : `package ${home} has ${listed(main.worlds.keys())}`
}

function onlyWorld({ main }: ResolvedWit): WitWorld {
  const [first, ...others] = main.worlds.values()
  const home = printPackageName(main.name)
  if (first === undefined) throw new TenonError('wit', `package ${home} has no world`)
  if (others.length === 0) return first
  throw new TenonError('wit', `package ${home} has several worlds, name one: ${listed(main.worlds.keys())}`)
}

/** At most ten of them. */
function listed(names: Iterable<string>): string {
  const all = Array.from(names, (name) => `\`${name}\``)
  return (all.length > 10 ? [...all.slice(0, 10), '…'] : all).join(', ')
}

function namesOf({ package: home, name }: WitWorld): string[] {
  return [nameInPackage(home, name), nameInPackage({ ...home, version: undefined }, name)]
}

/** As short as it can be written. */
function shortName({ main }: ResolvedWit, world: WitWorld): string {
  return main.worlds.get(world.name) === world ? world.name : nameInPackage(world.package, world.name)
}

function nearWorlds(wit: ResolvedWit, name: string): WitWorld[] {
  const worlds = wit.packages.flatMap((one) => [...one.worlds.values()])
  const namesakes = worlds.filter((world) => world.name === name)
  if (namesakes.length > 0) return namesakes
  const byName = new Map(
    worlds.flatMap((world) => [...namesOf(world), shortName(wit, world)].map((each) => [each, world])),
  )
  return [...new Set(nearest(name, byName.keys()).map((each) => byName.get(each)!))]
}
