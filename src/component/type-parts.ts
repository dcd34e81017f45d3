import type { ValueType } from './value-type.ts'

/** The types that a type is directly made of; of handles none. */
export function partsOf(type: ValueType): readonly ValueType[] {
  switch (type.kind) {
    case 'list':
      return [type.element]
    case 'map':
      return [type.key, type.value]
    case 'tuple':
      return type.types
    case 'record':
      return type.fields.map((field) => field.type)
    case 'variant':
      return type.cases.flatMap((one) => one.type ?? [])
    case 'option':
      return [type.type]
    case 'result':
      return [type.ok, type.error].filter((part) => part !== undefined)
    case 'stream':
    case 'future':
      return type.element ? [type.element] : []
    default:
      return []
  }
}
