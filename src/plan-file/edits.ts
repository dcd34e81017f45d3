/** What was changed in a file, as far as it takes to undo it. */
import type { ByteReader } from '../binary/byte-reader.ts'
import type { ByteWriter } from '../binary/byte-writer.ts'
import { coreSections } from '../binary/core-sections.ts'

/** After `skip` bytes that stayed, `removed` bytes stand where `inserted` stood before. */
export interface Edit {
  readonly skip: number
  readonly removed: number
  readonly inserted: Uint8Array
}

export function writeEdits(writer: ByteWriter, edits: readonly Edit[]): void {
  writer.vector(edits, ({ skip, removed, inserted }) => {
    writer.u32(skip).u32(removed).u32(inserted.length).bytes(inserted)
  })
}

/** @throws {DecodeError} */
export function readEdits(reader: ByteReader): readonly Edit[] {
  return reader.vector('edits', 2 ** 24, () => {
    const [skip, removed, size] = [reader.u32(), reader.u32(), reader.u32()]
    const start = reader.position
    reader.skip(size)
    return { skip, removed, inserted: reader.bytes.subarray(start, start + size) }
  })
}

/** The bytes before the edits. What is beyond the end counts as nothing: edits may be anybody's. */
export function undo(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  for (const { skip, removed, inserted } of edits) {
    parts.push(bytes.subarray(at, at + skip), inserted)
    at += skip + removed
  }
  return concatenated([...parts, bytes.subarray(at)])
}

export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * The edits that made one core module of another, section by section: those that stayed did so in their order.
 *
 * @throws {DecodeError} one of them is no sequence of sections
 */
export function sectionEdits(original: Uint8Array, rewritten: Uint8Array): readonly Edit[] {
  const before = pieces(original)
  const edits: Edit[] = []
  let [skip, removed, taken] = [0, 0, 0]
  const flush = (next: number): void => {
    const inserted = concatenated(before.slice(taken, next))
    if (removed > 0 || inserted.length > 0) {
      edits.push({ skip, removed, inserted })
      ;[skip, removed] = [0, 0]
    }
  }
  for (const piece of pieces(rewritten)) {
    const same = before.findIndex((one, i) => i >= taken && equal(one, piece))
    if (same < 0) removed += piece.length
    else {
      flush(same)
      taken = same + 1
      skip += piece.length
    }
  }
  flush(before.length)
  return edits
}

/** The preamble, and each section with its head. */
function pieces(module: Uint8Array): readonly Uint8Array[] {
  let from = 0
  const ends = [8, ...coreSections(module).map(({ range }) => range.end)]
  return ends.map((end) => {
    const piece = module.subarray(from, end)
    from = end
    return piece
  })
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
