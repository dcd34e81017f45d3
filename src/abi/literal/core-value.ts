import type { FlatType } from '../join.ts'
import { canonicalizeNan, decodeI32AsFloat, decodeI64AsFloat } from './float-bits.ts'

/** A core value as JavaScript passes it to and from wasm: i64 is a bigint, the others are numbers. */
export type CoreValue = number | bigint

/** An address or a count that a guest passed. */
export function unsigned(value: CoreValue): bigint {
  return typeof value === 'bigint' ? BigInt.asUintN(64, value) : BigInt(value >>> 0)
}

/** A core function of a guest, whatever its type. */
export type AnyCoreFunction = (...args: CoreValue[]) => CoreValue | undefined

/** What flat lowering yields: bigint for i32 and i64, number for f32 and f64. */
export type FlatValue = bigint | number

export function toCoreValues(flat: readonly FlatValue[], types: readonly FlatType[]): CoreValue[] {
  return flat.map((value, i) => (types[i] === 'i32' ? Number(value) : value))
}

/** Hands out core values in order, each under the core type that is wanted (CanonicalABI.md, "Flat Lifting"). */
export interface CoreValueSource {
  /** Unsigned. */
  nextInteger(want: 'i32' | 'i64'): bigint
  nextFloat(want: 'f32' | 'f64'): number
}

/** The arguments of a core call, or its results (`CoreValueIter`). */
export class CoreValueIterator implements CoreValueSource {
  readonly #values: readonly CoreValue[]
  #next = 0

  constructor(values: readonly CoreValue[]) {
    this.#values = values
  }

  nextInteger(want: 'i32' | 'i64'): bigint {
    return BigInt.asUintN(want === 'i32' ? 32 : 64, BigInt(this.#take()))
  }

  nextFloat(): number {
    return canonicalizeNan(Number(this.#take()))
  }

  #take(): CoreValue {
    return this.#values[this.#next++]!
  }
}

/** The payload of a variant, whose slots have the joined types of all cases (`CoerceValueIter`). */
export class CoerceValueIterator implements CoreValueSource {
  readonly #values: CoreValueSource
  readonly #flatTypes: FlatType[]

  /** Takes the flat types that are read off `flatTypes`, so that the caller sees what is left. */
  constructor(values: CoreValueSource, flatTypes: FlatType[]) {
    this.#values = values
    this.#flatTypes = flatTypes
  }

  nextInteger(want: 'i32' | 'i64'): bigint {
    const have = this.#flatTypes.shift() as 'i32' | 'i64' // join makes an integer of whatever meets an integer
    const x = this.#values.nextInteger(have)
    return want === 'i32' ? wrapI64ToI32(x) : x
  }

  nextFloat(want: 'f32' | 'f64'): number {
    const have = this.#flatTypes.shift()!
    if (have === 'f32' || have === 'f64') return this.#values.nextFloat(have)
    const x = this.#values.nextInteger(have)
    return want === 'f32' ? decodeI32AsFloat(wrapI64ToI32(x)) : decodeI64AsFloat(x)
  }
}

function wrapI64ToI32(i: bigint): bigint {
  return BigInt.asUintN(32, i)
}
