import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import type { TypeStore } from './type-store.ts'

/** Types of more parts may share so many of them that comparing them part by part would never end. */
const manyParts = 64

/** Whether two value types are the same type: of equal structure, with the same resource types. */
export function equalTypes(store: TypeStore, a: ValueType, b: ValueType): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  const { size } = store.facts(a)
  if (size > manyParts) return store.structure(a) === store.structure(b)
  store.work(size)
  return equalParts(store, a, b)
}

/** The same for function types. */
export function equalFunctions(store: TypeStore, a: FunctionType, b: FunctionType): boolean {
  if (a === b) return true
  if (a.async !== b.async || a.parameters.length !== b.parameters.length) return false
  for (let i = 0; i < a.parameters.length; i++) {
    const { name, type } = a.parameters[i]!
    const other = b.parameters[i]!
    if (name !== other.name || !equalTypes(store, type, other.type)) return false
  }
  if (a.result === undefined || b.result === undefined) return a.result === b.result
  return equalTypes(store, a.result, b.result)
}

function equal(store: TypeStore, a: ValueType | undefined, b: ValueType | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.kind === b.kind && equalParts(store, a, b))
}

interface Member {
  readonly name: string
  readonly type: ValueType | undefined
}

function equalMembers(store: TypeStore, a: readonly Member[], b: readonly Member[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    const one = a[i]!
    const other = b[i]!
    if (one.name !== other.name || !equal(store, one.type, other.type)) return false
  }
  return true
}

/** Of two types of one kind and few parts. */
function equalParts(store: TypeStore, a: ValueType, other: ValueType): boolean {
  switch (a.kind) {
    case 'record': {
      const { fields } = other as typeof a
      return equalMembers(store, a.fields, fields)
    }
    case 'variant': {
      const { cases } = other as typeof a
      return equalMembers(store, a.cases, cases)
    }
    case 'list': {
      const b = other as typeof a
      return a.length === b.length && equal(store, a.element, b.element)
    }
    case 'tuple': {
      const { types } = other as typeof a
      return a.types.length === types.length && a.types.every((type, i) => equal(store, type, types[i]))
    }
    case 'flags':
    case 'enum': {
      const { names } = other as typeof a
      return (
        a.names === names ||
        (a.names.length === names.length && a.names.every((name, i) => name === names[i]))
      )
    }
    case 'option':
      return equal(store, a.type, (other as typeof a).type)
    case 'result': {
      const b = other as typeof a
      return equal(store, a.ok, b.ok) && equal(store, a.error, b.error)
    }
    case 'map': {
      const b = other as typeof a
      return equal(store, a.key, b.key) && equal(store, a.value, b.value)
    }
    case 'own':
    case 'borrow':
      return store.root(a.resource) === store.root((other as typeof a).resource)
    case 'stream':
    case 'future':
      return equal(store, a.element, (other as typeof a).element)
    default:
      return true
  }
}
