import type { Identifier } from '../../wit/syntax.ts'
import { nameOnTrack } from '../../component/interface-path.ts'
import { nameEndingIn } from './extern-name.ts'
import type { NodeItem } from './item.ts'

/** What an item is called elsewhere. */
export type NamedItem = Pick<NodeItem, 'interface' | 'externName'>

/** The import that a name alone is passed for: LANGUAGE.md, "Inferred Arguments"; versions that replace each other are one. */
export function inferredName(
  id: Pick<Identifier, 'name'>,
  item: NamedItem,
  { imports }: { readonly imports: ReadonlyMap<string, unknown> },
): string {
  const byInterface = item.interface && nameOnTrack(item.interface, imports)
  const byName = item.externName && nameOnTrack(item.externName, imports)
  return byInterface || byName || nameEndingIn(id.name, imports) || id.name
}

/** The name under which something is exported where nothing else is said: LANGUAGE.md, "Export Statements". Undefined where it has none. */
export function inferredExportName(item: NamedItem): string | undefined {
  return item.interface ?? item.externName
}
