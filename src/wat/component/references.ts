/**
 * How definitions are referred to (Explainer.md, "Index Spaces" and "Alias Definitions"): `$f`, `3`, `(func $f)`, and
 * `(func $instance "export" …)`, which makes aliases.
 */
import type { CoreSort, Sort, SortIndex } from '../../component/component.ts'
import type { AtomNode } from '../s-expression.ts'
import { type Cursor, isIndex } from './cursor.ts'
import type { IndexOf, Scope } from './scope.ts'

/**
 * What is left to do when a definition has been read: names are looked up only after the definitions that stand in
 * it, its types without names for example, have been made.
 */
export type Pending<T> = () => T

/** `idx` */
export function takeIndex(cursor: Cursor, what: string): AtomNode {
  const { node } = cursor
  if (node?.kind !== 'atom' || !isIndex(node)) cursor.expected(what)
  cursor.take()
  return node
}

/** An index, or `(sort idx name*)`. In old texts `core` is left out where no other sort can be meant. */
export function reference<S extends Sort>(cursor: Cursor, scope: Scope, sort: S): Pending<IndexOf[S]> {
  if (cursor.node?.kind !== 'list') {
    const node = takeIndex(cursor, `an index of a ${sort}`)
    return () => scope.resolve(sort, node)
  }
  const { nextHead } = cursor
  if (nextHead !== sort && `core ${nextHead}` !== sort) cursor.expected(`a reference to a ${sort}`)
  return referenceIn(cursor.enter(sort), scope, sort)
}

/** What follows the keyword in `(memory $m)`, `(memory (core memory $i "mem"))` and, in old texts, `(memory $i "mem")`. */
export function referenceIn<S extends Sort>(cursor: Cursor, scope: Scope, sort: S): Pending<IndexOf[S]> {
  if (cursor.node?.kind === 'list') {
    const pending = reference(cursor, scope, sort)
    cursor.end()
    return pending
  }
  const node = takeIndex(cursor, `an index of a ${sort}`)
  const path: string[] = []
  while (!cursor.done) path.push(cursor.string('the name of an export'))
  return () => (path.length === 0 ? scope.resolve(sort, node) : aliasOf(scope, sort, node, path))
}

/** Aliases that lead from an instance to one of its exports, or those of the instances that it exports. */
function aliasOf<S extends Sort>(scope: Scope, sort: S, node: AtomNode, path: readonly string[]): IndexOf[S] {
  const last = path.at(-1)!
  if (sort.startsWith('core ') && sort !== 'core module') {
    let instance = scope.resolve('core instance', node)
    for (const name of path.slice(0, -1)) {
      instance = scope.alias('core instance', { kind: 'core-export', instance, name })
    }
    return scope.alias(sort, { kind: 'core-export', instance, name: last })
  }
  let instance = scope.resolve('instance', node)
  for (const name of path.slice(0, -1)) instance = scope.alias('instance', { kind: 'export', instance, name })
  return scope.alias(sort, { kind: 'export', instance, name: last })
}

const coreSorts: readonly CoreSort[] = [
  'func',
  'table',
  'memory',
  'global',
  'tag',
  'type',
  'module',
  'instance',
]
const componentSorts: readonly Sort[] = ['func', 'value', 'type', 'component', 'instance']
const sorts: ReadonlySet<string> = new Set<Sort>([
  ...componentSorts,
  ...coreSorts.map((sort): Sort => `core ${sort}`),
])

export function isSort(text: string): text is Sort {
  return sorts.has(text)
}

/** `core func`, or `func` where only core sorts can be meant. */
export function coreSortOf(text: string): CoreSort | undefined {
  return coreSorts.find((sort) => text === sort || text === `core ${sort}`)
}

/**
 * `externidx`: `(func $f)`, `(core module $m)` …: what components import and export. The binary format can name other
 * core sorts here, which are not valid.
 */
export function externReference(cursor: Cursor, scope: Scope): Pending<SortIndex> {
  const sort = cursor.nextHead
  if (!isSort(sort)) return cursor.expected('a core module, func, value, type, component or instance')
  const index = reference(cursor, scope, sort)
  return () => ({ sort, index: index() })
}

/** Whether `(sort idx name*)` stands next, and not a definition that begins with the same keyword. */
export function isReference(cursor: Cursor, sort: string): boolean {
  const { node } = cursor
  if (cursor.nextHead !== sort || node?.kind !== 'list') return false
  const [index, after] = node.items.slice(sort.split(' ').length)
  return index?.kind === 'atom' && isIndex(index) && (after === undefined || after.kind === 'string')
}
