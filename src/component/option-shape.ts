import type { OptionType } from './value-type.ts'

/**
 * Whether an option is `{ tag: 'some', val }` or `{ tag: 'none' }` in JavaScript. `T | undefined` is what people
 * expect, but where `T` itself may be undefined (a nested option) it could not tell `none` from `some(none)`.
 *
 * @example
 * isTaggedOption({ kind: 'option', type: { kind: 'u8' } }) // false
 * isTaggedOption({ kind: 'option', type: { kind: 'option', type: { kind: 'u8' } } }) // true
 */
export function isTaggedOption(type: OptionType): boolean {
  return type.type.kind === 'option' && !isTaggedOption(type.type)
}
