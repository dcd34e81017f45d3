/** Which file a module of declarations is in, and how others name it. */
import { parseExternName } from '../../component/names.ts'
import type { WitWorld } from '../../wit/package.ts'
import type { Direction } from './scope.ts'
import type { InterfaceScope } from './world-scopes.ts'

export interface Layout {
  /** Of the world's own module. */
  readonly world: string
  /** Of an interface's, with `/` between folders: `imports/wasi/http/types.d.ts`; else the world's. */
  pathOf(scope: InterfaceScope['scope']): string
}

/**
 * A folder for what the world imports and one for what it exports, in them one for each namespace and package. A package has its version in
 * its folder's name only where there is another version beside it, so that an update changes no import of a user's.
 */
export function layOut(
  world: WitWorld,
  label: string,
  interfaces: readonly InterfaceScope[],
  folderOf = (direction: Direction) => `${direction}s`,
): Layout {
  const versions = versionsOf(world)
  const own = `${fileName(label)}.d.ts`
  const paths = new Map(
    interfaces.map(({ key, direction, scope }) => [
      scope,
      `${folderOf(direction)}/${pathOf(key, versions)}.d.ts`,
    ]),
  )
  return { world: own, pathOf: (scope) => paths.get(scope) ?? own }
}

function versionsOf(world: WitWorld): ReadonlyMap<string, ReadonlySet<string | undefined>> {
  const versions = new Map<string, Set<string | undefined>>()
  for (const key of [...world.imports.keys(), ...world.exports.keys()]) {
    const parts = parseExternName(key)
    if (parts.kind !== 'interface') continue
    const name = `${parts.namespace}:${parts.package}`
    versions.set(name, (versions.get(name) ?? new Set()).add(parts.version))
  }
  return versions
}

function pathOf(key: string, versions: ReturnType<typeof versionsOf>): string {
  const parts = parseExternName(key)
  if (parts.kind !== 'interface') return fileName(key)
  const severalVersions = versions.get(`${parts.namespace}:${parts.package}`)!.size > 1
  const version = severalVersions && parts.version !== undefined ? `@${parts.version}` : ''
  return `${fileName(parts.namespace)}/${fileName(parts.package)}${version}/${fileName(parts.interface)}`
}

/** Windows keeps these for devices. */
function fileName(label: string): string {
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(label) ? `${label}_` : label
}

/**
 * The specifier under which one file imports another.
 *
 * @example
 * specifierOf('imports/wasi/http/types.d.ts', 'imports/wasi/io/streams.d.ts') // ../io/streams.js
 */
export function specifierOf(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.replace(/\.d\.ts$/, '.js').split('/')]
  let shared = 0
  while (shared < here.length && here[shared] === there[shared]) shared++
  const up = here.slice(shared).map(() => '..')
  return `${up.length === 0 ? './' : ''}${[...up, ...there.slice(shared)].join('/')}`
}
