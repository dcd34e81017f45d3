import type { CustomSection } from '../../component/component.ts'
import type { ByteReader } from '../byte-reader.ts'

/** `core:custom ::= core:name byte*`, up to the end of the section. What follows the name is not looked at. */
export function readCustom(reader: ByteReader): CustomSection {
  const offset = reader.position
  const name = reader.name()
  const range = { start: reader.position, end: reader.end }
  reader.position = reader.end
  return { kind: 'custom', offset, name, range }
}
