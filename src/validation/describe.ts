import type { CoreExternType, ExternType } from '../component/extern-type.ts'
import { isValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { ValueType } from '../component/value-type.ts'

/** The sort of an extern, as messages call it. */
export function describeExtern(type: ExternType): string {
  switch (type.kind) {
    case 'function':
      return 'func'
    case 'core-module':
      return 'module'
    default:
      return type.kind
  }
}

/** What messages call the kind of a type. */
export function describeEntity(type: TypeEntity): string {
  if (type.kind === 'resource') return 'resource'
  if (type.kind === 'function') return 'func type'
  return isValueType(type) ? 'defined type' : `${type.kind} type`
}

export function isPrimitive(type: ValueType): boolean {
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'list':
    case 'tuple':
    case 'flags':
    case 'enum':
    case 'option':
    case 'result':
    case 'map':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      return false
    default:
      return true
  }
}

/** A core function type in text: `(func (param i32) (result i32))`. */
export function printCoreFunc(type: Extract<CoreExternType, { kind: 'func' | 'tag' }>): string {
  const parameters = type.parameters.length > 0 ? ` (param ${type.parameters.join(' ')})` : ''
  const results = type.results.length > 0 ? ` (result ${type.results.join(' ')})` : ''
  const func = `(func${parameters}${results})`
  const { form } = type
  const shared = form?.shared ? `(shared ${func})` : func
  return form?.open ? `(sub ${shared})` : shared
}
