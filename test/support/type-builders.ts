/** Short ways to write value types in tests: `record({ a: u8, b: list(string) })`. */
import type { FunctionType } from '../../src/component/extern-type.ts'
import type {
  BorrowType,
  EnumType,
  FlagsType,
  FutureType,
  ListType,
  MapType,
  OptionType,
  OwnType,
  PrimitiveKind,
  PrimitiveType,
  RecordType,
  ResourceType,
  ResultType,
  StreamType,
  TupleType,
  ValueType,
  VariantType,
} from '../../src/component/value-type.ts'

const primitive = (kind: PrimitiveKind): PrimitiveType => ({ kind })

export const bool: PrimitiveType = primitive('bool')
export const s8: PrimitiveType = primitive('s8')
export const u8: PrimitiveType = primitive('u8')
export const s16: PrimitiveType = primitive('s16')
export const u16: PrimitiveType = primitive('u16')
export const s32: PrimitiveType = primitive('s32')
export const u32: PrimitiveType = primitive('u32')
export const s64: PrimitiveType = primitive('s64')
export const u64: PrimitiveType = primitive('u64')
export const f32: PrimitiveType = primitive('f32')
export const f64: PrimitiveType = primitive('f64')
export const char: PrimitiveType = primitive('char')
export const string: PrimitiveType = primitive('string')
export const errorContext: PrimitiveType = primitive('error-context')

export const list = (element: ValueType, length?: number): ListType =>
  length === undefined ? { kind: 'list', element } : { kind: 'list', element, length }

export const record = (fields: Readonly<Record<string, ValueType>>): RecordType => ({
  kind: 'record',
  fields: Object.entries(fields).map(([name, type]) => ({ name, type })),
})

export const tuple = (...types: readonly ValueType[]): TupleType => ({ kind: 'tuple', types })

/** A case without a payload has type `undefined`. */
export const variant = (cases: Readonly<Record<string, ValueType | undefined>>): VariantType => ({
  kind: 'variant',
  cases: Object.entries(cases).map(([name, type]) => ({ name, type })),
})

export const enumeration = (...names: readonly string[]): EnumType => ({ kind: 'enum', names })
export const flags = (...names: readonly string[]): FlagsType => ({ kind: 'flags', names })
export const option = (type: ValueType): OptionType => ({ kind: 'option', type })
export const result = (ok?: ValueType, error?: ValueType): ResultType => ({ kind: 'result', ok, error })
export const map = (key: ValueType, value: ValueType): MapType => ({ kind: 'map', key, value })
export const resource = (name: string): ResourceType => ({ kind: 'resource', name })
export const own = (of: ResourceType): OwnType => ({ kind: 'own', resource: of })
export const borrow = (of: ResourceType): BorrowType => ({ kind: 'borrow', resource: of })
export const stream = (element?: ValueType): StreamType => ({ kind: 'stream', element })
export const future = (element?: ValueType): FutureType => ({ kind: 'future', element })

/** A synchronous function; parameters are named `p0`, `p1` … */
export const func = (parameters: readonly ValueType[], returns?: ValueType): FunctionType => ({
  kind: 'function',
  async: false,
  parameters: parameters.map((type, i) => ({ name: `p${i}`, type })),
  result: returns,
})

/** `count` labels: `l0`, `l1` … */
export const labels = (count: number): string[] => Array.from({ length: count }, (_, i) => `l${i}`)
