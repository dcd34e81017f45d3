import { lenderOf } from '../lenders.ts'
import type { PackageName, TypeDefinition, WitFunction, WitInterface } from '../package.ts'
import { PackageScope } from '../package-scope.ts'
import { partPlace } from './part-place.ts'
import type { Place } from '../problems.ts'
import type { SemverChanges } from './changes.ts'
import { baseName, isSameTrack, memberName, pathIn, pathOf } from './names.ts'
import { type BothNames, type TypeChange, TypeComparison } from './compare-types.ts'

export type Direction = 'import' | 'export'

/** Two interfaces, or two worlds, with what they are called. */
export interface Scopes {
  readonly path: string
  readonly names: BothNames
  readonly old: Place | undefined
  readonly new: Place | undefined
}

export const bothSides = 'both sides have to agree on it'

/** Compares interfaces of two versions, as those see them who import them, or who export them. */
export class InterfaceComparison {
  /** `ns:pkg` of the package, whose versions do not count. */
  readonly #own: string
  readonly #changes: SemverChanges
  /** What is exported may be of imported types, too. */
  readonly #types = { import: new TypeComparison(), export: new TypeComparison() }
  readonly #compared = {
    import: new Map<WitInterface, WitInterface>(),
    export: new Map<WitInterface, WitInterface>(),
  }

  constructor(own: string, changes: SemverChanges) {
    this.#own = own
    this.#changes = changes
  }

  isCounterpart(old: PackageName, updated: PackageName): boolean {
    if (baseName(old) !== baseName(updated)) return false
    return baseName(old) === this.#own || isSameTrack(old.version, updated.version)
  }

  pairInterfaces(old: WitInterface, updated: WitInterface, direction: Direction): void {
    for (const [name, definition] of old.types) {
      const other = updated.types.get(name)
      if (other !== undefined) this.pairDefinitions(definition, other, direction)
    }
  }

  /**
   * What is used from elsewhere is the pair of what it is there. For a resource that is expected to be new any may be given: the old
   * version expects what it imports, the new one what is exported.
   */
  pairDefinitions(old: TypeDefinition, updated: TypeDefinition, direction: Direction): void {
    const expected = direction === 'import' ? old : updated
    const isGiven =
      old.type.kind === 'resource' ? expected.aliasOf === undefined : lenderOf(old) === undefined
    if (!isGiven) return
    this.#types.export.pair(old.type, updated.type)
    if (direction === 'import') this.#types.import.pair(old.type, updated.type)
  }

  interface(old: WitInterface, updated: WitInterface, direction: Direction, inline?: string): void {
    // Worlds have most of their interfaces in common.
    const compared = this.#compared[direction]
    if (compared.get(old) === updated) return
    compared.set(old, updated)
    const path = old.name === undefined ? inline! : pathOf(old)
    const scopes: Scopes = {
      path,
      names: { old: scopeNames(old), new: scopeNames(updated) },
      old: old.place,
      new: updated.place,
    }
    this.#members('type', old.types, updated.types, direction, scopes)
    this.#members('function', old.functions, updated.functions, direction, scopes)
    for (const [name, definition] of old.types) {
      const other = updated.types.get(name)
      if (other !== undefined) this.definition(definition, other, direction, scopes)
    }
    for (const [name, one] of old.functions) {
      const other = updated.functions.get(name)
      if (other !== undefined) this.function(one, other, direction, scopes)
    }
  }

  /** What one of the two does not have. */
  #members(
    what: string,
    old: ReadonlyMap<string, TypeDefinition | WitFunction>,
    updated: ReadonlyMap<string, TypeDefinition | WitFunction>,
    direction: Direction,
    scopes: Scopes,
  ): void {
    const isImport = direction === 'import'
    for (const [name, one] of old) {
      if (updated.has(name)) continue
      const places = { ...scopes, path: pathIn(scopes.path, name), old: one.place ?? scopes.old }
      const message = `${what} \`${memberName(name)}\` of \`${scopes.path}\` was removed`
      if (isImport) this.#changes.break('removed', places, message, 'who imports it does not find it')
      else this.#changes.add('removed', places, message, 'components may export more than they are asked for')
    }
    for (const [name, one] of updated) {
      if (old.has(name)) continue
      const places = { ...scopes, path: pathIn(scopes.path, name), new: one.place ?? scopes.new }
      const message = `${what} \`${memberName(name)}\` of \`${scopes.path}\` was added`
      if (isImport) this.#changes.add('added', places, message, 'nobody needs it yet')
      else
        this.#changes.break('added', places, message, 'components that export the old version do not have it')
    }
  }

  definition(old: TypeDefinition, updated: TypeDefinition, direction: Direction, scopes: Scopes): void {
    const { aliasOf } = old
    if (aliasOf && updated.aliasOf && this.#types[direction].isPair(aliasOf.type, updated.aliasOf.type))
      return
    const changes = this.#definitionChanges(old, updated, direction, scopes.names)
    this.#changed('type', old, updated, changes, scopes)
  }

  /** Both with their names, `what` says of what sort they are. */
  #changed(
    what: string,
    old: TypeDefinition | WitFunction,
    updated: TypeDefinition | WitFunction,
    changes: readonly TypeChange[],
    scopes: Scopes,
  ): void {
    const name = memberName(old.name)
    for (const { text, ...part } of changes) {
      const places = {
        path: pathIn(scopes.path, old.name),
        old: placeOf(old, part.old) ?? scopes.old,
        new: placeOf(updated, part.new) ?? scopes.new,
      }
      this.#changes.break(
        'changed',
        places,
        `${what} \`${name}\` of \`${scopes.path}\` changed: ${text}`,
        bothSides,
      )
    }
  }

  #definitionChanges(
    old: TypeDefinition,
    updated: TypeDefinition,
    direction: Direction,
    names: BothNames,
  ): TypeChange[] {
    const [from, to] = [old.aliasOf, updated.aliasOf]
    if (old.type.kind === 'resource' && updated.type.kind === 'resource') {
      // Who imports a resource does not see whose it is; who exports one has to know.
      if (from === undefined && to !== undefined)
        return direction === 'import'
          ? []
          : [{ text: `it is another name of \`${pathOf(to.owner)}#${to.name}\` now` }]
      if (from !== undefined && to === undefined)
        return direction === 'export'
          ? []
          : [
              {
                text: `it was another name of \`${pathOf(from.owner)}#${from.name}\` and is a resource of its own`,
              },
            ]
    }
    return this.#types[direction].definitions(old.type, updated.type, names)
  }

  function(old: WitFunction, updated: WitFunction, direction: Direction, scopes: Scopes): void {
    const changes = this.#types[direction].functions(old.type, updated.type, scopes.names)
    this.#changed('function', old, updated, changes, scopes)
  }

  /** Of an interface of another package, as far as this one uses it. */
  usedTypes(old: WitInterface, updated: WitInterface): void {
    const names = { old: scopeNames(old), new: scopeNames(updated) }
    const scopes: Scopes = { path: pathOf(old), names, old: old.place, new: updated.place }
    this.#members('type', old.types, updated.types, 'import', scopes)
    for (const [name, definition] of old.types) {
      const other = updated.types.get(name)
      if (other !== undefined) this.definition(definition, other, 'import', scopes)
    }
  }
}

function scopeNames({ types, functions }: WitInterface): BothNames['old'] {
  return new PackageScope(types.values(), functions.values()).nameOf
}

/** Of the part, where one is named and stands in a text. */
function placeOf({ place }: TypeDefinition | WitFunction, part: string | undefined): Place | undefined {
  return place && part !== undefined ? (partPlace(place, part) ?? place) : place
}
