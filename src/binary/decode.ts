import type { Component, Definition } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import { DecodeError } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'
import { walkCoreSections } from './core-sections.ts'
import { readComponentPreamble } from './preamble.ts'
import { readAliasDefinition } from './sections/alias.ts'
import { readCanon } from './sections/canon.ts'
import { readCoreTypeDefinition } from './sections/core-type.ts'
import { readCustom } from './sections/custom.ts'
import { readExport, readImport } from './sections/import-export.ts'
import { readCoreInstance, readInstance } from './sections/instance.ts'
import { readStart } from './sections/start.ts'
import { readTypeDefinition } from './sections/type.ts'
import { readValue } from './sections/value.ts'

/**
 * Decodes a component (Binary.md). What it returns is well-formed, not yet valid: indices may lead nowhere.
 * Core modules stay byte ranges of `bytes`, which must not change afterwards.
 *
 * @throws {DecodeError} where the bytes are no component, with the offset and the sections that lead there.
 *
 * @example
 * const preamble = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00)
 * const types = Uint8Array.of(0x07, 0x02, 0x01, 0x73) // a type section with one type: string
 * const component = decode(Uint8Array.of(...preamble, ...types))
 * component.definitions // [{ kind: 'type', offset: 11, type: { kind: 'value', type: { kind: 'primitive', type: 'string' } } }]
 */
export function decode(bytes: Uint8Array): Component {
  return readComponent(new ByteReader(bytes), 0)
}

function readComponent(reader: ByteReader, depth: number): Component {
  const start = reader.position
  readComponentPreamble(reader)
  const definitions: Definition[] = []
  const nested = { modules: 0, components: 0 }
  while (!reader.atEnd) readSection(reader, definitions, depth, nested)
  return { bytes: reader.bytes, range: { start, end: reader.end }, definitions }
}

const sectionNames = [
  'custom section',
  'core module',
  'core instance section',
  'core type section',
  'component',
  'instance section',
  'alias section',
  'type section',
  'canon section',
  'start section',
  'import section',
  'export section',
  'value section',
]

function readSection(
  reader: ByteReader,
  definitions: Definition[],
  depth: number,
  nested: { modules: number; components: number },
): void {
  const id = reader.byte()
  let name = sectionNames[id]
  if (name === undefined)
    reader.fail(`malformed section id: found ${id}, wanted 0 to 12`, reader.position - 1)
  if (id === 1) name += ` ${nested.modules++}`
  if (id === 4) name += ` ${nested.components++}`
  const size = reader.u32()
  const outer = reader.narrow(size, name)
  readSectionBody(reader, id, definitions, depth)
  reader.widen(outer)
}

function readSectionBody(reader: ByteReader, id: number, definitions: Definition[], depth: number): void {
  const offset = reader.position
  switch (id) {
    case 0:
      definitions.push(readCustom(reader))
      return
    case 1:
      walkCoreSections(reader)
      definitions.push({ kind: 'core-module', offset, range: { start: offset, end: reader.end } })
      return
    case 2:
      return readItems(reader, definitions, readCoreInstance)
    case 3:
      return readItems(reader, definitions, readCoreTypeDefinition)
    case 4:
      if (depth === limits.componentDepth) tooDeep(reader)
      definitions.push({ kind: 'component', offset, component: readComponent(reader, depth + 1) })
      return
    case 5:
      return readItems(reader, definitions, readInstance)
    case 6:
      return readItems(reader, definitions, readAliasDefinition)
    case 7:
      return readItems(reader, definitions, readTypeDefinition)
    case 8:
      return readItems(reader, definitions, readCanon)
    case 9:
      definitions.push(readStart(reader))
      return
    case 10:
      return readItems(reader, definitions, readImport)
    case 11:
      return readItems(reader, definitions, readExport)
    case 12:
      return readItems(reader, definitions, readValue)
  }
}

/** A section that is a vector of definitions. */
function readItems(
  reader: ByteReader,
  definitions: Definition[],
  read: (reader: ByteReader) => Definition,
): void {
  const count = reader.count('definitions in a section', limits.types)
  for (let i = 0; i < count; i++) {
    reader.item = i
    definitions.push(read(reader))
  }
}

function tooDeep(reader: ByteReader): never {
  throw new DecodeError(
    `component nesting is too deep: the limit is ${limits.componentDepth}`,
    reader.position,
    reader.where(),
    'limit',
  )
}
