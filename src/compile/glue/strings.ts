/**
 * Strings (CanonicalABI.md, "Loading", `load_string_from_range`, and "Storing", `store_string_into_range`). The
 * specification lets the source's encoding decide how often `realloc` is called; a JavaScript string counts as one
 * that is encoded as the guest wants it: `realloc` is called once, for exactly the final length.
 */
import { MAX_STRING_BYTE_LENGTH } from '../../abi/strings.ts'
import { Trap } from '../../errors.ts'
import { findMalformedUtf8 } from '../../runtime/malformed-utf8.ts'
import type { GuestMemory } from './memory.ts'
import { platformStrings } from './platform-strings.ts'
import type { StringHelper } from './string-helper.ts'

/** Up to here the wasm helper is faster than the platform: RATIONALE.md, "Why are there three ways to lower a string in UTF-8?" */
const SHORT_TO_LIFT = 64
export const SHORT_TO_LOWER = 32
/** Up to here only what is mostly ASCII. */
const LONG_TO_LOWER = 64
/** Fewer than these are read one by one. */
const FEW = 8
/** Up to here the platform writes into the thread's memory, and the helper copies: the bytes need not be counted first. */
const MEDIUM_TO_LOWER = 1024

/** The bit of a length in `latin1+utf16` that says UTF-16; of memory64 the generated code takes it from a bigint. */
const TAG = 2 ** 31

export function liftUtf8(memory: GuestMemory, pointer: number, byteLength: number): string {
  if (byteLength <= SHORT_TO_LIFT && byteLength !== 0) {
    const helper = memory.helper === undefined ? memory.loadHelper() : memory.helper
    if (helper !== null) {
      const text = helper.lift(pointer, byteLength)
      if (text !== null) return text
    }
  }
  return liftByPlatform(memory, pointer, byteLength)
}

/** What is long, empty or refused. */
function liftByPlatform(memory: GuestMemory, pointer: number, byteLength: number): string {
  memory.checkLength(byteLength, MAX_STRING_BYTE_LENGTH, 'string')
  memory.check(pointer, 0, byteLength, 'string')
  if (byteLength === 0) return ''
  const text = platformStrings.decodeUtf8(memory.views, pointer, pointer + byteLength)
  return text.includes('\ufffd') ? wellFormed(memory, text, pointer, byteLength) : text
}

/** U+FFFD may stand there by right. */
function wellFormed(memory: GuestMemory, text: string, pointer: number, byteLength: number): string {
  const problem = findMalformedUtf8(memory.views.bytes, pointer, pointer + byteLength)
  if (problem !== undefined) throw new Trap('invalid-utf8', problem)
  return text
}

export function liftUtf16(memory: GuestMemory, pointer: number, units: number): string {
  const byteLength = 2 * units
  memory.checkLength(byteLength, MAX_STRING_BYTE_LENGTH, 'string')
  memory.check(pointer, 1, byteLength, 'string')
  const text = platformStrings.decodeUtf16(memory.views, pointer, pointer + byteLength)
  if (!text.isWellFormed()) {
    throw new Trap('invalid-string', 'invalid utf-16: a surrogate without its other half')
  }
  return text
}

export function liftLatin1OrUtf16(memory: GuestMemory, pointer: number, tagged: number): string {
  return tagged >= TAG ? liftUtf16(memory, pointer, tagged - TAG) : liftLatin1(memory, pointer, tagged)
}

/** The same of memory64, where the tag is the highest of 64 bits. */
export function liftLatin1OrUtf16Long(memory: GuestMemory, pointer: number, tagged: bigint): string {
  const length = Number(BigInt.asUintN(63, tagged))
  return BigInt.asIntN(64, tagged) < 0n
    ? liftUtf16(memory, pointer, length)
    : liftLatin1(memory, pointer, length)
}

function liftLatin1(memory: GuestMemory, pointer: number, byteLength: number): string {
  memory.checkLength(byteLength, MAX_STRING_BYTE_LENGTH, 'string')
  memory.check(pointer, 1, byteLength, 'string')
  return platformStrings.decodeLatin1(memory.views, pointer, pointer + byteLength)
}

/** Lowers a string: returns the pointer, and leaves the length in `memory.length`. The views may be detached then. */
export type LowerText = (text: string) => number

/**
 * A closure for each lift or lower, so that the engine knows which memory's helper it calls: a place in the code that calls those of
 * several memories is half as fast.
 */
export function utf8Lowerer(memory: GuestMemory): LowerText {
  let helper: StringHelper | undefined
  return (text) => {
    const { length } = text
    if (length > MEDIUM_TO_LOWER) return platformStrings.lowerUtf8(memory, text)
    if (helper === undefined) {
      const loaded = memory.helper === undefined ? memory.loadHelper() : memory.helper
      if (loaded === null) return platformStrings.lowerUtf8(memory, text)
      helper = loaded
    }
    if (length < FEW) return memory.lowered(helper.few(text, length, memory.addressToMark), length)
    if (length <= SHORT_TO_LOWER) {
      return memory.lowered(helper.lower(text, length, memory.addressToMark), length)
    }
    return length <= LONG_TO_LOWER ? memory.lowerLong(helper, text) : memory.lowerMedium(helper, text)
  }
}

/**
 * Lowers a string and writes its pointer and length to a place that was checked: UTF-8, 32-bit pointers. The views may be
 * detached then.
 */
export function storeUtf8(memory: GuestMemory, text: string, address: number): void {
  if (text.length <= SHORT_TO_LOWER) {
    const helper = memory.helper === undefined ? memory.loadHelper() : memory.helper
    if (helper !== null) {
      memory.storeShort(helper, text, address)
      return
    }
  }
  memory.storeRange(address, memory.lowerText(text), memory.length)
}

/** Lone surrogates become U+FFFD, as in UTF-8. */
export function lowerUtf16(memory: GuestMemory, text: string): number {
  const wellFormed = text.toWellFormed()
  const pointer = memory.allocate(1, 2 * wellFormed.length, 'string')
  platformStrings.encodeUtf16(memory.views, wellFormed, pointer)
  memory.length = wellFormed.length
  return pointer
}

/** Leaves the choice in `memory.utf16`. */
export function lowerLatin1OrUtf16(memory: GuestMemory, text: string): number {
  memory.utf16 = beyondLatin1.test(text)
  if (memory.utf16) return lowerUtf16(memory, text)
  const pointer = memory.allocate(1, text.length, 'string')
  platformStrings.encodeLatin1(memory.views, text, pointer)
  memory.length = text.length
  return pointer
}

const beyondLatin1 = /[\u0100-\uffff]/

/** The length of the string that was lowered last, as `latin1+utf16` has it. */
export function taggedLength(memory: GuestMemory): number {
  return memory.utf16 ? memory.length + TAG : memory.length
}

export function taggedLengthLong(memory: GuestMemory): bigint {
  return memory.utf16 ? BigInt(memory.length) | (1n << 63n) : BigInt(memory.length)
}
