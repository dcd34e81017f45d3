import type { ExternTypeSyntax, TypeBound, ValueBound } from '../../component/component.ts'
import type { CoreTypeIndex, TypeIndex, ValueIndex } from '../../component/indices.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readValueType } from './value-type.ts'

/**
 *     externtype ::= 0x00 0x11 core:typeidx   (core module)
 *                  | 0x01 typeidx             (func)
 *                  | 0x02 valuebound          (value)
 *                  | 0x03 typebound           (type)
 *                  | 0x04 typeidx             (component)
 *                  | 0x05 typeidx             (instance)
 */
export function readExternType(reader: ByteReader): ExternTypeSyntax {
  const byte = reader.byte()
  switch (byte) {
    case 0x00: {
      const sort = reader.byte()
      if (sort !== 0x11) reader.invalidByte(sort, 'component external kind', '0x11 (core module)')
      return { kind: 'core-module', type: reader.u32() as CoreTypeIndex }
    }
    case 0x01:
      return { kind: 'function', type: reader.u32() as TypeIndex }
    case 0x02:
      return { kind: 'value', bound: readValueBound(reader) }
    case 0x03:
      return { kind: 'type', bound: readTypeBound(reader) }
    case 0x04:
      return { kind: 'component', type: reader.u32() as TypeIndex }
    case 0x05:
      return { kind: 'instance', type: reader.u32() as TypeIndex }
    default:
      return reader.invalidByte(byte, 'component external kind', 'a sort, 0x00 to 0x05')
  }
}

/** `typebound ::= 0x00 typeidx (eq) | 0x01 (sub resource)` */
function readTypeBound(reader: ByteReader): TypeBound {
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'eq', index: reader.u32() as TypeIndex }
    case 0x01:
      return { kind: 'sub-resource' }
    default:
      return reader.invalidByte(byte, 'type bound', '0x00 (eq) or 0x01 (sub resource)')
  }
}

/** `valuebound ::= 0x00 valueidx (eq) | 0x01 valtype` */
function readValueBound(reader: ByteReader): ValueBound {
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'eq', index: reader.u32() as ValueIndex }
    case 0x01:
      return { kind: 'type', type: readValueType(reader) }
    default:
      return reader.invalidByte(byte, 'value bound', '0x00 (eq) or 0x01 (a value type)')
  }
}
