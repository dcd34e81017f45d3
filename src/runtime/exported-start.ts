import { ByteReader } from '../binary/byte-reader.ts'
import { ByteWriter } from '../binary/byte-writer.ts'
import { readCoreModuleType } from '../binary/core-module.ts'
import { type CoreSection, coreSections } from '../binary/core-sections.ts'
import type { ByteRange } from '../component/component.ts'
import { limits } from '../component/limits.ts'

/** A core module whose start function became an export. */
export interface ExportedStart {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of the export: one that the module does not use itself. */
  readonly name: string
  /** By how many bytes its code lies further back than in the file, for backtraces. */
  readonly shift: number
}

const preambleSize = 8
const exportSection = 7

/**
 * The engine calls a start function by itself, and there it cannot be suspended. As an export it is called like any
 * other. Undefined for a module without a start function.
 */
export function exportStart(bytes: Uint8Array, range: ByteRange): ExportedStart | undefined {
  const sections = coreSections(bytes, range)
  const start = sections.find(({ name }) => name === 'start')
  if (!start) return undefined
  const exports = sections.find(({ name }) => name === 'export')
  const name = freeName(bytes, range)
  const rewritten = new ByteWriter(range.end - range.start + name.length + 16)
  let from = range.start + preambleSize
  let shift = 0
  rewritten.bytes(bytes.subarray(range.start, from))
  for (const section of sections) {
    if (section.name === 'code') shift = rewritten.length - (from - range.start)
    // The export section stands directly before the start section: where there is none, it takes that place.
    if (section === (exports ?? start)) writeExports(rewritten, bytes, { exports, start, name })
    else if (section !== start) rewritten.bytes(bytes.subarray(from, section.range.end))
    from = section.range.end
  }
  return { bytes: rewritten.finish(), name, shift }
}

interface NewExport {
  readonly exports: CoreSection | undefined
  readonly start: CoreSection
  readonly name: string
}

/** The exports there are, and the start function after them. */
function writeExports(writer: ByteWriter, bytes: Uint8Array, { exports, start, name }: NewExport): void {
  const old = new ByteReader(bytes, exports?.range.start ?? 0, exports?.range.end ?? 0)
  const count = exports ? old.count('exports', limits.exports) : 0
  const index = new ByteReader(bytes, start.range.start, start.range.end).u32()
  writer.section(exportSection, (section) => {
    section.u32(count + 1).bytes(bytes.subarray(old.position, old.end))
    section.name(name).byte(0x00).u32(index)
  })
}

function freeName(bytes: Uint8Array, range: ByteRange): string {
  const { exports } = readCoreModuleType(bytes, range)
  let name = 'start'
  while (exports.has(name)) name += '_'
  return name
}
