import type { StringEncoding } from '../component/component.ts'
import type { Alignment } from './alignment.ts'

/** The most bytes that a string may take in memory (CanonicalABI.md, "Loading"). */
export const MAX_STRING_BYTE_LENGTH: number = 2 ** 28 - 1

/** The most bytes that the elements of a list may take in memory. */
export const MAX_LIST_BYTE_LENGTH: number = 2 ** 28 - 1

/**
 * `latin1+utf16`: this bit of a length says that the string is UTF-16 and the rest counts its code units; without it, it
 * is Latin-1 and the length counts bytes (`utf16_tag`). A length of memory64 is a bigint.
 */
export const UTF16_TAG: { readonly i32: number; readonly i64: bigint } = { i32: 2 ** 31, i64: 2n ** 63n }

/** The alignment that a string's bytes need in memory, by encoding. */
export const STRING_ALIGNMENT: Readonly<Record<StringEncoding, Alignment>> = {
  utf8: 1,
  utf16: 2,
  'latin1+utf16': 2,
}
