import type { ExportDefinition, ExternTypeSyntax, ImportDefinition } from '../../component/component.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readExternName } from './extern-name.ts'
import { readExternType } from './extern-type.ts'
import { readSortIndex } from './sort.ts'

/** `import ::= nameattributes externtype` */
export function readImport(reader: ByteReader): ImportDefinition {
  return {
    kind: 'import',
    offset: reader.position,
    name: readExternName(reader),
    type: readExternType(reader),
  }
}

/** `export ::= nameattributes sortidx externtype?` */
export function readExport(reader: ByteReader): ExportDefinition {
  return {
    kind: 'export',
    offset: reader.position,
    name: readExternName(reader),
    item: readSortIndex(reader),
    type: readOptionalExternType(reader),
  }
}

function readOptionalExternType(reader: ByteReader): ExternTypeSyntax | undefined {
  const byte = reader.byte()
  if (byte > 0x01) reader.invalidByte(byte, 'optional component export type', '0x00 (none) or 0x01')
  return byte === 0x01 ? readExternType(reader) : undefined
}
