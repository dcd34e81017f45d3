import type {
  CaseSyntax,
  LabelledType,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../../component/component.ts'
import type { TypeIndex } from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import type { PrimitiveKind } from '../../component/value-type.ts'
import type { ByteReader } from '../byte-reader.ts'

/** `primvaltype`; undefined for a byte that is none. */
function primitiveOf(byte: number): PrimitiveKind | undefined {
  switch (byte) {
    case 0x7f:
      return 'bool'
    case 0x7e:
      return 's8'
    case 0x7d:
      return 'u8'
    case 0x7c:
      return 's16'
    case 0x7b:
      return 'u16'
    case 0x7a:
      return 's32'
    case 0x79:
      return 'u32'
    case 0x78:
      return 's64'
    case 0x77:
      return 'u64'
    case 0x76:
      return 'f32'
    case 0x75:
      return 'f64'
    case 0x74:
      return 'char'
    case 0x73:
      return 'string'
    case 0x64:
      return 'error-context'
    default:
      return undefined
  }
}

/** `valtype ::= typeidx | primvaltype`: type indices are the non-negative s33 integers. */
export function readValueType(reader: ByteReader): ValueTypeReference {
  const start = reader.position
  const byte = reader.peek()
  const primitive = primitiveOf(byte)
  if (primitive) {
    reader.position++
    return primitive
  }
  const index = reader.s33()
  if (index < 0) reader.invalidByte(byte, 'component value type', 'a type index or a primitive type', start)
  return index as TypeIndex
}

/** `<valtype>? ::= 0x00 | 0x01 valtype` */
export function readOptionalValueType(reader: ByteReader): ValueTypeReference | undefined {
  const byte = reader.byte()
  if (byte > 0x01) reader.invalidByte(byte, 'optional component value type', '0x00 (none) or 0x01')
  return byte === 0x01 ? readValueType(reader) : undefined
}

/** `labelvaltype ::= label valtype` */
export function readLabelledType(reader: ByteReader): LabelledType {
  return { name: reader.name(), type: readValueType(reader) }
}

/** `case ::= label valtype? 0x00` */
function readCase(reader: ByteReader): CaseSyntax {
  const name = reader.name()
  const type = readOptionalValueType(reader)
  const zero = reader.byte()
  if (zero !== 0x00) reader.invalidByte(zero, 'zero byte required', '0x00 at the end of a variant case')
  return { name, type }
}

const readLabel = (reader: ByteReader): string => reader.name()

/** `defvaltype`, whose opcode was just read. */
export function readDefinedType(reader: ByteReader, opcode: number): ValueTypeSyntax {
  const primitive = primitiveOf(opcode)
  if (primitive) return { kind: 'primitive', type: primitive }
  switch (opcode) {
    case 0x72:
      return { kind: 'record', fields: reader.vector('record fields', limits.recordFields, readLabelledType) }
    case 0x71:
      return { kind: 'variant', cases: reader.vector('variant cases', limits.variantCases, readCase) }
    case 0x70:
      return { kind: 'list', element: readValueType(reader) }
    case 0x6f:
      return { kind: 'tuple', types: reader.vector('tuple types', limits.tupleTypes, readValueType) }
    case 0x6e:
      return { kind: 'flags', names: reader.vector('flag names', limits.flagNames, readLabel) }
    case 0x6d:
      return { kind: 'enum', names: reader.vector('enum cases', limits.enumCases, readLabel) }
    case 0x6b:
      return { kind: 'option', type: readValueType(reader) }
    case 0x6a:
      return { kind: 'result', ok: readOptionalValueType(reader), error: readOptionalValueType(reader) }
    case 0x69:
      return { kind: 'own', type: reader.u32() as TypeIndex }
    case 0x68:
      return { kind: 'borrow', type: reader.u32() as TypeIndex }
    case 0x67:
      return { kind: 'list', element: readValueType(reader), length: reader.u32() }
    case 0x66:
      return { kind: 'stream', element: readOptionalValueType(reader) }
    case 0x65:
      return { kind: 'future', element: readOptionalValueType(reader) }
    case 0x63:
      return { kind: 'map', key: readValueType(reader), value: readValueType(reader) }
    default:
      return reader.invalidByte(opcode, 'component defined type', 'the opcode of a type')
  }
}
