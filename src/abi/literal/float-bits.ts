/**
 * Floats as bits, by their names in definitions.py. Every NaN is the canonical one in both directions, as in the
 * deterministic profile: programs can see the bits of a NaN in a typed array.
 */
const scratch = new DataView(new ArrayBuffer(8))

const CANONICAL_FLOAT32_NAN = 0x7fc00000n
const CANONICAL_FLOAT64_NAN = 0x7ff8000000000000n

export function canonicalizeNan(f: number): number {
  return Number.isNaN(f) ? Number.NaN : f
}

export function decodeI32AsFloat(i: bigint): number {
  scratch.setUint32(0, Number(i))
  return canonicalizeNan(scratch.getFloat32(0))
}

export function decodeI64AsFloat(i: bigint): number {
  scratch.setBigUint64(0, i)
  return canonicalizeNan(scratch.getFloat64(0))
}

export function encodeFloatAsI32(f: number): bigint {
  if (Number.isNaN(f)) return CANONICAL_FLOAT32_NAN
  scratch.setFloat32(0, f)
  return BigInt(scratch.getUint32(0))
}

export function encodeFloatAsI64(f: number): bigint {
  if (Number.isNaN(f)) return CANONICAL_FLOAT64_NAN
  scratch.setFloat64(0, f)
  return scratch.getBigUint64(0)
}
