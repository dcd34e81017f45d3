import { lenderOf } from '../lenders.ts'
import type { WitInterface, WitWorld, WorldItem } from '../package.ts'
import { PackageScope } from '../package-scope.ts'
import type { SemverChanges } from './changes.ts'
import { bothSides, type Direction, type InterfaceComparison, type Scopes } from './compare-interfaces.ts'
import { memberName, pathIn, pathOf } from './names.ts'
import type { BothNames } from './compare-types.ts'

type Items = WitWorld['imports']

interface Matched {
  readonly both: readonly [WorldItem, WorldItem][]
  readonly removed: readonly [string, WorldItem][]
  readonly added: readonly [string, WorldItem][]
}

/** Compares worlds of two versions, as components see them that were made for the old one. */
export class WorldComparison {
  readonly #interfaces: InterfaceComparison
  readonly #changes: SemverChanges

  constructor(interfaces: InterfaceComparison, changes: SemverChanges) {
    this.#interfaces = interfaces
    this.#changes = changes
  }

  worlds(old: WitWorld, updated: WitWorld): void {
    const scopes: Scopes = {
      path: pathOf(old),
      names: { old: namesOf(old.imports), new: namesOf(updated.imports) },
      old: old.place,
      new: updated.place,
    }
    const imports = this.#match(old.imports, updated.imports)
    const exports = this.#match(old.exports, updated.exports)
    this.#pair('import', imports)
    this.#pair('export', exports)
    this.#side('import', imports, scopes)
    this.#side('export', exports, scopes)
    this.#origins(old, updated, exports.both, scopes)
  }

  #pair(direction: Direction, { both }: Matched): void {
    for (const [from, to] of both) {
      if (from.kind === 'interface' && to.kind === 'interface')
        this.#interfaces.pairInterfaces(from.interface, to.interface, direction)
      if (from.kind === 'type' && to.kind === 'type') this.#interfaces.pairDefinitions(from, to, direction)
    }
  }

  /** By name; versions of other packages as the imports of components are matched. */
  #match(old: Items, updated: Items): Matched {
    const both: [WorldItem, WorldItem][] = []
    const removed: [string, WorldItem][] = []
    const found = new Set<WorldItem>()
    const named = [...updated.values()].filter(isNamedInterface)
    const byPath = Map.groupBy(named, (item) => pathOf(item.interface))
    for (const [name, item] of old) {
      const other = updated.get(name) ?? this.#counterpart(item, byPath)
      if (other === undefined) removed.push([name, item])
      else {
        both.push([item, other])
        found.add(other)
      }
    }
    return { both, removed, added: [...updated].filter(([, item]) => !found.has(item)) }
  }

  #counterpart(
    item: WorldItem,
    byPath: ReadonlyMap<string, readonly InterfaceItem[]>,
  ): InterfaceItem | undefined {
    if (!isNamedInterface(item)) return undefined
    const home = item.interface.package
    const candidates = byPath.get(pathOf(item.interface)) ?? []
    return candidates.find((other) => this.#interfaces.isCounterpart(home, other.interface.package))
  }

  #side(direction: Direction, { both, removed, added }: Matched, scopes: Scopes): void {
    const isImport = direction === 'import'
    const addedNames = new Map(
      added.flatMap(([name, item]) => (isNamedInterface(item) ? [[pathOf(item.interface), name]] : [])),
    )
    for (const [name, item] of removed) {
      const places = { ...scopes, path: pathIn(scopes.path, name), old: item.place ?? scopes.old }
      const message = `${describe(item, direction)} \`${shown(name, item)}\` of world \`${scopes.path}\` was removed`
      if (isImport) this.#changes.break('removed', places, message, whyMissed(item, addedNames))
      else this.#changes.add('removed', places, message, 'components may export more than they are asked for')
    }
    for (const [name, item] of added) {
      const places = { ...scopes, path: pathIn(scopes.path, name), new: item.place ?? scopes.new }
      const message = `${describe(item, direction)} \`${shown(name, item)}\` of world \`${scopes.path}\` was added`
      if (isImport)
        this.#changes.add('added', places, message, 'components need not import all that there is')
      else
        this.#changes.break('added', places, message, 'components made for the old version do not export it')
    }
    for (const [from, to] of both) this.#item(from, to, direction, scopes)
  }

  #item(old: WorldItem, updated: WorldItem, direction: Direction, scopes: Scopes): void {
    if (old.kind === 'interface' && updated.kind === 'interface')
      this.#interfaces.interface(
        old.interface,
        updated.interface,
        direction,
        pathIn(scopes.path, labelOf(old)),
      )
    else if (old.kind === 'function' && updated.kind === 'function')
      this.#interfaces.function(old, updated, direction, scopes)
    else if (old.kind === 'type' && updated.kind === 'type')
      this.#interfaces.definition(old, updated, direction, scopes)
    else {
      const name = 'name' in old ? old.name : labelOf(old)
      const places = {
        path: pathIn(scopes.path, name),
        old: old.place ?? scopes.old,
        new: updated.place ?? scopes.new,
      }
      const message = `${direction} \`${name}\` of world \`${scopes.path}\` changed: it was ${kindOf(old)} and is ${kindOf(updated)}`
      this.#changes.break('changed', places, message, bothSides)
    }
  }

  /** An exported interface uses resources of what the same component exports, or of what it imports: those are not the same. */
  #origins(old: WitWorld, updated: WitWorld, exports: Matched['both'], scopes: Scopes): void {
    const [exportedBefore, exportedNow] = [exportedBy(old), exportedBy(updated)]
    for (const [from, to] of exports) {
      if (from.kind !== 'interface' || to.kind !== 'interface') continue
      const before = Map.groupBy(resourceLenders(from.interface), pathOf)
      for (const lender of resourceLenders(to.interface)) {
        const other = before
          .get(pathOf(lender))
          ?.find((each) => this.#interfaces.isCounterpart(each.package, lender.package))
        if (other === undefined || exportedBefore.has(other) === exportedNow.has(lender)) continue
        const places = {
          path: pathIn(scopes.path, labelOf(from)),
          old: from.place ?? scopes.old,
          new: to.place ?? scopes.new,
        }
        const now = exportedNow.has(lender) ? 'exports' : 'imports'
        const message = `export \`${labelOf(to)}\` of world \`${scopes.path}\` changed: it uses resources of the \`${pathOf(lender)}\` that the world ${now} now`
        this.#changes.break('changed', places, message, bothSides)
      }
    }
  }
}

