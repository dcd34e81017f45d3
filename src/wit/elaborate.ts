import { fullName } from './interface-parts.ts'
import { lenderOf, lendersOf } from './lenders.ts'
import type { WitInterface, WorldItem } from './package.ts'
import type { Place, Problems } from './problems.ts'
import type { ResolvedWorld, WorldItems } from './resolved-item.ts'

type InterfaceItem = Extract<WorldItem, { kind: 'interface' }>

/**
 * Adds what the interfaces of a world need (WIT.md, "Transitive imports and worlds"), and puts imports in order: each
 * behind those that it needs, interfaces before types before functions.
 */
export function elaborate(world: ResolvedWorld, problems: Problems): void {
  refuseNamesThatDifferInCase(world, problems)
  const imports: WorldItems = new Map()
  for (const [name, entry] of inClasses(world.imports, itemOf)) {
    const { item } = entry
    if (item.kind === 'interface') addImport(imports, name, item, entry.place)
    const lender = item.kind === 'type' ? lenderOf(item) : undefined
    if (lender !== undefined) addImport(imports, fullName(lender), needed(lender, item), entry.place)
    if (item.kind !== 'interface') imports.set(name, entry)
  }
  const exports = new Map([...world.exports].filter(([, { item }]) => item.kind !== 'interface'))
  new ExportElaborator(world, imports, exports, problems).run()
  replace(world.imports, inClasses(imports, itemOf))
  replace(world.exports, exports)
}

/** Imports as models have them: interfaces, types that are used, types, functions, those of resources. */
export function inClasses<T>(items: Iterable<T>, itemIn: (entry: T) => WorldItem): T[] {
  return [...items].sort((a, b) => classOf(itemIn(a)) - classOf(itemIn(b)))
}

function itemOf([, { item }]: readonly [string, { readonly item: WorldItem }]): WorldItem {
  return item
}

function classOf(item: WorldItem): number {
  if (item.kind === 'interface') return 0
  if (item.kind === 'function') return item.name.startsWith('[') ? 4 : 3
  return item.aliasOf !== undefined && item.aliasOf.owner !== item.owner ? 1 : 2
}

function replace<K, V>(map: Map<K, V>, entries: Iterable<readonly [K, V]>): void {
  const kept = [...entries]
  map.clear()
  for (const [key, value] of kept) map.set(key, value)
}

/** An item that nobody wrote. */
function needed(lender: WitInterface, by: Pick<WorldItem, 'stability' | 'externalId'>): InterfaceItem {
  const { stability } = by
  const item = { kind: 'interface', label: undefined, interface: lender } as const
  return { ...item, stability, docs: undefined, externalId: undefined }
}

/** Without recursion: interfaces may use each other in a long line. */
function addImport(imports: WorldItems, key: string, item: InterfaceItem, place: Place): void {
  const stack = [{ key, item, lenders: lendersOf(item.interface) }]
  while (stack.length > 0) {
    const top = stack.at(-1)!
    const next = imports.has(top.key) ? undefined : top.lenders.next().value
    if (next === undefined) {
      stack.pop()
      if (!imports.has(top.key)) imports.set(top.key, { item: top.item, place })
    } else if (!imports.has(fullName(next))) {
      stack.push({ key: fullName(next), item: needed(next, item), lenders: lendersOf(next) })
    }
  }
}

/**
 * What an exported interface uses comes from an export, where there is one, else from an import. Then it must not be
 * exported as well by what is imported for it: there would be two of it (component-model issue 208).
 */
class ExportElaborator {
  readonly #world: ResolvedWorld
  readonly #imports: WorldItems
  readonly #exports: WorldItems
  readonly #problems: Problems
  readonly #written: WorldItems
  readonly #required = new Set<WitInterface>()

  constructor(world: ResolvedWorld, imports: WorldItems, exports: WorldItems, problems: Problems) {
    this.#world = world
    this.#imports = imports
    this.#exports = exports
    this.#problems = problems
    this.#written = new Map([...world.exports].filter(([, { item }]) => item.kind === 'interface'))
  }

  run(): void {
    for (const [key, { item, place }] of this.#written) {
      if (item.kind !== 'interface') continue
      const clash = this.#add(key, item, place)
      if (clash === undefined) continue
      this.#problems.report(
        this.#world.place,
        `interface \`${key}\` transitively depends on an interface in incompatible ways`,
        {
          related: [{ ...place, text: 'exported here' }],
          notes: [
            `it needs \`${clash}\` both as an import and as an export: export what stands between the two as well`,
          ],
        },
      )
      return
    }
  }

  /** The interface that would be needed twice, if one would. */
  #add(root: string, rootItem: InterfaceItem, place: Place): string | undefined {
    const stack = [{ key: root, item: rootItem, exported: true, lenders: lendersOf(rootItem.interface) }]
    if (this.#exports.has(root)) return undefined
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const next = top.lenders.next().value
      if (next === undefined) {
        stack.pop()
        const clash = this.#finish(top.key, top.item, top.exported, place)
        if (clash !== undefined) return clash
        continue
      }
      const key = fullName(next)
      const exported = top.exported && this.#written.has(key)
      if (this.#exports.has(key)) {
        if (!exported) return key
      } else if (exported || !this.#required.has(next)) {
        stack.push({ key, item: needed(next, rootItem), exported, lenders: lendersOf(next) })
      }
    }
    return undefined
  }

  #finish(key: string, item: InterfaceItem, exported: boolean, place: Place): string | undefined {
    if (!exported) {
      this.#required.add(item.interface)
      if (!this.#imports.has(key)) this.#imports.set(key, { item, place })
      return undefined
    }
    if (this.#required.has(item.interface)) return key
    const written = this.#written.get(key)
    this.#exports.set(key, written ?? { item, place })
    return undefined
  }
}

/** Explainer.md, "Name Uniqueness". */
function refuseNamesThatDifferInCase(world: ResolvedWorld, problems: Problems): void {
  for (const direction of ['imports', 'exports'] as const) {
    const seen = new Map<string, string>()
    for (const [name, { item, place }] of world[direction]) {
      if (item.kind === 'interface' && item.label === undefined) continue
      const key = name.toLowerCase()
      const other = seen.get(key)
      seen.set(key, name)
      if (other === undefined || other === name) continue
      const what = direction.slice(0, -1)
      problems.report(
        place,
        `${what} \`${name}\` in world \`${world.model.name}\` conflicts with ${what} \`${other}\` (kebab-case identifiers are case-insensitive)`,
        { related: [{ ...world[direction].get(other)!.place, text: 'the other' }] },
      )
    }
  }
}
