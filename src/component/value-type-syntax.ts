import type { LabelledType, ValueTypeReference, ValueTypeSyntax } from './component.ts'
import type { TypeIndex } from './indices.ts'
import type { BorrowType, Field, OwnType, ValueType } from './value-type.ts'

/** Says how the parts of a type are written: by index, or in place. */
export interface TypeReferences {
  value(type: ValueType): ValueTypeReference
  /** The index of the resource type that a handle is for. */
  resource(handle: OwnType | BorrowType): TypeIndex
}

/**
 * A type as it is written, its parts by reference: what `resolveValueType` reads.
 *
 * @example
 * const references = { value: (type) => type.kind, resource: () => 0 }
 * valueTypeSyntax({ kind: 'option', type: { kind: 'u8' } }, references) // { kind: 'option', type: 'u8' }
 */
export function valueTypeSyntax(type: ValueType, references: TypeReferences): ValueTypeSyntax {
  const value = (part: ValueType): ValueTypeReference => references.value(part)
  const optional = (part: ValueType | undefined): ValueTypeReference | undefined => part && value(part)
  switch (type.kind) {
    case 'record':
      return { kind: 'record', fields: fieldSyntax(type.fields, references) }
    case 'variant':
      return {
        kind: 'variant',
        cases: type.cases.map((one) => ({ name: one.name, type: optional(one.type) })),
      }
    case 'list':
      return { kind: 'list', element: value(type.element), length: type.length }
    case 'tuple':
      return { kind: 'tuple', types: type.types.map(value) }
    case 'flags':
    case 'enum':
      return { kind: type.kind, names: type.names }
    case 'option':
      return { kind: 'option', type: value(type.type) }
    case 'result': {
      const ok = optional(type.ok)
      return { kind: 'result', ok, error: optional(type.error) }
    }
    case 'map': {
      const key = value(type.key)
      return { kind: 'map', key, value: value(type.value) }
    }
    case 'stream':
    case 'future':
      return { kind: type.kind, element: optional(type.element) }
    case 'own':
    case 'borrow':
      return { kind: type.kind, type: references.resource(type) }
    default:
      return { kind: 'primitive', type: type.kind }
  }
}

/** The fields of a record, or the parameters of a function. */
export function fieldSyntax(fields: readonly Field[], references: TypeReferences): LabelledType[] {
  return fields.map(({ name, type }) => ({ name, type: references.value(type) }))
}
