import type { ByteRange } from '../component/component.ts'
import { DecodeError } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'
import { coreSections, customSections } from './core-sections.ts'
import { type NameMap, readNameMap } from './name-map.ts'

/** What the name section of a core module tells, as far as it is well-formed. */
export interface CoreNames {
  readonly module: string | undefined
  readonly functions: NameMap
}

/**
 * Reads the name section of the core module in `range`, for backtraces. Names are never required to be right: a name
 * section that is missing gives no names, a malformed one those before the damage.
 *
 * @example
 * const names = readNameSection(await assemble('(module $math (func $add))'))
 * names.module // 'math'
 * names.functions.get(0) // 'add'
 */
export function readNameSection(
  bytes: Uint8Array,
  range: ByteRange = { start: 0, end: bytes.length },
): CoreNames {
  const names: { module: string | undefined; functions: NameMap } = {
    module: undefined,
    functions: new Map(),
  }
  forgiving(() => {
    const section = customSections(bytes, coreSections(bytes, range), 'name')[0]
    if (!section) return
    readSubsections(new ByteReader(bytes, section.start, section.end), (id, reader) => {
      if (id === 0) names.module = reader.text(reader.u32())
      if (id === 1) names.functions = readNameMap(reader)
    })
  })
  return names
}

/** `namesubsection_N(B) ::= N:byte size:u32 B`: `visit` gets the reader confined to B and need not read all of it. */
export function readSubsections(reader: ByteReader, visit: (id: number, reader: ByteReader) => void): void {
  while (!reader.atEnd) {
    const id = reader.byte()
    const size = reader.u32()
    const outer = reader.narrow(size, 'name subsection')
    visit(id, reader)
    reader.skip(reader.end - reader.position)
    reader.widen(outer)
  }
}

/** Runs `read` up to where the bytes are malformed. */
export function forgiving(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
  }
}
