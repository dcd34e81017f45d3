import type { ValueType } from '../component/value-type.ts'

/**
 * All of a type but its parts; how many they are is told by it.
 *
 * @example
 * shapeOf({ kind: 'tuple', types: [{ kind: 'u8' }, { kind: 'string' }] }) // tuple 2
 */
export function shapeOf(type: ValueType): string {
  switch (type.kind) {
    case 'record':
      return `record ${type.fields.map(({ name }) => name)}`
    case 'variant':
      return `variant ${type.cases.map(({ name, type: payload }) => `${name}${payload ? '()' : ''}`)}`
    case 'enum':
    case 'flags':
      return `${type.kind} ${type.names}`
    case 'tuple':
      return `tuple ${type.types.length}`
    case 'list':
      return `list ${type.length}`
    case 'result':
      return `result ${type.ok !== undefined} ${type.error !== undefined}`
    case 'stream':
    case 'future':
      return `${type.kind} ${type.element !== undefined}`
    default:
      return type.kind
  }
}
