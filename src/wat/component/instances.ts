/** Instances (Explainer.md, "Instance Definitions"). */
import type {
  CoreInlineExport,
  CoreInstanceExpr,
  CoreInstantiateArg,
  InlineExport,
  InstanceExpr,
  InstantiateArg,
} from '../../component/component.ts'
import type { Cursor } from './cursor.ts'
import { externName } from './extern-name.ts'
import { externTypeWithoutId } from './extern-types.ts'
import { coreSortOf, externReference, isReference, type Pending, reference } from './references.ts'
import type { Scope } from './scope.ts'
import { settle } from './value-types.ts'

/** Puts an instance that has no name of its own before the one whose argument it is. */
type AddInstance<Expr, Index> = (instance: Expr) => Index

/** `(instantiate moduleidx (with …)*)` or `(export …)*`, to the end. */
export function coreInstance(
  cursor: Cursor,
  scope: Scope,
  add: AddInstance<CoreInstanceExpr, CoreInstantiateArg['instance']>,
): Pending<CoreInstanceExpr> {
  const list = cursor.enters('instantiate')
  if (!list) return coreExports(cursor, scope)
  cursor.end()
  const module = reference(list, scope, 'core module')
  const args: Pending<CoreInstantiateArg>[] = []
  while (!list.done) args.push(coreArgument(enterArgument(list), scope, add))
  return () => ({ kind: 'instantiate', module: module(), args: settle(args) })
}

function enterArgument(cursor: Cursor): Cursor {
  return cursor.enters('with') ?? cursor.expected('`(with …)`')
}

/** `(with "name" (instance idx))`, where the instance may be written out */
function coreArgument(
  cursor: Cursor,
  scope: Scope,
  add: AddInstance<CoreInstanceExpr, CoreInstantiateArg['instance']>,
): Pending<CoreInstantiateArg> {
  const name = cursor.string('the name of an argument')
  if (cursor.nextHead !== 'instance' && cursor.nextHead !== 'core instance') cursor.expected('`(instance …)`')
  if (isReference(cursor, cursor.nextHead)) {
    const instance = reference(cursor, scope, 'core instance')
    cursor.end()
    return () => ({ name, instance: instance() })
  }
  const instance = add(coreExports(cursor.enter('an instance'), scope)())
  cursor.end()
  return () => ({ name, instance })
}

/** `(export "name" (func $f))*`, to the end */
function coreExports(cursor: Cursor, scope: Scope): Pending<CoreInstanceExpr> {
  const exports: Pending<CoreInlineExport>[] = []
  while (!cursor.done) exports.push(coreExport(enterExport(cursor), scope))
  return () => ({ kind: 'exports', exports: settle(exports) })
}

function enterExport(cursor: Cursor): Cursor {
  return cursor.enters('export') ?? cursor.expected('`(instantiate …)` or `(export …)`')
}

function coreExport(cursor: Cursor, scope: Scope): Pending<CoreInlineExport> {
  const name = cursor.string('the name of an export')
  const sort = coreSortOf(cursor.nextHead)
  if (!sort) return cursor.expected('a core func, table, memory, global or tag')
  const index = reference(cursor, scope, `core ${sort}`)
  cursor.end()
  return () => ({ name, sort, index: index() })
}

/** `(instantiate componentidx (with …)*)` or `(export …)*`, to the end. */
export function instance(
  cursor: Cursor,
  scope: Scope,
  add: AddInstance<InstanceExpr, number>,
): Pending<InstanceExpr> {
  const list = cursor.enters('instantiate')
  if (!list) return inlineExports(cursor, scope)
  cursor.end()
  const component = reference(list, scope, 'component')
  const args: Pending<InstantiateArg>[] = []
  while (!list.done) args.push(argument(enterArgument(list), scope, add))
  return () => ({ kind: 'instantiate', component: component(), args: settle(args) })
}

/** `(with "name" externidx)`, where an instance may be written out */
function argument(
  cursor: Cursor,
  scope: Scope,
  add: AddInstance<InstanceExpr, number>,
): Pending<InstantiateArg> {
  const name = cursor.string('the name of an argument')
  if (cursor.nextHead === 'instance' && !isReference(cursor, 'instance')) {
    const index = add(inlineExports(cursor.enter('an instance'), scope)())
    cursor.end()
    return () => ({ name, item: { sort: 'instance', index } })
  }
  const item = externReference(cursor, scope)
  cursor.end()
  return () => ({ name, item: item() })
}

/** `(export "name" externidx)*`, to the end */
function inlineExports(cursor: Cursor, scope: Scope): Pending<InstanceExpr> {
  const exports: Pending<InlineExport>[] = []
  while (!cursor.done) exports.push(inlineExport(enterExport(cursor), scope))
  return () => ({ kind: 'exports', exports: settle(exports) })
}

function inlineExport(cursor: Cursor, scope: Scope): Pending<InlineExport> {
  cursor.binding()
  const name = externName(cursor)
  const item = externReference(cursor, scope)
  // A type may be written here; the binary format has no place for it.
  if (!cursor.done) externTypeWithoutId(cursor.enter('a type'), scope)
  cursor.end()
  return () => ({ name, item: item() })
}
