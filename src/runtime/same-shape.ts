import type { FunctionType } from '../component/extern-type.ts'
import type { Case, Field, ValueType } from '../component/value-type.ts'

/**
 * Whether values that fit one function type fit the other as well: their types are equal, but for resource types,
 * which two components never share by identity.
 */
export function sameFunctionShape(a: FunctionType, b: FunctionType): boolean {
  return a.async === b.async && sameFields(a.parameters, b.parameters) && sameOptional(a.result, b.result)
}

function sameShape(a: ValueType, b: ValueType): boolean {
  switch (a.kind) {
    case 'list':
      return a.kind === b.kind && a.length === b.length && sameShape(a.element, b.element)
    case 'record':
      return a.kind === b.kind && sameFields(a.fields, b.fields)
    case 'tuple':
      return a.kind === b.kind && every(a.types, b.types, sameShape)
    case 'variant':
      return a.kind === b.kind && every(a.cases, b.cases, sameCase)
    case 'enum':
    case 'flags':
      return a.kind === b.kind && every(a.names, b.names, (one, other) => one === other)
    case 'option':
      return a.kind === b.kind && sameShape(a.type, b.type)
    case 'result':
      return a.kind === b.kind && sameOptional(a.ok, b.ok) && sameOptional(a.error, b.error)
    case 'map':
      return a.kind === b.kind && sameShape(a.key, b.key) && sameShape(a.value, b.value)
    case 'stream':
    case 'future':
      return a.kind === b.kind && sameOptional(a.element, b.element)
    default:
      return a.kind === b.kind
  }
}

function sameFields(a: readonly Field[], b: readonly Field[]): boolean {
  return every(a, b, (one, other) => one.name === other.name && sameShape(one.type, other.type))
}

function sameCase(a: Case, b: Case): boolean {
  return a.name === b.name && sameOptional(a.type, b.type)
}

function sameOptional(a: ValueType | undefined, b: ValueType | undefined): boolean {
  return a && b ? sameShape(a, b) : a === b
}

function every<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((one, i) => same(one, b[i]!))
}
