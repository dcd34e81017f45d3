import type { ByteReader } from './byte-reader.ts'
import { readModulePreamble } from './preamble.ts'

/** Section ids of core modules. */
export const coreSection = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const

const names = Object.keys(coreSection)

/** By id: the section's place in the order of a module; custom sections (0) may stand anywhere. */
const places = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6]

/**
 * Walks the sections of a core module without looking into them, and checks what frames them: the preamble, each
 * section's id and size, and their order. `visit` gets the reader confined to one section; it may read as much as it
 * likes. The reader must be confined to the module.
 */
export function walkCoreSections(reader: ByteReader, visit?: (id: number, reader: ByteReader) => void): void {
  readModulePreamble(reader)
  let last = 0
  while (!reader.atEnd) {
    const start = reader.position
    const id = reader.byte()
    const place = places[id]
    if (place === undefined)
      reader.fail(`malformed section id: found ${id}, wanted 0 to ${places.length - 1}`, start)
    if (place !== 0) {
      if (place <= last) reader.fail(`section out of order: the ${names[id]} section`, start)
      last = place
    }
    const size = reader.u32()
    const outer = reader.narrow(size, `${names[id]} section`)
    visit?.(id, reader)
    reader.position = reader.end
    reader.widen(outer)
  }
}
