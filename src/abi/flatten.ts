import type { FunctionType } from '../component/extern-type.ts'
import type { Case, TupleType, ValueType } from '../component/value-type.ts'
import { despecialize } from './despecialize.ts'
import { type FlatType, join } from './join.ts'
import { memoize, memoizeByPointer } from './memoize.ts'
import type { PointerType } from './pointer.ts'

/** More flat parameters than this are spilled to memory (CanonicalABI.md, "Flattening"). */
export const MAX_FLAT_PARAMS = 16
/** The same for `async` lowered functions. */
export const MAX_FLAT_ASYNC_PARAMS = 4
/** More flat results than this are spilled to memory. */
export const MAX_FLAT_RESULTS = 1

/** One more than anybody needs: who sees this many spills, and asks no further. */
const ENOUGH = MAX_FLAT_PARAMS + 1

/**
 * The core types that a value takes when it is passed directly (CanonicalABI.md, "Flattening"). Cut after 17: a value of more than
 * 16 is always spilled, and fixed-length lists can flatten to billions.
 *
 * @example
 * flattenType({ kind: 'string' }, 'i32') // ['i32', 'i32']
 * flattenType({ kind: 'result', ok: { kind: 'f32' }, error: { kind: 'u64' } }, 'i32') // ['i32', 'i64']
 */
export const flattenType: (type: ValueType, pointer: PointerType) => readonly FlatType[] = memoizeByPointer(
  (type, pointer) => {
    const plain = despecialize(type)
    switch (plain.kind) {
      case 's64':
      case 'u64':
        return ['i64']
      case 'f32':
      case 'f64':
        return [plain.kind]
      case 'string':
        return [pointer, pointer]
      case 'list':
        return plain.length === undefined
          ? [pointer, pointer]
          : repeat(flattenType(plain.element, pointer), plain.length)
      case 'record':
        return flattenTypes(
          plain.fields.map((field) => field.type),
          pointer,
        )
      case 'variant':
        return flattenVariant(plain.cases, pointer)
      case 'bool':
      case 's8':
      case 'u8':
      case 's16':
      case 'u16':
      case 's32':
      case 'u32':
      case 'char':
      case 'error-context':
      case 'flags':
      case 'own':
      case 'borrow':
      case 'stream':
      case 'future':
        return ['i32']
    }
  },
)

/** The core types of several values in a row; cut after 17 as in {@link flattenType}. */
export function flattenTypes(types: readonly ValueType[], pointer: PointerType): readonly FlatType[] {
  const flat: FlatType[] = []
  for (const type of types) {
    flat.push(...flattenType(type, pointer))
    if (flat.length >= ENOUGH) return flat.slice(0, ENOUGH)
  }
  return flat
}

function repeat(flat: readonly FlatType[], times: number): readonly FlatType[] {
  return Array<readonly FlatType[]>(Math.min(times, ENOUGH)).fill(flat).flat().slice(0, ENOUGH)
}

function flattenVariant(cases: readonly Case[], pointer: PointerType): readonly FlatType[] {
  const payload: FlatType[] = []
  for (const { type } of cases) {
    if (type === undefined) continue
    flattenType(type, pointer).forEach((flat, i) => {
      const shared = payload[i]
      payload[i] = shared === undefined ? flat : join(shared, flat)
    })
  }
  // The discriminant is an i32 whatever its size in memory.
  const flat: FlatType[] = ['i32', ...payload]
  return flat.slice(0, ENOUGH)
}

/** The options that decide how a function flattens. */
export interface FlattenOptions {
  readonly pointer: PointerType
  readonly async: boolean
  readonly callback: boolean
}

/** The core function type of a lift or a lower, and what of it goes through memory. */
export interface FlatFunction {
  readonly parameters: readonly FlatType[]
  readonly results: readonly FlatType[]
  /** The parameters lie in memory as one tuple; the only core parameter for them is its address. */
  readonly spillsParameters: boolean
  /**
   * The result lies in memory. Its address is the core result of a lift, and the last core parameter of a lower.
   * Always false for an `async` lift: its result goes through `task.return`.
   */
  readonly spillsResult: boolean
}

/**
 * The core function type of a lift (what the guest exports) or a lower (what it imports) of a function
 * (CanonicalABI.md, "Flattening", `flatten_functype`).
 *
 * @example
 * // func() -> string
 * flattenFunction(type, { pointer: 'i32', async: false, callback: false }, 'lift').results // ['i32']
 * flattenFunction(type, { pointer: 'i32', async: false, callback: false }, 'lower').parameters // ['i32']
 */
export function flattenFunction(
  type: FunctionType,
  options: FlattenOptions,
  context: 'lift' | 'lower',
): FlatFunction {
  const { pointer } = options
  const flatParameters = flattenTypes(parameterTuple(type).types, pointer)
  const flatResults = type.result === undefined ? [] : flattenType(type.result, pointer)

  const asyncLower = options.async && context === 'lower'
  const spillsParameters = flatParameters.length > (asyncLower ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS)
  const parameters: readonly FlatType[] = spillsParameters ? [pointer] : flatParameters

  if (options.async) {
    if (context === 'lift') {
      return { parameters, results: options.callback ? ['i32'] : [], spillsParameters, spillsResult: false }
    }
    const spillsResult = flatResults.length > 0
    const all: readonly FlatType[] = spillsResult ? [...parameters, pointer] : parameters
    return { parameters: all, results: ['i32'], spillsParameters, spillsResult }
  }

  if (flatResults.length <= MAX_FLAT_RESULTS) {
    return { parameters, results: flatResults, spillsParameters, spillsResult: false }
  }
  return context === 'lift'
    ? { parameters, results: [pointer], spillsParameters, spillsResult: true }
    : { parameters: [...parameters, pointer], results: [], spillsParameters, spillsResult: true }
}

/** The tuple that spilled parameters form in memory; the same object for the same function type. */
export const parameterTuple: (type: FunctionType) => TupleType = memoize((type) => ({
  kind: 'tuple',
  types: type.parameters.map((parameter) => parameter.type),
}))
