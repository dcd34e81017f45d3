/** Value types (Explainer.md, "Type Definitions", `defvaltype`). */
import type { LabelledType, ValueTypeReference, ValueTypeSyntax } from '../../component/component.ts'
import type { PrimitiveKind } from '../../component/value-type.ts'
import { didYouMean } from '../did-you-mean.ts'
import type { Cursor } from './cursor.ts'
import { type Pending, reference } from './references.ts'
import type { AtomNode } from '../s-expression.ts'
import { duplicateIdentifier, type Scope } from './scope.ts'

const primitives: ReadonlyMap<string, PrimitiveKind> = new Map<string, PrimitiveKind>([
  ['bool', 'bool'],
  ['s8', 's8'],
  ['u8', 'u8'],
  ['s16', 's16'],
  ['u16', 'u16'],
  ['s32', 's32'],
  ['u32', 'u32'],
  ['s64', 's64'],
  ['u64', 'u64'],
  ['f32', 'f32'],
  ['f64', 'f64'],
  // As they were called once.
  ['float32', 'f32'],
  ['float64', 'f64'],
  ['char', 'char'],
  ['string', 'string'],
  ['error-context', 'error-context'],
])

const typeConstructors =
  'record variant list tuple flags enum option result own borrow stream future map func component instance resource'.split(
    ' ',
  )

/** The primitive type that stands next, if one does. */
export function takePrimitive(cursor: Cursor): PrimitiveKind | undefined {
  const primitive = primitives.get(cursor.keyword ?? '')
  if (primitive) cursor.take()
  return primitive
}

/** `valtype ::= typeidx | defvaltype`: a type that is written out is defined first, without a name. */
export function valueType(cursor: Cursor, scope: Scope): Pending<ValueTypeReference> {
  const primitive = takePrimitive(cursor)
  if (primitive) return () => primitive
  if (cursor.node?.kind !== 'list') {
    if (!cursor.atIndex) cursor.expected('a value type', primitives.keys())
    return reference(cursor, scope, 'type')
  }
  if (cursor.nextHead === 'type') return reference(cursor, scope, 'type')
  const type = definedType(cursor.enter('a value type'), scope)()
  const index = scope.type({ kind: 'value', type })
  return () => index
}

/** `(param "a" t)`, `(field "a" t)` */
export function labelledType(cursor: Cursor, scope: Scope): Pending<LabelledType> {
  const name = cursor.string('a label')
  const type = valueType(cursor, scope)
  cursor.end()
  return () => ({ name, type: type() })
}

function optionalValueType(cursor: Cursor, scope: Scope): Pending<ValueTypeReference | undefined> {
  return cursor.done ? () => undefined : valueType(cursor, scope)
}

/** A `defvaltype` in parentheses, after its keyword. */
export function definedType(cursor: Cursor, scope: Scope): Pending<ValueTypeSyntax> {
  const type = definedTypeIn(cursor, scope)
  cursor.end()
  return type
}

function definedTypeIn(cursor: Cursor, scope: Scope): Pending<ValueTypeSyntax> {
  switch (cursor.head) {
    case 'record': {
      const fields = all(cursor, () => labelledType(entered(cursor, 'field'), scope))
      return () => ({ kind: 'record', fields: settle(fields) })
    }
    case 'variant': {
      const ids = new Map<string, AtomNode>()
      const cases = all(cursor, () => variantCase(entered(cursor, 'case'), scope, ids))
      return () => ({ kind: 'variant', cases: settle(cases) })
    }
    case 'list': {
      const element = valueType(cursor, scope)
      const length = cursor.done ? undefined : cursor.u32('the length of a list')
      return () => ({ kind: 'list', element: element(), ...(length === undefined ? {} : { length }) })
    }
    case 'tuple': {
      const types = all(cursor, () => valueType(cursor, scope))
      return () => ({ kind: 'tuple', types: settle(types) })
    }
    case 'flags':
    case 'enum': {
      const kind = cursor.head
      const names = all(cursor, () => cursor.string('a label'))
      return () => ({ kind, names })
    }
    case 'option': {
      const type = valueType(cursor, scope)
      return () => ({ kind: 'option', type: type() })
    }
    case 'result': {
      const ok: Pending<ValueTypeReference | undefined> =
        cursor.nextHead === 'error' ? () => undefined : optionalValueType(cursor, scope)
      const errorCase = cursor.enters('error')
      const error = errorCase && valueType(errorCase, scope)
      errorCase?.end()
      return () => ({ kind: 'result', ok: ok(), error: error?.() })
    }
    case 'own':
    case 'borrow': {
      const kind = cursor.head
      const type = reference(cursor, scope, 'type')
      return () => ({ kind, type: type() })
    }
    case 'stream':
    case 'future': {
      const kind = cursor.head
      const element = optionalValueType(cursor, scope)
      return () => ({ kind, element: element() })
    }
    case 'map': {
      const key = valueType(cursor, scope)
      const value = valueType(cursor, scope)
      return () => ({ kind: 'map', key: key(), value: value() })
    }
    default:
      return cursor.fail(
        `unexpected token: expected a type, found \`(${cursor.head} …)\``,
        cursor.list.span,
        didYouMean(cursor.head, typeConstructors),
      )
  }
}

/** `(case $id? "label" valtype?)`. Nothing can name a case by its identifier, and yet no two have the same. */
function variantCase(
  cursor: Cursor,
  scope: Scope,
  ids: Map<string, AtomNode>,
): Pending<{ name: string; type: ValueTypeReference | undefined }> {
  const { id } = cursor.binding()
  if (id) {
    const first = ids.get(id.text)
    if (first) throw duplicateIdentifier(cursor.source, 'variant case', id, first)
    ids.set(id.text, id)
  }
  const name = cursor.string('a label')
  const type = optionalValueType(cursor, scope)
  cursor.end()
  return () => ({ name, type: type() })
}

function entered(cursor: Cursor, head: string): Cursor {
  return cursor.enters(head) ?? cursor.expected(`\`(${head} …)\``)
}

/** One item after the other, to the end. */
function all<T>(cursor: Cursor, read: () => T): T[] {
  const items: T[] = []
  while (!cursor.done) items.push(read())
  return items
}

export function settle<T>(pending: readonly Pending<T>[]): T[] {
  return pending.map((item) => item())
}
