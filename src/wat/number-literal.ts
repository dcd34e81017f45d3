/** Numbers of the text format (Core WebAssembly, "Text Format", "Values") → integers, and the bits of floats. */

const decimal = /^[+-]?\d+(?:_\d+)*$/
const hexadecimal = /^[+-]?0x[\da-fA-F]+(?:_[\da-fA-F]+)*$/

/** The integer that a token denotes; undefined for what is no integer. */
export function integerOf(text: string): bigint | undefined {
  if (!decimal.test(text) && !hexadecimal.test(text)) return undefined
  const digits = text.replace(/^[+-]/, '').replaceAll('_', '')
  return text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
}

/** Digits of an integer that a number holds exactly, and that needs no check of its range. */
const SMALL = 9

/** The same without a sign, and for what fits into 32 bits; NaN for what does not, undefined for what is none. */
export function indexOf(text: string): number | undefined {
  const small = smallDecimal(text)
  if (small !== undefined) return small
  if (/^[+-]/.test(text)) return undefined
  const value = integerOf(text)
  if (value === undefined) return undefined
  return value < 2n ** 32n ? Number(value) : Number.NaN
}

/** Short decimals, which most numbers are. */
function smallDecimal(text: string): number | undefined {
  if (text.length > SMALL || text.length === 0) return undefined
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

/**
 * An integer of so many bits, written as signed or as unsigned, as its signed value; `range` for one that has more
 * bits, undefined for what is no integer.
 */
export function signedOf(text: string, bits: number): bigint | 'range' | undefined {
  const value = integerOf(text)
  if (value === undefined) return undefined
  if (value >= 1n << BigInt(bits) || value < -(1n << BigInt(bits - 1))) return 'range'
  return BigInt.asIntN(bits, value)
}

/** {@link signedOf} 32 bits, as a number. */
export function signed32Of(text: string): number | 'range' | undefined {
  const small = text.startsWith('-') ? smallDecimal(text.slice(1)) : smallDecimal(text)
  if (small !== undefined) return text.startsWith('-') ? 0 - small : small
  const value = signedOf(text, 32)
  return typeof value === 'bigint' ? Number(value) : value
}

/** The sizes of a float's parts. */
interface Format {
  readonly bits: bigint
  /** Bits of the fraction. */
  readonly fraction: number
  /** What is added to the exponent; also the largest exponent. */
  readonly bias: number
}

const formats: Readonly<Record<32 | 64, Format>> = {
  32: { bits: 32n, fraction: 23, bias: 127 },
  64: { bits: 64n, fraction: 52, bias: 1023 },
}

/**
 * The bits of a float, rounded to nearest, ties to even; `range` for what is too large, or a payload of a NaN that has
 * too many bits; undefined for what is no float.
 *
 * @example
 * floatBits('1', 32) // 0x3f800000n
 * floatBits('nan:0x1', 64) // 0x7ff0000000000001n
 */
export function floatBits(text: string, width: 32 | 64): bigint | 'range' | undefined {
  const format = formats[width]
  const negative = text.startsWith('-')
  const magnitude = magnitudeBits(text.replace(/^[+-]/, ''), width)
  if (typeof magnitude !== 'bigint') return magnitude
  return negative ? magnitude | (1n << (format.bits - 1n)) : magnitude
}

const decimalFloat = /^\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?(?:[eE][+-]?\d+(?:_\d+)*)?$/
const hexadecimalFloat =
  /^0x([\da-fA-F]+(?:_[\da-fA-F]+)*)(?:\.((?:[\da-fA-F]+(?:_[\da-fA-F]+)*)?))?(?:[pP]([+-]?\d+(?:_\d+)*))?$/
const payload = /^nan:(0x[\da-fA-F]+(?:_[\da-fA-F]+)*)$/

function magnitudeBits(text: string, width: 32 | 64): bigint | 'range' | undefined {
  const { fraction, bias } = formats[width]
  const infinity = BigInt(2 * bias + 1) << BigInt(fraction)
  if (text === 'inf') return infinity
  if (text === 'nan') return infinity | (1n << BigInt(fraction - 1))
  const bits = payload.exec(text)?.[1]
  if (bits !== undefined) {
    const value = BigInt(bits.replaceAll('_', ''))
    return value > 0n && value < 1n << BigInt(fraction) ? infinity | value : 'range'
  }
  const hex = hexadecimalFloat.exec(text)
  if (hex) {
    const [, whole, rest = '', exponent = '0'] = hex.map((part) => part?.replaceAll('_', ''))
    return roundBits(BigInt(`0x${whole}${rest}`), Number(exponent) - 4 * rest.length, formats[width])
  }
  if (!decimalFloat.test(text)) return undefined
  const plain = text.replaceAll('_', '')
  const value = width === 64 ? Number(plain) : round32(plain)
  return Number.isFinite(value) ? bitsOf(value, width) : 'range'
}

/** The bits of `mantissa` · 2^`exponent`. */
function roundBits(mantissa: bigint, exponent: number, { fraction, bias }: Format): bigint | 'range' {
  if (mantissa === 0n) return 0n
  const leading = bitLength(mantissa) - 1 + exponent
  const least = 1 - bias
  if (leading > bias) return 'range'
  if (leading < least - fraction - 1) return 0n
  // The exponent of the last bit that is kept; of subnormal numbers it is that of the least one.
  const last = Math.max(leading, least) - fraction
  const kept = shiftRounded(mantissa, last - exponent)
  // A carry out of the fraction goes into the exponent, as it should.
  const result = (BigInt(last + fraction + bias - 1) << BigInt(fraction)) + kept
  return result < BigInt(2 * bias + 1) << BigInt(fraction) ? result : 'range'
}

function bitLength(value: bigint): number {
  const hex = value.toString(16)
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28
}

/** Shifts right, rounding to nearest, ties to even; left where `count` is negative. */
function shiftRounded(value: bigint, count: number): bigint {
  if (count <= 0) return value << BigInt(-count)
  const shift = BigInt(count)
  const kept = value >> shift
  const rest = value - (kept << shift)
  const half = 1n << (shift - 1n)
  return rest > half || (rest === half && kept & 1n) ? kept + 1n : kept
}

const view = new DataView(new ArrayBuffer(8))

function bitsOf(value: number, width: 32 | 64): bigint {
  if (width === 64) view.setFloat64(0, value)
  else view.setFloat32(0, value)
  return width === 64 ? view.getBigUint64(0) : BigInt(view.getUint32(0))
}

/** Halfway between the largest finite 32-bit float and what would follow it. */
const OVERFLOW_32 = 2 ** 128 - 2 ** 103

/**
 * The 32-bit float nearest to a decimal. Rounding its 64-bit float again is right but where that lies exactly between
 * two 32-bit ones and the decimal does not: then the decimal decides.
 */
function round32(text: string): number {
  const wide = Number(text)
  const near = Math.fround(wide)
  if (near === wide) return near
  const [low, high] = neighbours(wide)
  const between = high === Number.POSITIVE_INFINITY ? OVERFLOW_32 : (low + high) / 2
  if (wide !== between) return near
  const side = compareDecimal(text, wide)
  return side < 0 ? low : side > 0 ? high : near
}

/** The 32-bit floats below and above a number that is none, and not negative. */
function neighbours(value: number): [low: number, high: number] {
  view.setFloat32(0, value)
  const bits = view.getUint32(0)
  const near = view.getFloat32(0)
  view.setUint32(0, near < value ? bits + 1 : bits - 1)
  const other = view.getFloat32(0)
  return near < value ? [near, other] : [other, near]
}

/** The sign of what the decimal is more than `value`, exactly. */
function compareDecimal(text: string, value: number): number {
  const [, whole, rest = '', exponent = '0'] = /^(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)!
  let left = BigInt(whole! + rest)
  const ten = Number(exponent) - rest.length
  const bits = bitsOf(value, 64)
  const biased = Number(bits >> 52n)
  let right = (bits & (2n ** 52n - 1n)) | (biased === 0 ? 0n : 2n ** 52n)
  const two = Math.max(biased, 1) - 1075
  if (ten >= 0) left *= 10n ** BigInt(ten)
  else right *= 10n ** BigInt(-ten)
  if (two >= 0) right <<= BigInt(two)
  else left <<= BigInt(-two)
  return left < right ? -1 : Number(left > right)
}
