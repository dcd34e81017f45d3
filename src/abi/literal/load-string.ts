/** CanonicalABI.md, "Loading", `load_string_from_range`. */
import { MAX_STRING_BYTE_LENGTH, STRING_ALIGNMENT, UTF16_TAG } from '../strings.ts'
import type { LiftLowerContext } from './context.ts'
import { findMalformedUtf8 } from '../../runtime/malformed-utf8.ts'
import { trapIf } from './trap-if.ts'

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

function decode(bytes: Uint8Array<ArrayBuffer>, encoding: SimpleEncoding): string {
  switch (encoding) {
    case 'utf8':
      return decodeUtf8(bytes)
    case 'utf16':
      return decodeUtf16(bytes)
    case 'latin1':
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  }
}

/** Strict, and a byte order mark is a character like any other. */
function decodeUtf8(bytes: Uint8Array<ArrayBuffer>): string {
  const problem = findMalformedUtf8(bytes, 0, bytes.length)
  trapIf(problem !== undefined, 'invalid-utf8', problem!)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** Little-endian; every surrogate must be half of a pair. */
function decodeUtf16(bytes: Uint8Array<ArrayBuffer>): string {
  const view = new DataView(bytes.buffer)
  const codeUnits = Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, true))
  const text = codeUnits.map((unit) => String.fromCharCode(unit)).join('')
  trapIf(!text.isWellFormed(), 'invalid-string', 'invalid utf-16: a surrogate without its other half')
  return text
}
