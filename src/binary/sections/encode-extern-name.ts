import type { ExternName, NameAttribute } from '../../component/component.ts'
import type { ByteWriter } from '../byte-writer.ts'

/** See {@link readExternName} for the grammar. */
export function writeExternName(writer: ByteWriter, { name, prefix, attributes }: ExternName): void {
  writer.byte(prefix).name(name)
  if (prefix === 0x02) writer.vector(attributes, writeAttribute)
}

function writeAttribute(attribute: NameAttribute, writer: ByteWriter): void {
  switch (attribute.kind) {
    case 'implements':
      writer.byte(0x00).name(attribute.interface)
      return
    case 'version-suffix':
      writer.byte(0x01).name(attribute.suffix)
      return
    case 'external-id':
      writer.byte(0x02).name(attribute.id)
  }
}
