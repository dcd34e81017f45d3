import { parseExternName } from '../component/names.ts'
import type { TypeDefinition, WitFunction } from '../wit/package.ts'
import {
  type Address,
  functionAnchor,
  fullName,
  type Home,
  homeOfWorldItem,
  href,
  itemPage,
  original,
  ownItems,
  partAnchor,
  partsOf,
} from './addresses.ts'
import { summaryText } from './markdown.ts'
import type { SearchEntry } from './search-page.ts'
import type { SiteContext } from './site-context.ts'
import { indexPage } from './trail.ts'

/** Characters of a doc comment that a result shows. */
const shownDocs = 160

/** What the search finds, as a script: a page that was opened from a disk may load scripts, and nothing else. */
export function renderSearchIndex(site: SiteContext): string {
  const entries = Array.from(entriesOf(site), (each) => JSON.stringify(each))
  return `globalThis.tenonSearchIndex = [\n${entries.join(',\n')}\n]\n`
}

function* entriesOf({ packages, addresses }: SiteContext): Generator<SearchEntry> {
  for (const { name, docs, interfaces, worlds } of packages) {
    const home = fullName(name)
    yield entry('package', home, '', addresses.package(name)!, docs)
    for (const one of interfaces.values()) {
      yield entry('interface', one.name!, home, addresses.interface(one)!, one.docs)
      const page = itemPage('interface', name, one.name!)
      const within = fullName(name, one.name)
      yield* scopeEntries(one.types.values(), one.functions.values(), { page, prefix: '' }, within)
    }
    for (const world of worlds.values()) {
      const page = itemPage('world', name, world.name)
      yield entry('world', world.name, home, { page }, world.docs)
      for (const [direction, items] of [
        ['import', world.imports],
        ['export', world.exports],
      ] as const) {
        const own = ownItems(items)
        const within = fullName(name, world.name)
        yield* scopeEntries(own.types, own.functions, { page, prefix: `${direction}.` }, within)
        for (const [key, one] of own.interfaces) {
          yield entry('interface', key, within, { page, anchor: `${direction}.${key}` }, one.docs)
          const inner = homeOfWorldItem(page, direction, key)
          yield* scopeEntries(one.types.values(), one.functions.values(), inner, `${within}, ${key}`)
        }
      }
    }
  }
}

function* scopeEntries(
  types: Iterable<TypeDefinition>,
  functions: Iterable<WitFunction>,
  { page, prefix }: Home,
  within: string,
): Generator<SearchEntry> {
  for (const definition of types) {
    if (original(definition) !== definition) continue
    const { name, type, docs, partDocs, aliasOf } = definition
    const parts = partsOf(definition)
    const kind = aliasOf === undefined && (parts.length > 0 || type.kind === 'resource') ? type.kind : 'type'
    const anchor = prefix + name
    yield entry(kind, name, within, { page, anchor }, docs)
    const partKind = type.kind === 'record' ? 'field' : type.kind === 'flags' ? 'flag' : 'case'
    for (const part of parts)
      yield entry(
        partKind,
        `${name}.${part}`,
        within,
        { page, anchor: partAnchor(anchor, part) },
        partDocs.get(part),
      )
  }
  for (const { name, docs } of functions) {
    const parts = parseExternName(name)
    const kind = 'resource' in parts ? parts.kind : 'function'
    const own = functionAnchor(name)
    yield entry(kind, own.replace('..', '.'), within, { page, anchor: prefix + own }, docs)
  }
}

function entry(
  kind: string,
  name: string,
  within: string,
  address: Address,
  docs: string | undefined,
): SearchEntry {
  const text = summaryText(docs)
  const short = text.length > shownDocs ? `${text.slice(0, shownDocs - 1)}…` : text
  return [kind, name, within, href(indexPage, address), short]
}
