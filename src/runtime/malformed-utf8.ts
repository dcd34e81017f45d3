/**
 * What is wrong with bytes that are no UTF-8, in the reference suite's wording; undefined where nothing is. Slow and only
 * for the message (The Unicode Standard, table 3-7).
 */
export function findMalformedUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  let at = start
  while (at < end) {
    const first = bytes[at]!
    if (first < 0x80) {
      at++
      continue
    }
    const range = secondByte(first)
    if (range === undefined) return invalid(1, at - start)
    const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    for (let i = 1; i < length; i++) {
      if (at + i >= end) return `incomplete utf-8 byte sequence from index ${at - start}`
      const [least, most] = i === 1 ? range : [0x80, 0xbf]
      const byte = bytes[at + i]!
      if (byte < least || byte > most) return invalid(i, at - start)
    }
    at += length
  }
  return undefined
}

function invalid(length: number, index: number): string {
  return `invalid utf-8 sequence of ${length} bytes from index ${index}`
}

/** What may follow the first byte of a longer sequence; undefined where nothing begins with it. */
function secondByte(first: number): readonly [least: number, most: number] | undefined {
  if (first < 0xc2 || first > 0xf4) return undefined
  if (first === 0xe0) return [0xa0, 0xbf]
  if (first === 0xed) return [0x80, 0x9f]
  if (first === 0xf0) return [0x90, 0xbf]
  if (first === 0xf4) return [0x80, 0x8f]
  return [0x80, 0xbf]
}
