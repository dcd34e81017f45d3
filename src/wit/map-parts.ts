import type { ValueType } from '../component/value-type.ts'

/** The same type of other parts, one level deep; always a new object. Handles keep their resource type. */
export function mapParts(type: ValueType, map: (part: ValueType) => ValueType): ValueType {
  const optional = (part: ValueType | undefined): ValueType | undefined => part && map(part)
  switch (type.kind) {
    case 'record':
      return { kind: 'record', fields: type.fields.map((field) => ({ ...field, type: map(field.type) })) }
    case 'variant':
      return { kind: 'variant', cases: type.cases.map((one) => ({ ...one, type: optional(one.type) })) }
    case 'list':
      return { kind: 'list', element: map(type.element), length: type.length }
    case 'tuple':
      return { kind: 'tuple', types: type.types.map(map) }
    case 'option':
      return { kind: 'option', type: map(type.type) }
    case 'result':
      return { kind: 'result', ok: optional(type.ok), error: optional(type.error) }
    case 'map':
      return { kind: 'map', key: map(type.key), value: map(type.value) }
    case 'stream':
    case 'future':
      return { kind: type.kind, element: optional(type.element) }
    default:
      return { ...type }
  }
}
