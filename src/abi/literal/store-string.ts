/** CanonicalABI.md, "Storing", `store_string_into_range`. */
import { STRING_ALIGNMENT, UTF16_TAG } from '../strings.ts'
import type { LiftLowerContext } from './context.ts'

/** What a string becomes in the core: bigints, as they may be of 64 bits. */
export interface StringRange {
  readonly begin: bigint
  readonly taggedCodeUnits: bigint
}

/**
 * Allocates and writes a string. The specification lets the source's encoding decide how often `realloc` is called; a
 * JavaScript string has none that the guest could tell, so it counts as one that is encoded as the destination
 * wants it (`store_string_copy`): one `realloc`, of exactly the final length.
 */
export function storeStringIntoRange(cx: LiftLowerContext, text: string): StringRange {
  switch (cx.stringEncoding) {
    case 'utf8': {
      const encoded = encodeUtf8(text)
      return { begin: storeStringCopy(cx, encoded), taggedCodeUnits: BigInt(encoded.length) }
    }
    case 'utf16':
      return { begin: storeStringCopy(cx, encodeUtf16(text)), taggedCodeUnits: BigInt(text.length) }
    case 'latin1+utf16': {
      if (isLatin1(text))
        return { begin: storeStringCopy(cx, encodeLatin1(text)), taggedCodeUnits: BigInt(text.length) }
      const tag = BigInt(UTF16_TAG[cx.pointer])
      return { begin: storeStringCopy(cx, encodeUtf16(text)), taggedCodeUnits: BigInt(text.length) | tag }
    }
  }
}

function storeStringCopy(cx: LiftLowerContext, encoded: readonly number[]): bigint {
  const ptr = cx.allocate(STRING_ALIGNMENT[cx.stringEncoding], encoded.length, 'string')
  cx.bytes().set(encoded, ptr)
  return BigInt(ptr)
}

function isLatin1(text: string): boolean {
  return codeUnits(text).every((unit) => unit < 0x100)
}

function encodeLatin1(text: string): number[] {
  return codeUnits(text)
}

function encodeUtf16(text: string): number[] {
  return codeUnits(text).flatMap((unit) => [unit & 0xff, unit >> 8])
}

/** One to four bytes for each code point (The Unicode Standard, table 3-6). */
function encodeUtf8(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0)!).flatMap((point) => {
    if (point < 0x80) return [point]
    if (point < 0x800) return [0xc0 | (point >> 6), continuation(point)]
    if (point < 0x10000) return [0xe0 | (point >> 12), continuation(point >> 6), continuation(point)]
    return [0xf0 | (point >> 18), continuation(point >> 12), continuation(point >> 6), continuation(point)]
  })
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f)
}

function codeUnits(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}
