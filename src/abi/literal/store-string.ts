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
      return storeStringCopy(cx, encoded, encoded.length)
    }
    case 'utf16':
      return storeStringCopy(cx, encodeUtf16(text), text.length)
    case 'latin1+utf16': {
      if (!beyondLatin1.test(text)) return storeStringCopy(cx, encodeLatin1(text), text.length)
      const { begin, taggedCodeUnits } = storeStringCopy(cx, encodeUtf16(text), text.length)
      return { begin, taggedCodeUnits: taggedCodeUnits | BigInt(UTF16_TAG[cx.pointer]) }
    }
  }
}

function storeStringCopy(cx: LiftLowerContext, encoded: Uint8Array, codeUnits: number): StringRange {
  const ptr = cx.allocate(STRING_ALIGNMENT[cx.stringEncoding], encoded.length, 'string')
  cx.bytes().set(encoded, ptr)
  return { begin: BigInt(ptr), taggedCodeUnits: BigInt(codeUnits) }
}

const beyondLatin1 = /[\u0100-\uffff]/

function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function encodeUtf16(text: string): Uint8Array {
  const encoded = new DataView(new ArrayBuffer(2 * text.length))
  for (let i = 0; i < text.length; i++) encoded.setUint16(2 * i, text.charCodeAt(i), true)
  return new Uint8Array(encoded.buffer)
}

function encodeLatin1(text: string): Uint8Array {
  const encoded = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) encoded[i] = text.charCodeAt(i)
  return encoded
}
