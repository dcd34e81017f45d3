/**
 * Lists of numbers, which are typed arrays in JavaScript and here too: a guest may pass a list of 2²⁸ bytes, and as
 * many bigints would take gigabytes. Everything else about them is as of other lists.
 */
import type { NumberList, NumberListClass } from '../../component/number-list.ts'
import { canonicalizeNan } from './float-bits.ts'

/** From the bytes as they lie in memory: little-endian, both there and here. */
export function loadNumbers(bytes: Uint8Array, Class: NumberListClass): NumberList {
  const list = new Class(new Uint8Array(bytes).buffer)
  if (list instanceof Float32Array || list instanceof Float64Array) return list.map(canonicalizeNan)
  return list
}

export function storeNumbers(list: NumberList): Uint8Array {
  return new Uint8Array(list.buffer, list.byteOffset, list.byteLength)
}

/** One by one, as other lists have their elements. */
export function numberValues(list: NumberList): (bigint | number)[] {
  const isFloat = list instanceof Float32Array || list instanceof Float64Array
  return Array.from(list as Iterable<bigint | number>, (number) => (isFloat ? number : BigInt(number)))
}
