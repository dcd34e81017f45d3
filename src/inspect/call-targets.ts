/** Which functions a function's code names: a walk over its instructions that understands their immediates only. */
import type { ByteReader } from '../binary/byte-reader.ts'

/** Functions that the code calls, and those whose references it takes. */
export interface CallTargets {
  readonly calls: readonly number[]
  readonly references: readonly number[]
}

type Immediate = 'index' | 'signed' | 'block' | 'memory' | 'f32' | 'f64'

/**
 * Reads one function body, locals first, to the reader's end. Undefined where it meets an instruction that it does not know.
 */
export function readCallTargets(reader: ByteReader): CallTargets | undefined {
  const calls: number[] = []
  const references: number[] = []
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.u32()
    skipValueType(reader)
  }
  while (!reader.atEnd) {
    const opcode = reader.byte()
    if (opcode === CALL || opcode === RETURN_CALL) calls.push(reader.u32())
    else if (opcode === REF_FUNC) references.push(reader.u32())
    else if (!skipImmediates(reader, opcode)) return undefined
  }
  return { calls, references }
}

const CALL = 0x10
const RETURN_CALL = 0x12
const REF_FUNC = 0xd2

/** Opcodes and what follows them; those that are not listed stand alone. */
const immediates = new Map<number, readonly Immediate[]>()
for (const opcode of [0x02, 0x03, 0x04]) immediates.set(opcode, ['block'])
for (const opcode of [0x08, 0x0c, 0x0d, 0x14, 0x15, ...range(0x20, 0x26), 0x3f, 0x40, 0xd5, 0xd6]) {
  immediates.set(opcode, ['index'])
}
for (const opcode of [0x11, 0x13]) immediates.set(opcode, ['index', 'index'])
for (const opcode of range(0x28, 0x3e)) immediates.set(opcode, ['memory'])
for (const opcode of [0x41, 0x42, 0xd0]) immediates.set(opcode, ['signed'])
immediates.set(0x43, ['f32']).set(0x44, ['f64'])

/** Instructions of MVP, sign extension, tail calls, references and exceptions that have no immediates. */
const alone = new Set([
  0x00,
  0x01,
  0x05,
  0x0a,
  0x0b,
  0x0f,
  0x1a,
  0x1b,
  ...range(0x45, 0xc4),
  0xd1,
  0xd3,
  0xd4,
])

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** False for what is not known. */
function skipImmediates(reader: ByteReader, opcode: number): boolean {
  const known = immediates.get(opcode)
  if (known) for (const immediate of known) skipImmediate(reader, immediate)
  if (known || alone.has(opcode)) return true
  switch (opcode) {
    case 0x0e: // br_table
      for (let targets = reader.u32() + 1; targets > 0; targets--) reader.u32()
      return true
    case 0x1c: // select with types
      for (let types = reader.u32(); types > 0; types--) skipValueType(reader)
      return true
    case 0x1f: // try_table
      skipImmediate(reader, 'block')
      for (let clauses = reader.u32(); clauses > 0; clauses--) {
        if (reader.byte() < 2) reader.u32()
        reader.u32()
      }
      return true
    case 0xfc:
      return skipMiscellaneous(reader, reader.u32())
    case 0xfd:
      return skipVector(reader, reader.u32())
    case 0xfe: {
      const fence = reader.u32() === 0x03
      if (fence) reader.skip(1)
      else skipImmediate(reader, 'memory')
      return true
    }
    default:
      return false
  }
}

/** Saturating truncation, bulk memory and tables. */
function skipMiscellaneous(reader: ByteReader, opcode: number): boolean {
  if (opcode > 17) return false
  const indices = opcode < 8 ? 0 : [8, 10, 12, 14].includes(opcode) ? 2 : 1
  for (let i = 0; i < indices; i++) reader.u32()
  return true
}

function skipVector(reader: ByteReader, opcode: number): boolean {
  const access = opcode <= 11 || opcode === 92 || opcode === 93
  const lane = opcode >= 84 && opcode <= 91
  if (access || lane) skipImmediate(reader, 'memory')
  if (opcode === 12 || opcode === 13) reader.skip(16)
  if (lane || (opcode >= 21 && opcode <= 34)) reader.skip(1)
  return true
}

function skipImmediate(reader: ByteReader, immediate: Immediate): void {
  switch (immediate) {
    case 'index':
      reader.u32()
      return
    case 'signed':
      skipSigned(reader)
      return
    case 'block':
      // A type index is signed, and nothing or a value type looks like one.
      skipValueType(reader)
      return
    case 'memory':
      // Bit 6 of the alignment says that the index of a memory follows.
      if (reader.u32() & 0x40) reader.u32()
      skipSigned(reader)
      return
    case 'f32':
      reader.skip(4)
      return
    case 'f64':
      reader.skip(8)
  }
}

function skipValueType(reader: ByteReader): void {
  const byte = reader.peek()
  if (byte === 0x63 || byte === 0x64) reader.skip(1)
  skipSigned(reader)
}

/** An LEB128 of any length. */
function skipSigned(reader: ByteReader): void {
  while (reader.byte() >= 0x80);
}