function exportedBy({ exports }: WitWorld): Set<WitInterface> {
  return new Set([...exports.values()].flatMap((item) => (item.kind === 'interface' ? [item.interface] : [])))
}

/** The interfaces that one uses resources of. */
function resourceLenders({ types }: WitInterface): Set<WitInterface> {
  const resources = [...types.values()].filter(({ type }) => type.kind === 'resource')
  return new Set(resources.flatMap((each) => lenderOf(each) ?? []))
}

type InterfaceItem = Extract<WorldItem, { kind: 'interface' }>

/** Without a label: what it is called is the interface's own name. */
function isNamedInterface(item: WorldItem): item is InterfaceItem {
  return item.kind === 'interface' && item.label === undefined && item.interface.name !== undefined
}

function namesOf(imports: Items): BothNames['old'] {
  const items = [...imports.values()]
  const types = items.filter((item) => item.kind === 'type')
  return new PackageScope(types, []).nameOf
}

function labelOf(item: InterfaceItem): string {
  return item.label ?? pathOf(item.interface)
}

function shown(name: string, item: WorldItem): string {
  return item.kind === 'interface' ? name : memberName(name)
}

/** An interface of another package may be there in a version that is no other version of the same. */
function whyMissed(item: WorldItem, addedNames: ReadonlyMap<string, string>): string {
  const components = 'components made for the old version import it'
  const other = isNamedInterface(item) ? addedNames.get(pathOf(item.interface)) : undefined
  return other === undefined ? components : `${components}, and \`${other}\` does not take its place`
}

function describe({ kind }: WorldItem, direction: Direction): string {
  return kind === 'type' ? kind : direction
}

function kindOf({ kind }: WorldItem): string {
  return kind === 'interface' ? 'an interface' : `a ${kind}`
}
