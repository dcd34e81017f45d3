/** Aliases (Explainer.md, "Alias Definitions"). */
import type { AliasTarget, Sort } from '../../component/component.ts'
import type { Binding, Cursor } from './cursor.ts'
import { isSort, type Pending, reference, takeIndex } from './references.ts'
import type { Scope } from './scope.ts'

/** `(alias export $i "name" (sort $id?))` and the like, after the keyword, to the end. */
export function aliasDefinition(cursor: Cursor, scope: Scope): void {
  const target = takeTarget(cursor, scope)
  const list = cursor.enter('the sort of the alias')
  const sort = sortOf(list)
  const binding = list.binding()
  list.end()
  cursor.end()
  scope.alias(sort, target(sort), binding)
}

function sortOf(cursor: Cursor): Sort {
  const { head, list } = cursor
  return isSort(head) ? head : cursor.fail(`expected a sort, found \`(${head} …)\``, list.span)
}

/** `(func $id (alias export $i "name"))`: `cursor` is in the inner list. */
export function inlineAlias(cursor: Cursor, scope: Scope, sort: Sort, binding: Binding): number {
  const target = takeTarget(cursor, scope)
  cursor.end()
  return scope.alias(sort, target(sort), binding)
}

/** `export idx name`, `core export idx name` or `outer idx idx`; which sort they are of follows in the text. */
function takeTarget(cursor: Cursor, scope: Scope): (sort: Sort) => AliasTarget {
  if (cursor.head === 'alias' && cursor.takes('core')) {
    if (!cursor.takes('export')) cursor.expected('`export`')
    return exportOf('core-export', reference(cursor, scope, 'core instance'), cursor)
  }
  if (cursor.takes('export')) return exportOf('export', reference(cursor, scope, 'instance'), cursor)
  if (!cursor.takes('outer')) cursor.expected('`export`, `core export` or `outer`')
  const outer = takeIndex(cursor, 'an outer component')
  const node = takeIndex(cursor, 'an index')
  return (sort) => {
    const { count, scope: found } = scope.resolveOuter(outer)
    return { kind: 'outer', count, index: (found ?? scope).resolveHere(sort, node) }
  }
}

function exportOf<Kind extends 'export' | 'core-export'>(
  kind: Kind,
  instance: Pending<Extract<AliasTarget, { kind: Kind }>['instance']>,
  cursor: Cursor,
): () => AliasTarget {
  const name = cursor.string('the name of an export')
  return () => ({ kind, instance: instance(), name }) as AliasTarget
}
