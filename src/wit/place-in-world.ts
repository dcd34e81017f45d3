import type { WitWorld } from './package.ts'
import type { Place } from './problems.ts'

/**
 * Where the text says what a world has under a name: the item of an interface, else the import or export, else the world.
 *
 * @param item within the interface that is imported or exported
 */
export function placeInWorld(
  world: WitWorld,
  direction: 'import' | 'export',
  name: string | undefined,
  item?: string,
): Place | undefined {
  const found = name === undefined ? undefined : world[`${direction}s`].get(name)
  if (found?.kind !== 'interface' || item === undefined) return found?.place ?? world.place
  const { functions, types } = found.interface
  return (functions.get(item) ?? types.get(item))?.place ?? found.place ?? world.place
}
