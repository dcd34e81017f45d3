/** Small operations that generated code calls by name. */
import { Trap } from '../../errors.ts'

/** Above this an array grows as it is filled: a guest's length alone allocates nothing. */
const LARGE_ARRAY = 65536

export function newArray(length: number): unknown[] {
  return length <= LARGE_ARRAY ? new Array(length) : []
}

/** The code point of a string that is one Unicode scalar value; -1 for anything else. */
export function codePointOf(value: unknown): number {
  if (typeof value !== 'string' || value.length === 0 || value.length > 2) return -1
  const point = value.codePointAt(0)!
  const units = point > 0xffff ? 2 : 1
  return value.length === units && !isSurrogate(point) ? point : -1
}

/** CanonicalABI.md, "Loading", `convert_i32_to_char`. */
export function charOf(core: number): string {
  const point = core >>> 0
  if (point >= 0x110000 || isSurrogate(point)) {
    throw new Trap('invalid-char', `invalid \`char\` bit pattern: 0x${point.toString(16)}`)
  }
  return String.fromCodePoint(point)
}

function isSurrogate(point: number): boolean {
  return (point & 0xfffff800) === 0xd800
}

export function enumName(names: readonly string[], core: number): string {
  const name = names[core >>> 0]
  if (name === undefined) throw invalidDiscriminant(core, names.length)
  return name
}

export function invalidDiscriminant(core: number, cases: number): Trap {
  return new Trap(
    'invalid-discriminant',
    `invalid variant discriminant: ${core >>> 0}, where there are ${cases} cases`,
  )
}

const bits = new DataView(new ArrayBuffer(8))

/** CanonicalABI.md, "Storing", `encode_float_as_i32`. */
export function bitsOfF32(float: number): number {
  bits.setFloat32(0, float)
  return bits.getInt32(0)
}

export function bitsOfF64(float: number): bigint {
  bits.setFloat64(0, float)
  return bits.getBigInt64(0)
}

export function f32OfBits(integer: number): number {
  bits.setInt32(0, integer)
  return bits.getFloat32(0)
}

export function f64OfBits(integer: bigint): number {
  bits.setBigInt64(0, integer)
  return bits.getFloat64(0)
}
