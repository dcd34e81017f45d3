/** The source for strings, by encoding and address type. */
import type { CanonicalOptions } from '../../runtime/back-end.ts'
import type { Source } from './source.ts'

/** Each call up to its last argument, the string. */
const lowerers = {
  utf8: 'lowerText(',
  utf16: 'lowerUtf16(memory, ',
  'latin1+utf16': 'lowerLatin1OrUtf16(memory, ',
} as const

/** Lowers the string in a local; returns the pointer and the length as core values. */
export function lowerString(source: Source, options: CanonicalOptions, value: string): readonly string[] {
  const { pointer: pointerType, stringEncoding } = options
  const pointer = source.constant('p', `${lowerers[stringEncoding]}${value})`)
  const tagged = stringEncoding === 'latin1+utf16'
  if (pointerType === 'i32') {
    return [pointer, source.constant('n', tagged ? 'taggedLength(memory)' : 'memory.length')]
  }
  const length = source.constant('n', tagged ? 'taggedLengthLong(memory)' : 'BigInt(memory.length)')
  return [`BigInt(${pointer})`, length]
}

/** An expression that lifts a string; `pointer` is a number, `length` as the core has it. */
export function liftString(options: CanonicalOptions, pointer: string, length: string): string {
  const { pointer: pointerType, stringEncoding } = options
  const count = pointerType === 'i32' ? `${length} >>> 0` : `toOffset(${length})`
  switch (stringEncoding) {
    case 'utf8':
      return `liftUtf8(memory, ${pointer}, ${count})`
    case 'utf16':
      return `liftUtf16(memory, ${pointer}, ${count})`
    case 'latin1+utf16':
      return pointerType === 'i32'
        ? `liftLatin1OrUtf16(memory, ${pointer}, ${count})`
        : `liftLatin1OrUtf16Long(memory, ${pointer}, ${length})`
  }
}
