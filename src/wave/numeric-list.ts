import type { ValueType } from '../component/value-type.ts'

type NumericKind = 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64' | 'f32' | 'f64'

interface NumericArray {
  from(values: readonly unknown[]): ArrayLike<number | bigint>
}

/** Lists of numbers are typed arrays. The elements have been checked: `from` converts nothing. */
const arrays: Readonly<Record<NumericKind, NumericArray>> = {
  s8: { from: (values) => Int8Array.from(values as number[]) },
  u8: { from: (values) => Uint8Array.from(values as number[]) },
  s16: { from: (values) => Int16Array.from(values as number[]) },
  u16: { from: (values) => Uint16Array.from(values as number[]) },
  s32: { from: (values) => Int32Array.from(values as number[]) },
  u32: { from: (values) => Uint32Array.from(values as number[]) },
  s64: { from: (values) => BigInt64Array.from(values as bigint[]) },
  u64: { from: (values) => BigUint64Array.from(values as bigint[]) },
  f32: { from: (values) => Float32Array.from(values as number[]) },
  f64: { from: (values) => Float64Array.from(values as number[]) },
}

/** A list value of elements of type `element`: a typed array for numbers, else the array itself. */
export function listValue(element: ValueType, values: readonly unknown[]): ArrayLike<unknown> {
  return Object.hasOwn(arrays, element.kind) ? arrays[element.kind as NumericKind].from(values) : values
}
