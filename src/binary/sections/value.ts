import type { ValueDefinition } from '../../component/component.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readValueType } from './value-type.ts'

/** `value ::= valtype len:u32 val`, where `val` takes `len` bytes: they can be read only once the type is known. */
export function readValue(reader: ByteReader): ValueDefinition {
  const offset = reader.position
  const type = readValueType(reader)
  const length = reader.u32()
  const start = reader.position
  reader.skip(length)
  return { kind: 'value', offset, type, range: { start, end: reader.position } }
}
