import type { ExternTypeSyntax } from '../../component/component.ts'
import type { LayoutWriter } from '../layout-writer.ts'
import { writeValueType } from './encode-value-type.ts'

/** See {@link readExternType} for the grammar. */
export function writeExternType(writer: LayoutWriter, type: ExternTypeSyntax): void {
  switch (type.kind) {
    case 'core-module':
      writer.byte(0x00).byte(0x11).u32(type.type)
      return
    case 'function':
      writer.byte(0x01).u32(type.type)
      return
    case 'value':
      writer.byte(0x02)
      if (type.bound.kind === 'eq') writer.byte(0x00).u32(type.bound.index)
      else writeValueType(writer.byte(0x01), type.bound.type)
      return
    case 'type':
      writer.byte(0x03)
      if (type.bound.kind === 'eq') writer.byte(0x00).u32(type.bound.index)
      else writer.byte(0x01)
      return
    case 'component':
      writer.byte(0x04).u32(type.type)
      return
    case 'instance':
      writer.byte(0x05).u32(type.type)
  }
}
