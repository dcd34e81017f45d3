/** Lists of numbers are typed arrays in JavaScript: one class for each type of number. */
import type { ValueType } from './value-type.ts'

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
  new (buffer: ArrayBufferLike, start: number, length: number): NumberList
  /** Copies an array, looks at a buffer. */
  new (from: NumberList | ArrayBuffer): NumberList
  readonly BYTES_PER_ELEMENT: number
  readonly name: string
}

const classes: Partial<Record<ValueType['kind'], NumberListClass>> = /* @__PURE__ */ (() => ({
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
}))()

/**
 * The class of a list whose elements are of this type; undefined where it is an ordinary array.
 *
 * @example
 * numberListClass({ kind: 'u8' }) // Uint8Array
 * numberListClass({ kind: 'string' }) // undefined
 */
export function numberListClass(element: ValueType): NumberListClass | undefined {
  return classes[element.kind]
}

/** A list of elements of this type that have been checked: a typed array of numbers, else the array itself. */
export function listValue(element: ValueType, elements: readonly unknown[]): ArrayLike<unknown> {
  const Class = numberListClass(element)
  return Class ? numberList(Class, elements) : elements
}

function numberList(Class: NumberListClass, elements: readonly unknown[]): NumberList {
  const list = new Class(elements.length)
  elements.forEach((element, i) => {
    list[i] = element as never
  })
  return list
}
