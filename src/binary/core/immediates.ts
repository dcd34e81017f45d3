/** What follows an opcode, bytes ⇄ values; `instruction.ts` has the kinds and the shapes of their values. */
import { limits } from '../../component/limits.ts'
import type { ByteReader } from '../byte-reader.ts'
import type { LayoutWriter } from '../layout-writer.ts'
import { readS64, readU64 } from '../leb128.ts'
import { readCoreValueType, readHeapType } from '../sections/core-type.ts'
import { writeCoreValueType, writeHeapType } from '../sections/encode-core-type.ts'
import type {
  BlockType,
  Cast,
  Catch,
  Handler,
  Immediate,
  ImmediateKind,
  MemoryArgument,
} from './instruction.ts'
import { referenceParts, referenceType } from './reference-type.ts'

/** @throws {DecodeError} */
export function readImmediate(reader: ByteReader, kind: ImmediateKind): Immediate {
  switch (kind) {
    case 'i32':
      return readS32(reader)
    case 'i64':
      return readS64(reader)
    case 'f32':
      return readBits32(reader)
    case 'f64':
      return BigInt(readBits32(reader)) | (BigInt(readBits32(reader)) << 32n)
    case 'v128':
    case 'lanes':
      return readBytes(reader, 16)
    case 'lane':
      return reader.byte()
    case 'memarg':
      return readMemoryArgument(reader)
    case 'block':
      return readBlockType(reader)
    case 'labels':
      return readLabels(reader)
    case 'heap':
    case 'ref':
    case 'ref null':
      return readHeapType(reader)
    case 'cast':
      return readCast(reader)
    case 'types':
      return reader.vector('types of a select', limits.functionResults, readCoreValueType)
    case 'catches':
      return reader.vector('catch clauses', limits.labels, readCatch)
    case 'handlers':
      return reader.vector('handlers', limits.labels, readHandler)
    case 'ordering':
      return readSmall(reader, 'memory ordering', 1)
    case 'zero':
      return readSmall(reader, 'reserved byte', 0)
    default:
      return reader.u32()
  }
}

/** `value` is of the shape that the kind has. */
export function writeImmediate(writer: LayoutWriter, kind: ImmediateKind, value: Immediate): void {
  switch (kind) {
    case 'i32':
      writer.s32(value as number)
      return
    case 'i64':
      writer.s64(value as bigint)
      return
    case 'f32':
      writeBits32(writer, value as number)
      return
    case 'f64':
      writeBits32(writer, Number((value as bigint) & 0xffff_ffffn))
      writeBits32(writer, Number((value as bigint) >> 32n))
      return
    case 'v128':
    case 'lanes':
      writer.bytes(value as Uint8Array)
      return
    case 'lane':
    case 'ordering':
    case 'zero':
      writer.byte(value as number)
      return
    case 'memarg':
      writeMemoryArgument(writer, value as MemoryArgument)
      return
    case 'block':
      writeBlockType(writer, value as BlockType)
      return
    case 'labels':
      writeLabels(writer, value as readonly number[])
      return
    case 'heap':
    case 'ref':
    case 'ref null':
      writeHeapType(writer, value as string)
      return
    case 'cast':
      writeCast(writer, value as Cast)
      return
    case 'types':
      writer.vector(value as readonly string[], (type) => writeCoreValueType(writer, type))
      return
    case 'catches':
      writer.vector(value as readonly Catch[], writeCatch)
      return
    case 'handlers':
      writer.vector(value as readonly Handler[], writeHandler)
      return
    default:
      writer.u32(value as number)
  }
}

function readS32(reader: ByteReader): number {
  const start = reader.position
  let result = 0
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = reader.byte()
    result |= (byte & 0x7f) << shift
    if (byte < 0x80) return byte & 0x40 ? result | (-1 << (shift + 7)) : result
  }
  const last = reader.byte()
  if (last >= 0x80) reader.fail('integer representation too long: an s32 takes at most 5 bytes', start)
  // Four of the last byte's bits count; the others repeat the sign.
  if (last > 0x07 && last < 0x78) reader.fail('integer too large: wanted an s32', start)
  return result | (last << 28)
}

/** Little-endian, as an unsigned integer. */
function readBits32(reader: ByteReader): number {
  const { bytes, position } = reader
  reader.skip(4)
  return (
    (bytes[position]! |
      (bytes[position + 1]! << 8) |
      (bytes[position + 2]! << 16) |
      (bytes[position + 3]! << 24)) >>>
    0
  )
}

