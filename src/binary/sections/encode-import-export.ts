import type { ExportDefinition, ImportDefinition } from '../../component/component.ts'
import type { LayoutWriter } from '../layout-writer.ts'
import { writeExternName } from './encode-extern-name.ts'
import { writeExternType } from './encode-extern-type.ts'
import { writeSortIndex } from './encode-sort.ts'

/** `import ::= nameattributes externtype` */
export function writeImport(writer: LayoutWriter, { name, type }: ImportDefinition): void {
  writeExternName(writer, name)
  writeExternType(writer, type)
}

/** `export ::= nameattributes sortidx externtype?` */
export function writeExport(writer: LayoutWriter, { name, item, type }: ExportDefinition): void {
  writeExternName(writer, name)
  writeSortIndex(writer, item)
  if (type) writeExternType(writer.byte(0x01), type)
  else writer.byte(0x00)
}
