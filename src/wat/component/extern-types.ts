/** Types of imports and exports (Explainer.md, "Import and Export Definitions", `externtype`). */
import type { ExternTypeSyntax, Sort } from '../../component/component.ts'
import type { CoreTypeIndex, TypeIndex } from '../../component/indices.ts'
import type { AtomNode } from '../s-expression.ts'
import type { Binding, Cursor } from './cursor.ts'
import { moduleType } from './module-type.ts'
import { isReference, type Pending, reference } from './references.ts'
import { anonymous, type Scope } from './scope.ts'
import { declarationsOf, takeFunctionType } from './type-definitions.ts'
import { valueType } from './value-types.ts'

export interface ExternTypeText {
  readonly sort: Exclude<Sort, `core ${string}`> | 'core module'
  readonly binding: Binding
  readonly type: Pending<ExternTypeSyntax>
}

/** `(sort $id? …)` in the cursor's list, to the end. */
export function externType(cursor: Cursor, scope: Scope): ExternTypeText {
  const binding = cursor.binding()
  const { sort, type } = typeIn(cursor, scope, binding.id)
  cursor.end()
  return { sort, binding, type }
}

/** The same without an identifier: of an export, whose own stands before its name. */
export function externTypeWithoutId(cursor: Cursor, scope: Scope): Pending<ExternTypeSyntax> {
  const { type } = typeIn(cursor, scope, anonymous.id)
  cursor.end()
  return type
}

function typeIn(
  cursor: Cursor,
  scope: Scope,
  id: AtomNode | undefined,
): Pick<ExternTypeText, 'sort' | 'type'> {
  switch (cursor.head) {
    case 'core module': {
      const type = moduleTypeUse(cursor, scope)
      return { sort: 'core module', type: () => ({ kind: 'core-module', type: type() }) }
    }
    case 'func': {
      const type = functionTypeUse(cursor, scope)
      return { sort: 'func', type: () => ({ kind: 'function', type: type() }) }
    }
    case 'component':
    case 'instance': {
      const kind = cursor.head
      const type = structureTypeUse(cursor, scope, id)
      return { sort: kind, type: () => ({ kind, type: type() }) }
    }
    case 'value':
      return { sort: 'value', type: valueBound(cursor, scope) }
    case 'type':
      return { sort: 'type', type: typeBound(cursor, scope) }
    default:
      return cursor.fail(
        `expected a core module, func, value, type, component or instance, found \`(${cursor.head} …)\``,
        cursor.list.span,
      )
  }
}

/** `(type $t)`, or the declarations of a module type, to the end. */
export function moduleTypeUse(cursor: Cursor, scope: Scope): Pending<CoreTypeIndex> {
  if (isReference(cursor, 'type') || isReference(cursor, 'core type')) return coreTypeReference(cursor, scope)
  const type = moduleType(cursor, scope, undefined)
  const index = scope.coreTypes([anonymous], () => type)
  return () => index
}

function coreTypeReference(cursor: Cursor, scope: Scope): Pending<CoreTypeIndex> {
  const index = reference(cursor, scope, 'core type')
  cursor.end()
  return index
}

/** `(type $t)`, or a signature; more may follow. */
export function functionTypeUse(cursor: Cursor, scope: Scope): Pending<TypeIndex> {
  if (isReference(cursor, 'type')) return reference(cursor, scope, 'type')
  const index = scope.type(takeFunctionType(cursor, scope)())
  return () => index
}

/** `(type $t)`, or the declarations of a component or instance type, to the end. */
export function structureTypeUse(cursor: Cursor, scope: Scope, id: AtomNode | undefined): Pending<TypeIndex> {
  if (isReference(cursor, 'type')) return reference(cursor, scope, 'type')
  const kind = cursor.head === 'component' ? 'component' : 'instance'
  const index = scope.type({ kind, declarations: declarationsOf(cursor, scope, id) })
  return () => index
}

/** `(eq valueidx)` or a value type */
function valueBound(cursor: Cursor, scope: Scope): Pending<ExternTypeSyntax> {
  const list = cursor.enters('eq')
  if (list) {
    const index = reference(list, scope, 'value')
    list.end()
    return () => ({ kind: 'value', bound: { kind: 'eq', index: index() } })
  }
  const type = valueType(cursor, scope)
  return () => ({ kind: 'value', bound: { kind: 'type', type: type() } })
}

/** `(eq typeidx)` or `(sub resource)` */
function typeBound(cursor: Cursor, scope: Scope): Pending<ExternTypeSyntax> {
  const list = cursor.enter('`(eq …)` or `(sub resource)`')
  if (list.head === 'eq') {
    const index = reference(list, scope, 'type')
    list.end()
    return () => ({ kind: 'type', bound: { kind: 'eq', index: index() } })
  }
  if (list.head !== 'sub') list.fail('expected `(eq …)` or `(sub resource)`', list.list.span)
  if (!list.takes('resource')) list.expected('`resource`')
  list.end()
  return () => ({ kind: 'type', bound: { kind: 'sub-resource' } })
}