function writeBits32(writer: LayoutWriter, bits: number): void {
  writer.byte(bits & 0xff).byte((bits >>> 8) & 0xff)
  writer.byte((bits >>> 16) & 0xff).byte(bits >>> 24)
}

function readBytes(reader: ByteReader, length: number): Uint8Array {
  const start = reader.position
  reader.skip(length)
  return reader.bytes.subarray(start, start + length)
}

function readSmall(reader: ByteReader, what: string, most: number): number {
  const byte = reader.byte()
  if (byte > most) reader.invalidByte(byte, what, most === 0 ? '0x00' : `at most 0x0${most}`)
  return byte
}

/** Set in a memory argument's first integer where the memory is not the first one. */
const HAS_MEMORY = 0b100_0000

/** `memarg ::= align:u32 offset:u64 | (64 + align):u32 memidx offset:u64` */
function readMemoryArgument(reader: ByteReader): MemoryArgument {
  const start = reader.position
  const flags = reader.u32()
  if (flags >= 2 * HAS_MEMORY) reader.fail(`malformed memory argument: found 0x${flags.toString(16)}`, start)
  const memory = flags & HAS_MEMORY ? reader.u32() : 0
  return { align: flags & (HAS_MEMORY - 1), memory, offset: readU64(reader) }
}

function writeMemoryArgument(writer: LayoutWriter, { align, memory, offset }: MemoryArgument): void {
  if (memory === 0) writer.u32(align)
  else writer.u32(align | HAS_MEMORY).u32(memory)
  writer.u64(offset)
}

/** `blocktype ::= 0x40 | valtype | x:s33 (a type index)` */
function readBlockType(reader: ByteReader): BlockType {
  const byte = reader.peek()
  if (byte === 0x40) {
    reader.skip(1)
    return undefined
  }
  // One byte with the sign bit set is a value type.
  if (byte > 0x40 && byte < 0x80) return readCoreValueType(reader)
  const start = reader.position
  const index = reader.s33()
  return index >= 0 ? index : reader.fail('invalid block type: wanted a type index', start)
}

function writeBlockType(writer: LayoutWriter, type: BlockType): void {
  if (type === undefined) writer.byte(0x40)
  else if (typeof type === 'number') writer.s33(type)
  else writeCoreValueType(writer, type)
}

function readLabels(reader: ByteReader): number[] {
  const labels = reader.vector('labels of a br_table', limits.labels, (labels) => labels.u32())
  labels.push(reader.u32())
  return labels
}

function writeLabels(writer: LayoutWriter, labels: readonly number[]): void {
  writer.u32(labels.length - 1)
  for (const label of labels) writer.u32(label)
}

/** `castop l ht ht`; of the operation bit 0 says that the first type is nullable, bit 1 the second. */
function readCast(reader: ByteReader): Cast {
  const flags = readSmall(reader, 'cast', 3)
  const label = reader.u32()
  const from = referenceType(readHeapType(reader), (flags & 1) !== 0)
  return { label, from, to: referenceType(readHeapType(reader), (flags & 2) !== 0) }
}

function writeCast(writer: LayoutWriter, { label, from, to }: Cast): void {
  const [first, second] = [referenceParts(from), referenceParts(to)]
  writer.byte(Number(first.nullable) | (Number(second.nullable) << 1)).u32(label)
  writeHeapType(writer, first.heap)
  writeHeapType(writer, second.heap)
}

/** `catch ::= 0x00 tag label | 0x01 tag label (ref) | 0x02 label (all) | 0x03 label (all, ref)` */
function readCatch(reader: ByteReader): Catch {
  const kind = readSmall(reader, 'catch', 3)
  const tag = kind < 2 ? reader.u32() : undefined
  return { tag, ref: (kind & 1) !== 0, label: reader.u32() }
}

function writeCatch({ tag, ref, label }: Catch, writer: LayoutWriter): void {
  writer.byte((tag === undefined ? 2 : 0) | Number(ref))
  if (tag !== undefined) writer.u32(tag)
  writer.u32(label)
}

/** `on ::= 0x00 tag label | 0x01 tag (switch)` */
function readHandler(reader: ByteReader): Handler {
  const kind = readSmall(reader, 'handler', 1)
  const tag = reader.u32()
  return { tag, label: kind === 0 ? reader.u32() : undefined }
}

function writeHandler({ tag, label }: Handler, writer: LayoutWriter): void {
  writer.byte(label === undefined ? 1 : 0).u32(tag)
  if (label !== undefined) writer.u32(label)
}
