import { ByteReader } from '../binary/byte-reader.ts'
import { limits } from '../component/limits.ts'
import { Sha256 } from './sha256.ts'

const preambleSize = 8
const component = { coreModule: 1, component: 4 }

/**
 * Sections of core modules that a Plan does not depend on: custom ones, elements, code and data, nearly all of a large
 * file. Engines, tools and backtraces read them each time, from the file.
 */
const unread = new Set([0, 9, 10, 11])

/**
 * Two components with the same key have the same Plan and the same type: a SHA-256 of `context` and of all bytes that
 * decoding, validation and compilation look at. The sizes of what is left out are part of it, so that offsets agree.
 *
 * @param context what else decides: versions
 * @throws {DecodeError} for what is no sequence of sections
 */
export function planKey(bytes: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const hash = new Sha256().update(new TextEncoder().encode(`${context.length} ${context}`))
  let from = 0
  const leaveOut = (start: number, end: number): void => {
    hash.update(bytes.subarray(from, start))
    from = end
  }
  walk(new ByteReader(bytes), 0, leaveOut)
  leaveOut(bytes.length, bytes.length)
  return hash.digest()
}

type LeaveOut = (start: number, end: number) => void

function walk(reader: ByteReader, depth: number, leaveOut: LeaveOut): void {
  if (depth > limits.componentDepth) reader.exceeds('components nest too deeply', limits.componentDepth)
  for (const { id, start, end } of sections(reader)) {
    const inner = (): ByteReader => new ByteReader(reader.bytes, start, end)
    if (id === component.component) walk(inner(), depth + 1, leaveOut)
    if (id === component.coreModule) {
      for (const section of sections(inner()))
        if (unread.has(section.id)) leaveOut(section.start, section.end)
    }
  }
}

function* sections(reader: ByteReader) {
  reader.skip(preambleSize)
  while (!reader.atEnd) {
    const id = reader.byte()
    const size = reader.u32()
    const start = reader.position
    reader.skip(size)
    yield { id, start, end: reader.position }
  }
}
