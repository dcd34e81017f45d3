/** Floats as text: hexadecimal digits, which are exact, and their value in a comment for people. */

const view = new DataView(new ArrayBuffer(8))

/** The bits of a 32-bit float, as an unsigned integer. */
export function float32Text(bits: number): string {
  view.setUint32(0, bits)
  const value = view.getFloat32(0)
  const fraction = bits & 0x7f_ffff
  const exponent = (bits >>> 23) & 0xff
  const sign = bits >>> 31 ? '-' : ''
  return sign + magnitudeText(BigInt(fraction), exponent, 23, 0x40_0000n) + comment(shortest32(value))
}

/** The bits of a 64-bit float. */
export function float64Text(bits: bigint): string {
  view.setBigUint64(0, bits)
  const fraction = bits & 0xf_ffff_ffff_ffffn
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const sign = bits >> 63n ? '-' : ''
  return sign + magnitudeText(fraction, exponent, 52, 1n << 51n) + comment(view.getFloat64(0))
}

function comment(value: number): string {
  return ` (;=${Object.is(value, -0) ? '-0' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value};)`
}

function magnitudeText(fraction: bigint, exponent: number, bits: number, canonical: bigint): string {
  const most = bits === 23 ? 0xff : 0x7ff
  if (exponent === most) {
    if (fraction === 0n) return 'inf'
    return fraction === canonical ? 'nan' : `nan:0x${fraction.toString(16)}`
  }
  if (exponent === 0 && fraction === 0n) return '0x0p+0'
  const bias = bits === 23 ? 127 : 1023
  let power = exponent - bias
  if (exponent === 0) {
    // Subnormal: the first bit that is set goes in front of the point.
    const length = fraction.toString(2).length
    power = 1 - bias - (bits + 1 - length)
    fraction = (fraction << BigInt(bits + 1 - length)) & ((1n << BigInt(bits)) - 1n)
  }
  const width = Math.ceil(bits / 4)
  const digits = (fraction << BigInt(4 * width - bits)).toString(16).padStart(width, '0').replace(/0+$/, '')
  return `0x1${digits === '' ? '' : `.${digits}`}p${power < 0 ? '' : '+'}${power}`
}

/** The value with the fewest digits that is the same 32-bit float. */
function shortest32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Object.is(Math.fround(short), value)) return short
  }
  return value
}
