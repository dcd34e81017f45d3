/**
 * LEB128, as Core WebAssembly restricts it: an N-bit integer takes at most ⌈N / 7⌉ bytes, padding is allowed within
 * that length, and the bits of the last byte that do not fit must be zero (unsigned) or copies of the sign (signed).
 */
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'

export function readU32(reader: ByteReader): number {
  const start = reader.position
  let result = 0
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = reader.byte()
    result |= (byte & 0x7f) << shift
    if (byte < 0x80) {
      if (byte === 0 && shift > 0) reader.noteLong(start)
      return result >>> 0
    }
  }
  const last = reader.byte()
  if (last > 0x0f) outOfRange(reader, start, last, 'u32', 5)
  if (last === 0) reader.noteLong(start)
  return (result | (last << 28)) >>> 0
}

/** The 33-bit signed integers that type indices share with the (negative) type opcodes; a number holds them exactly. */
export function readS33(reader: ByteReader): number {
  const start = reader.position
  let result = 0
  let previous = 0x40
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = reader.byte()
    result += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) {
      // Seven zero bits are padding where the sign is in the byte before as well.
      if (byte === 0 && !(previous & 0x40)) reader.noteLong(start)
      return byte & 0x40 ? result - 2 ** (shift + 7) : result
    }
    previous = byte
  }
  const last = reader.byte()
  // Five of the last byte's bits count: bits 28 to 32 of the integer, bit 32 is the sign.
  if (last >= 0x80 || (last > 0x0f && last < 0x70)) outOfRange(reader, start, last, 's33', 5)
  if (last === 0 && !(previous & 0x40)) reader.noteLong(start)
  return result + (last & 0x0f) * 2 ** 28 - (last & 0x10 ? 2 ** 32 : 0)
}

export function readU64(reader: ByteReader): bigint {
  const start = reader.position
  let small = 0
  // Nearly all fit into 28 bits, which need no big integers.
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = reader.byte()
    small |= (byte & 0x7f) << shift
    if (byte < 0x80) {
      if (byte === 0 && shift > 0) reader.noteLong(start)
      return BigInt(small)
    }
  }
  let result = BigInt(small)
  for (let shift = 28n; shift < 63n; shift += 7n) {
    const byte = reader.byte()
    result |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) {
      if (byte === 0) reader.noteLong(start)
      return result
    }
  }
  const last = reader.byte()
  if (last > 0x01) outOfRange(reader, start, last, 'u64', 10)
  if (last === 0) reader.noteLong(start)
  return result | (BigInt(last) << 63n)
}

export function readS64(reader: ByteReader): bigint {
  const start = reader.position
  let small = 0
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = reader.byte()
    small |= (byte & 0x7f) << shift
    if (byte < 0x80) return BigInt(byte & 0x40 ? small | (-1 << (shift + 7)) : small)
  }
  let result = BigInt(small)
  for (let shift = 28n; shift < 63n; shift += 7n) {
    const byte = reader.byte()
    result |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return BigInt.asIntN(Number(shift) + 7, result)
  }
  const last = reader.byte()
  if (last !== 0x00 && last !== 0x7f) outOfRange(reader, start, last, 's64', 10)
  return BigInt.asIntN(64, result | (BigInt(last) << 63n))
}

/** Skips a signed or unsigned integer of at most `bytes` bytes, the value unseen. */
export function skipInteger(reader: ByteReader, bytes: number): void {
  const start = reader.position
  for (let i = 1; i < bytes; i++) if (reader.byte() < 0x80) return
  const last = reader.byte()
  if (last >= 0x80) outOfRange(reader, start, last, 'integer', bytes)
}

function outOfRange(reader: ByteReader, start: number, last: number, type: string, bytes: number): never {
  if (last >= 0x80) {
    reader.fail(`integer representation too long: an ${type} takes at most ${bytes} bytes`, start)
  }
  reader.fail(`integer too large: wanted an ${type}, found set bits beyond it`, start)
}

/** Also for integers above 2³² up to 2⁵³ - 1; for larger ones there is {@link writeSigned64}. */
export function writeUnsigned(writer: ByteWriter, value: number): void {
  while (value > 0x7f) {
    writer.byte((value % 0x80) | 0x80)
    value = Math.floor(value / 0x80)
  }
  writer.byte(value)
}

export function writeSigned32(writer: ByteWriter, value: number): void {
  value |= 0
  while (value < -0x40 || value > 0x3f) {
    writer.byte((value & 0x7f) | 0x80)
    value >>= 7
  }
  writer.byte(value & 0x7f)
}

export function writeSigned64(writer: ByteWriter, value: bigint): void {
  value = BigInt.asIntN(64, value)
  while (value < -0x40n || value > 0x3fn) {
    writer.byte(Number(value & 0x7fn) | 0x80)
    value >>= 7n
  }
  writer.byte(Number(value & 0x7fn))
}
