import { ArgumentList } from './argument-list.ts'
import type { Draft } from './draft.ts'
import type { GivenArguments } from './given-arguments.ts'
import { argumentText } from './short-names.ts'
import { written } from './written-name.ts'

/**
 * Leaves imports of an instance open, as those of the composition: what one argument gives beside them is said explicitly, and a
 * `...instance` that would fill the gap says what it gives.
 *
 * @param gone statements that will not be there any more
 * @param broken arguments that go without being for any import
 */
export function openArguments(
  draft: Draft,
  given: GivenArguments,
  opened: ReadonlySet<string>,
  gone: ReadonlySet<number> = new Set(),
  broken: ReadonlySet<number> = new Set(),
): void {
  const list = new ArgumentList(draft, given.syntax)
  for (const index of given.syntax.arguments.keys()) {
    const names = given.namesOf(index)
    const kept = names.filter((name) => !opened.has(name))
    const wouldFill = opened.values().some((name) => given.couldGive(index, name))
    if (kept.length < names.length || wouldFill || broken.has(index))
      list.replace(index, broken.has(index) ? [] : given.explicit(index, kept))
  }
  for (const name of opened) {
    const imported = importedAs(draft, name, gone)
    if (imported === undefined) list.leaveRest()
    else list.add(passed(draft, given.imports, name, imported))
  }
  if (opened.size === 0) list.leaveRest()
  list.write()
}

/**
 * What the text imports under exactly this name: WAC does not let it be left open beside that.
 *
 * @returns what the text calls it
 */
export function importedAs(
  draft: Draft,
  name: string,
  gone: ReadonlySet<number> = new Set(),
): string | undefined {
  for (const [index, each] of draft.syntax.statements.entries()) {
    if (each.kind !== 'import' || gone.has(index)) continue
    const item = draft.document.names.get(each.id.name)?.item
    if (item?.kind === 'node' && item.externName === name) return each.id.name
  }
  return undefined
}

/** An argument that is something the text imports. */
export function passed(
  draft: Draft,
  imports: ReadonlyMap<string, unknown> | undefined,
  name: string,
  imported: string,
): string {
  const item = draft.document.names.get(imported)?.item
  const alone = item?.kind === 'node' ? { name: imported, item } : undefined
  return argumentText(name, imports, { text: written(imported), alone })
}
