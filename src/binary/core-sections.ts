import type { ByteRange } from '../component/component.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { preambleSize, readModulePreamble } from './preamble.ts'

/** The sections of core modules, by id. */
export const coreSectionNames = [
  'custom',
  'type',
  'import',
  'function',
  'table',
  'memory',
  'global',
  'export',
  'start',
  'element',
  'code',
  'data',
  'data count',
  'tag',
] as const

export type CoreSectionName = (typeof coreSectionNames)[number]

/** By id: the section's place in the order of a module. Custom sections (0) may stand anywhere. */
const places = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6]

/** `range` is what follows id and size. */
export interface CoreSection {
  readonly name: CoreSectionName
  readonly range: ByteRange
}

/**
 * Walks the sections of a core module without looking into them: checks the preamble, each section's id and size, and
 * their order. Up to the end of the reader.
 */
export function* walkCoreSections(reader: ByteReader): Generator<CoreSection, void, undefined> {
  readModulePreamble(reader)
  let last = 0
  while (!reader.atEnd) {
    const offset = reader.position
    const id = reader.byte()
    const name = coreSectionNames[id]
    if (name === undefined) reader.fail(`malformed section id: found ${id}, wanted 0 to 13`, offset)
    const place = places[id]!
    if (place !== 0) {
      if (place <= last) reader.fail(`section out of order: the ${name} section`, offset)
      last = place
    }
    const size = reader.u32()
    const start = reader.position
    reader.skip(size)
    yield { name, range: { start, end: reader.position } }
  }
}

/**
 * The sections of the core module in `range`, in order.
 *
 * @example
 * coreSections(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x01, 0x00))
 * // [{ name: 'type', range: { start: 10, end: 11 } }]
 */
export function coreSections(
  bytes: Uint8Array,
  range: ByteRange = { start: 0, end: bytes.length },
): CoreSection[] {
  return [...walkCoreSections(new ByteReader(bytes, range.start, range.end))]
}

/** The contents of the custom sections called `name`, after that name. A custom section that is malformed is none. */
export function customSections(
  bytes: Uint8Array,
  sections: readonly CoreSection[],
  name: string,
): ByteRange[] {
  const found: ByteRange[] = []
  const length = new TextEncoder().encode(name).length
  for (const section of sections) {
    if (section.name !== 'custom') continue
    const reader = new ByteReader(bytes, section.range.start, section.range.end)
    if (reader.end - reader.position <= length || reader.u32() !== length) continue
    const start = reader.position + length
    if (start > reader.end || new TextDecoder().decode(bytes.subarray(reader.position, start)) !== name)
      continue
    found.push({ start, end: reader.end })
  }
  return found
}

/** A copy of a core module that has no custom sections called `name`, and is otherwise the same, byte for byte. */
export function withoutCustomSections(bytes: Uint8Array, name: string): Uint8Array {
  const sections = coreSections(bytes)
  const dropped = new Set(customSections(bytes, sections, name).map(({ end }) => end))
  if (dropped.size === 0) return bytes.slice()
  let start = preambleSize
  const made = new ByteWriter().bytes(bytes.subarray(0, start))
  for (const { range } of sections) {
    if (!dropped.has(range.end)) made.bytes(bytes.subarray(start, range.end))
    start = range.end
  }
  return made.finish()
}
