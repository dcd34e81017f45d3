/** Values that are one core number: how generated code checks, lowers, lifts, stores and loads them. */
import { discriminantSize, flagsSize } from '../../abi/discriminant.ts'
import type { FlatType } from '../../abi/join.ts'
import { propertyNames } from '../../component/js-name.ts'
import type { EnumType, FlagsType, ValueType } from '../../component/value-type.ts'
import { field, type Place, property, quoteKey, type Source } from './source.ts'

type NumberKind = 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64' | 'f32' | 'f64'

export type ScalarType = { readonly kind: NumberKind | 'bool' | 'char' } | EnumType | FlagsType

const kinds: ReadonlySet<string> = new Set([
  ...['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'char', 'enum', 'flags'],
])

export function isScalar(type: ValueType): type is ScalarType {
  return kinds.has(type.kind)
}

export function scalarFlatType(type: ScalarType): FlatType {
  switch (type.kind) {
    case 's64':
    case 'u64':
      return 'i64'
    case 'f32':
    case 'f64':
      return type.kind
    default:
      return 'i32'
  }
}

/** Checks a JavaScript value (an expression without effect); returns its core value as an expression without effect. */
export function checkScalar(source: Source, type: ScalarType, value: string, place: Place): string {
  switch (type.kind) {
    case 'flags':
      return checkFlags(source, type, value, place)
    case 'enum':
      return checkEnum(source, type, value, place)
    case 'char': {
      const point = source.constant('c', `codePointOf(${value})`)
      refuseIf(source, `${point} < 0`, type, value, place)
      return point
    }
    case 'bool':
      refuseIf(source, `${value} !== true && ${value} !== false`, type, value, place)
      return `(${value} === true ? 1 : 0)`
    default:
      refuseIf(source, notA(type.kind, value), type, value, place)
      return value
  }
}

function notA(kind: NumberKind, value: string): string {
  const noNumber = `typeof ${value} !== 'number'`
  switch (kind) {
    case 's8':
      return `${noNumber} || (${value} << 24 >> 24) !== ${value}`
    case 'u8':
      return `${noNumber} || (${value} & 255) !== ${value}`
    case 's16':
      return `${noNumber} || (${value} << 16 >> 16) !== ${value}`
    case 'u16':
      return `${noNumber} || (${value} & 65535) !== ${value}`
    case 's32':
      return `${noNumber} || (${value} | 0) !== ${value}`
    case 'u32':
      return `${noNumber} || (${value} >>> 0) !== ${value}`
    case 's64':
      return `typeof ${value} !== 'bigint' || BigInt.asIntN(64, ${value}) !== ${value}`
    case 'u64':
      return `typeof ${value} !== 'bigint' || BigInt.asUintN(64, ${value}) !== ${value}`
    case 'f32':
    case 'f64':
      return noNumber
  }
}

function checkEnum(source: Source, type: EnumType, value: string, place: Place): string {
  const numbers = new Map(type.names.map((name, i) => [name, i]))
  const names = source.shared.constant(numbers, 'numbers')
  const number = source.constant('e', `${names}.get(${value})`)
  refuseIf(source, `${number} === undefined`, type, value, place)
  return number
}

function checkFlags(source: Source, type: FlagsType, value: string, place: Place): string {
  const bits = readFlags(source, type, value, place).map((flag, i) => `(${flag} ? ${2 ** i} : 0)`)
  return source.constant('b', bits.join(' + '))
}

/** Returns expressions of booleans. A flag that is left away is false. */
export function readFlags(source: Source, type: FlagsType, value: string, place: Place): readonly string[] {
  refuseIf(source, notAnObject(value), type, value, place)
  return propertyNames(type.names).map((name) => {
    const flag = source.constant('f', property(value, name))
    refuseIf(source, `${flag} !== undefined && typeof ${flag} !== 'boolean'`, type, flag, field(place, name))
    return `${flag} === true`
  })
}

export function notAnObject(value: string): string {
  return `(typeof ${value} !== 'object' && typeof ${value} !== 'function') || ${value} === null`
}

/** Throws what says that a value does not fit. */
export function refuseIf(
  source: Source,
  condition: string,
  type: ValueType,
  value: string,
  place: Place,
): void {
  const site = source.shared.site(place, type)
  source.line(`if (${condition}) throw bound.refuse(${[site, value, ...place.indices].join(', ')})`)
}

/** Lifts a core value, an expression of the type's flat type without effect; what traps is called at once. */
export function liftScalar(source: Source, type: ScalarType, core: string): string {
  switch (type.kind) {
    case 'bool':
      return `(${core} !== 0)`
    case 's8':
      return `(${core} << 24 >> 24)`
    case 'u8':
      return `(${core} & 255)`
    case 's16':
      return `(${core} << 16 >> 16)`
    case 'u16':
      return `(${core} & 65535)`
    case 's32':
      return `(${core} | 0)`
    case 'u32':
      return `(${core} >>> 0)`
    case 's64':
      return `BigInt.asIntN(64, ${core})`
    case 'u64':
      return `BigInt.asUintN(64, ${core})`
    // A NaN is canonicalized (CanonicalABI.md, "Loading", `canonicalize_nan64`).
    case 'f32':
    case 'f64':
      return `(${core} === ${core} ? ${core} : NaN)`
    case 'char':
      return source.constant('c', `charOf(${core})`)
    case 'enum':
      return source.constant('e', `enumName(${source.shared.constant(type.names, 'names')}, ${core})`)
    case 'flags': {
      const flags = propertyNames(type.names).map(
        (name, i) => `${quoteKey(name)}: (${core} & ${1 << i}) !== 0`,
      )
      return `{ ${flags.join(', ')} }`
    }
  }
}

/** The DataView method, without `get` or `set`, for a value in memory. */
export function scalarAccess(type: ScalarType): string {
  switch (type.kind) {
    case 'bool':
    case 'u8':
      return 'Uint8'
    case 's8':
      return 'Int8'
    case 's16':
      return 'Int16'
    case 'u16':
      return 'Uint16'
    case 's32':
      return 'Int32'
    case 'u32':
    case 'char':
      return 'Uint32'
    case 's64':
      return 'BigInt64'
    case 'u64':
      return 'BigUint64'
    case 'f32':
      return 'Float32'
    case 'f64':
      return 'Float64'
    case 'enum':
      return unsigned(discriminantSize(type.names.length))
    case 'flags':
      return unsigned(flagsSize(type.names.length))
  }
}

export function unsigned(size: 1 | 2 | 4): string {
  return `Uint${8 * size}`
}

/** Lifts what `get…` of the access read: it is in range already. */
export function liftLoaded(source: Source, type: ScalarType, loaded: string): string {
  switch (type.kind) {
    case 'bool':
    case 'char':
    case 'enum':
      return liftScalar(source, type, loaded)
    case 'f32':
    case 'f64':
    case 'flags':
      return liftScalar(source, type, source.constant('n', loaded))
    default:
      return loaded
  }
}
