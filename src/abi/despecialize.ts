import type {
  BorrowType,
  FlagsType,
  FutureType,
  ListType,
  OwnType,
  PrimitiveType,
  RecordType,
  StreamType,
  ValueType,
  VariantType,
} from '../component/value-type.ts'
import { memoize } from './memoize.ts'

/** What is left once the specialized types are spelled out. */
export type DespecializedType =
  | PrimitiveType
  | ListType
  | RecordType
  | VariantType
  | FlagsType
  | OwnType
  | BorrowType
  | StreamType
  | FutureType

/**
 * The type that a specialized type stands for (CanonicalABI.md, "Despecialization"); other types are returned as they are.
 * The same type object always gives the same object.
 *
 * @example
 * despecialize({ kind: 'option', type: u8 })
 * // { kind: 'variant', cases: [{ name: 'none', type: undefined }, { name: 'some', type: u8 }] }
 */
export const despecialize: (type: ValueType) => DespecializedType = memoize((type) => {
  switch (type.kind) {
    case 'tuple':
      return record(type.types)
    case 'enum':
      return { kind: 'variant', cases: type.names.map((name) => ({ name, type: undefined })) }
    case 'option':
      return variant(['none', undefined], ['some', type.type])
    case 'result':
      return variant(['ok', type.ok], ['error', type.error])
    case 'map':
      return { kind: 'list', element: record([type.key, type.value]) }
    default:
      return type
  }
})

function record(types: readonly ValueType[]): RecordType {
  return { kind: 'record', fields: types.map((type, index) => ({ name: String(index), type })) }
}

function variant(...cases: readonly [name: string, type: ValueType | undefined][]): VariantType {
  return { kind: 'variant', cases: cases.map(([name, type]) => ({ name, type })) }
}
