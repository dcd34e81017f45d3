import type { ExternName, NameAttribute } from '../../component/component.ts'
import { limits } from '../../component/limits.ts'
import type { ByteReader } from '../byte-reader.ts'

const none: readonly NameAttribute[] = []

/**
 *     nameattributes ::= 0x00 len:u32 externname
 *                      | 0x01 len:u32 externname                  (the same, for historical reasons)
 *                      | 0x02 len:u32 externname vec(attribute)
 */
export function readExternName(reader: ByteReader): ExternName {
  const prefix = reader.byte()
  if (prefix > 0x02) reader.invalidByte(prefix, 'component name', '0x00, 0x01 or 0x02')
  const name = reader.name()
  const attributes =
    prefix === 0x02 ? reader.vector('name attributes', limits.nameAttributes, readAttribute) : none
  return { name, prefix, attributes }
}

/** `attribute ::= 0x00 interfacename | 0x01 semversuffix | 0x02 name`, each with its length before it */
function readAttribute(reader: ByteReader): NameAttribute {
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'implements', interface: reader.name() }
    case 0x01:
      return { kind: 'version-suffix', suffix: reader.name() }
    case 0x02:
      return { kind: 'external-id', id: reader.name() }
    default:
      return reader.invalidByte(
        byte,
        'name option',
        '0x00 (implements), 0x01 (versionsuffix) or 0x02 (external-id)',
      )
  }
}
