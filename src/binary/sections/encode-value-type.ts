import type {
  CaseSyntax,
  LabelledType,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../../component/component.ts'
import type { PrimitiveKind } from '../../component/value-type.ts'
import type { LayoutWriter } from '../layout-writer.ts'

const primitives: Readonly<Record<PrimitiveKind, number>> = {
  bool: 0x7f,
  s8: 0x7e,
  u8: 0x7d,
  s16: 0x7c,
  u16: 0x7b,
  s32: 0x7a,
  u32: 0x79,
  s64: 0x78,
  u64: 0x77,
  f32: 0x76,
  f64: 0x75,
  char: 0x74,
  string: 0x73,
  'error-context': 0x64,
}

/** `valtype ::= typeidx | primvaltype`: type indices are the non-negative s33 integers. */
export function writeValueType(writer: LayoutWriter, type: ValueTypeReference): void {
  if (typeof type === 'string') writer.byte(primitives[type])
  else writer.s33(type)
}

/** `<valtype>? ::= 0x00 | 0x01 valtype` */
function writeOptionalValueType(writer: LayoutWriter, type: ValueTypeReference | undefined): void {
  if (type === undefined) writer.byte(0x00)
  else writeValueType(writer.byte(0x01), type)
}

/** `labelvaltype ::= label valtype` */
export function writeLabelledType({ name, type }: LabelledType, writer: LayoutWriter): void {
  writeValueType(writer.name(name), type)
}

/** `case ::= label valtype? 0x00` */
function writeCase({ name, type }: CaseSyntax, writer: LayoutWriter): void {
  writeOptionalValueType(writer.name(name), type)
  writer.byte(0x00)
}

function writeLabel(label: string, writer: LayoutWriter): void {
  writer.name(label)
}

/** `defvaltype` */
export function writeDefinedType(writer: LayoutWriter, type: ValueTypeSyntax): void {
  switch (type.kind) {
    case 'primitive':
      writer.byte(primitives[type.type])
      return
    case 'record':
      writer.byte(0x72).vector(type.fields, writeLabelledType)
      return
    case 'variant':
      writer.byte(0x71).vector(type.cases, writeCase)
      return
    case 'list':
      writeValueType(writer.byte(type.length === undefined ? 0x70 : 0x67), type.element)
      if (type.length !== undefined) writer.u32(type.length)
      return
    case 'tuple':
      writer.byte(0x6f).vector(type.types, (item) => writeValueType(writer, item))
      return
    case 'flags':
      writer.byte(0x6e).vector(type.names, writeLabel)
      return
    case 'enum':
      writer.byte(0x6d).vector(type.names, writeLabel)
      return
    case 'option':
      writeValueType(writer.byte(0x6b), type.type)
      return
    case 'result':
      writeOptionalValueType(writer.byte(0x6a), type.ok)
      writeOptionalValueType(writer, type.error)
      return
    case 'own':
      writer.byte(0x69).u32(type.type)
      return
    case 'borrow':
      writer.byte(0x68).u32(type.type)
      return
    case 'stream':
      writeOptionalValueType(writer.byte(0x66), type.element)
      return
    case 'future':
      writeOptionalValueType(writer.byte(0x65), type.element)
      return
    case 'map':
      writeValueType(writer.byte(0x63), type.key)
      writeValueType(writer, type.value)
      return
  }
}
