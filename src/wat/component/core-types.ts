/** Core types in components (Explainer.md, "Core Type Definitions"). Their grammar is that of modules. */
import type { CoreRecType, CoreSubType } from '../../component/component.ts'
import type { CoreValueType } from '../../component/extern-type.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import { type TakeTypeIndex, takeSubType, takeValueType } from '../core/parse-core-type.ts'
import type { Binding, Cursor } from './cursor.ts'
import type { Pending } from './references.ts'
import type { Scope } from './scope.ts'

/** What a type is called, and how to read it once all names of its group are known. */
export interface NamedSubType {
  readonly binding: Binding
  readonly read: Pending<CoreSubType>
}

/** `(type $id? subtype)`, after the keyword. */
export function namedSubType(cursor: Cursor, scope: Scope): NamedSubType {
  const binding = cursor.binding()
  const tokens = cursor.takeTokens('a core type')
  cursor.end()
  return { binding, read: () => takeSubType(tokens, typeIndexIn(scope)) }
}

/** `(rec (type …)*)`, after the keyword. */
export function recGroup(cursor: Cursor, scope: Scope): NamedSubType[] {
  const types: NamedSubType[] = []
  while (!cursor.done) {
    types.push(namedSubType(cursor.enters('type') ?? cursor.expected('`(type …)`'), scope))
  }
  return types
}

export function recType(types: readonly NamedSubType[], explicit: boolean): CoreRecType {
  return { kind: 'rec', types: types.map(({ read }) => read()), explicit }
}

export function takeCoreValueType(cursor: Cursor, scope: Scope): Pending<CoreValueType> {
  const tokens = cursor.takeTokens('a core value type')
  return () => takeValueType(tokens, typeIndexIn(scope))
}

/** Core types refer to each other only within their own scope. */
export function typeIndexIn(scope: Scope): TakeTypeIndex {
  return (tokens) => {
    const { identifier, span } = tokens.lexer
    if (identifier === undefined) return tokens.takeIndex('an index of a core type') as CoreTypeIndex
    tokens.lexer.next()
    return scope.resolveHere('core type', { kind: 'atom', text: identifier, span }) as CoreTypeIndex
  }
}
