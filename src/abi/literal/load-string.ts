/** CanonicalABI.md, "Loading", `load_string_from_range`. */
import { MAX_STRING_BYTE_LENGTH, STRING_ALIGNMENT, UTF16_TAG } from '../strings.ts'
import type { LiftLowerContext } from './context.ts'
import { Trap } from '../../errors.ts'
import { findMalformedUtf8 } from '../../runtime/malformed-utf8.ts'

type SimpleEncoding = 'utf8' | 'utf16' | 'latin1'

export function loadStringFromRange(cx: LiftLowerContext, ptr: bigint, taggedCodeUnits: bigint): string {
  const { encoding, byteLength } = encodedLength(cx, taggedCodeUnits)
  cx.checkByteLength(byteLength, MAX_STRING_BYTE_LENGTH, 'string')
  const begin = cx.checkedRange(ptr, byteLength, STRING_ALIGNMENT[cx.stringEncoding], 'string')
  return decode(cx.bytes().slice(begin, begin + Number(byteLength)), encoding)
}

function encodedLength(
  cx: LiftLowerContext,
  taggedCodeUnits: bigint,
): { readonly encoding: SimpleEncoding; readonly byteLength: bigint } {
  switch (cx.stringEncoding) {
    case 'utf8':
      return { encoding: 'utf8', byteLength: taggedCodeUnits }
    case 'utf16':
      return { encoding: 'utf16', byteLength: 2n * taggedCodeUnits }
    case 'latin1+utf16': {
      const tag = BigInt(UTF16_TAG[cx.pointer])
      return (taggedCodeUnits & tag) === 0n
        ? { encoding: 'latin1', byteLength: taggedCodeUnits }
        : { encoding: 'utf16', byteLength: 2n * (taggedCodeUnits ^ tag) }
    }
  }
}

function decode(bytes: Uint8Array, encoding: SimpleEncoding): string {
  switch (encoding) {
    case 'utf8':
      return decodeUtf8(bytes)
    case 'utf16':
      return decodeUtf16(bytes)
    case 'latin1':
      return decodeLatin1(bytes)
  }
}

/** Strict, and a byte order mark is a character like any other. */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Trap('invalid-utf8', findMalformedUtf8(bytes, 0, bytes.length) ?? 'invalid utf-8')
  }
}

/** Little-endian; every surrogate must be half of a pair. */
function decodeUtf16(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Trap('invalid-string', 'invalid utf-16: a surrogate without its other half')
  }
}

/** The code points 0 to 255. (What TextDecoder calls latin1 is another encoding.) */
function decodeLatin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
