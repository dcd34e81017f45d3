import { Source } from '../diagnostics/source.ts'
import { elaborate } from './elaborate.ts'
import type { TypeDefinition, WitWorld, WorldItem } from './package.ts'
import { type Place, Problems } from './problems.ts'
import type { WorldItems } from './resolved-item.ts'

/**
 * A world that imports what another one exports: what somebody writes against who uses a component of that world. Of what it imports
 * only types stay, and what the former exports need.
 *
 * @param name the new world's; `NAME-importized` where nothing is said, as other tools call it
 * @throws {WitError} where an exported function or interface has the name of a type of the world
 * @example
 * const files = [{ name: 'a.wit', text: 'package a:b; world w { import log: func(); export run: func(); }' }]
 * const world = importize(resolveWit({ files }).main.worlds.get('w'))
 * [world.name, [...world.imports.keys()], world.exports.size] // ['w-importized', ['run'], 0]
 */
export function importize(world: WitWorld, name = `${world.name}-importized`): WitWorld {
  const problems = new Problems()
  const place = world.place ?? nowhere
  const [imports, exports] = [new Map<string, WorldItem>(), new Map<string, WorldItem>()]
  const model: WitWorld = { ...world, name, imports, exports }
  const items: WorldItems = new Map()
  for (const [key, item] of typesOf(world, model)) items.set(key, { item, place: item.place ?? place })
  for (const [key, item] of world.exports) {
    const other = items.get(key)
    const entry = { item, place: item.place ?? place }
    if (other === undefined) items.set(key, entry)
    else
      problems.report(entry.place, `export \`${key}\` has the name of a type of the world`, {
        related: [{ ...other.place, text: 'the type, which is imported' }],
        notes: ['both would be imports: rename one of them'],
      })
  }
  const made = { imports: items, exports: new Map(), finished: { imports, exports } }
  elaborate({ kind: 'world', model, place, excluded: false, ...made }, problems)
  problems.throwIfAny()
  for (const [key, { item }] of items) imports.set(key, item)
  return model
}

const nowhere: Place = { source: new Source('<world>', ''), span: { start: 0, end: 0 } }

/** Those of a world, now of another one. Functions of its resources are functions, and go. */
function typesOf({ imports }: WitWorld, owner: WitWorld): Map<string, TypeDefinition> {
  const types = new Map<string, TypeDefinition>()
  const copies = new Map<TypeDefinition, TypeDefinition>()
  for (const [name, item] of imports) {
    if (item.kind !== 'type') continue
    const copy = { ...item, owner, aliasOf: item.aliasOf && (copies.get(item.aliasOf) ?? item.aliasOf) }
    copies.set(item, copy)
    types.set(name, copy)
  }
  return types
}
