/**
 * Lists of numbers, which are typed arrays in JavaScript and here too: a guest may pass a list of 2²⁸ bytes, and as
 * many bigints would take gigabytes. Everything else about them is as of other lists.
 */
import type { ValueType } from '../../component/value-type.ts'
import { canonicalizeNan } from './float-bits.ts'

export type NumberList =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array

export interface NumberListClass {
  new (length: number): NumberList
  /** Copies an array, looks at a buffer. */
  new (from: NumberList | ArrayBuffer): NumberList
  readonly BYTES_PER_ELEMENT: number
}

const classes: Partial<Record<ValueType['kind'], NumberListClass>> = {
  s8: Int8Array,
  u8: Uint8Array,
  s16: Int16Array,
  u16: Uint16Array,
  s32: Int32Array,
  u32: Uint32Array,
  s64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
}

/** Undefined where the elements are no numbers. */
export function numberListClass(element: ValueType): NumberListClass | undefined {
  return classes[element.kind]
}

/** Numbers of the class, which the elements are known to fit. */
export function numberList(Class: NumberListClass, elements: readonly unknown[]): NumberList {
  const list = new Class(elements.length)
  elements.forEach((element, i) => {
    list[i] = element as never
  })
  return list
}

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
