/**
 * What is said when a JavaScript value does not fit its type. Both back ends say it through here:
 *
 *     add: argument b.points[3].x: expected s32 (-2147483648 to 2147483647), got "x"
 */
import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'

/**
 * @param place the function, and the path to the value: `add: argument b.points[3].x`, `log: result`
 * @param got what came, if it takes more than the value to say so
 */
export function mismatch(
  place: string,
  type: ValueType,
  value: unknown,
  got = describeValue(value),
): TypeError {
  return unexpected(place, describeType(type), value, got)
}

/** The same where the type has been described already. */
export function unexpected(
  place: string,
  expected: string,
  value: unknown,
  got = describeValue(value),
): TypeError {
  return new TypeError(`${place}: expected ${expected}, got ${got}`)
}

/** How many arguments a call must have: those that end in options may be left away, as is usual in JavaScript. */
export function leastArguments(type: FunctionType): number {
  return type.parameters.findLastIndex((parameter) => parameter.type.kind !== 'option') + 1
}

/** @param least how many there must be; the names are those of all that there may be */
export function wrongArgumentCount(
  name: string,
  names: readonly string[],
  least: number,
  got: number,
): TypeError {
  const most = names.length
  const expected = least === most ? `${most}` : `${least} to ${most}`
  return new TypeError(
    `${name}: expected ${expected} ${most === 1 ? 'argument' : 'arguments'} (${names.join(', ')}), got ${got}`,
  )
}

const primitives: Partial<Record<ValueType['kind'], string>> = {
  bool: 'bool (true or false)',
  s8: 's8 (-128 to 127)',
  u8: 'u8 (0 to 255)',
  s16: 's16 (-32768 to 32767)',
  u16: 'u16 (0 to 65535)',
  s32: 's32 (-2147483648 to 2147483647)',
  u32: 'u32 (0 to 4294967295)',
  s64: 's64 (a bigint from -9223372036854775808n to 9223372036854775807n)',
  u64: 'u64 (a bigint from 0n to 18446744073709551615n)',
  f32: 'f32 (a number)',
  f64: 'f64 (a number)',
  char: 'char (a string of one Unicode scalar value)',
}

/** A type as messages name it: exact for what is small, the outermost shape of what is large. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case 'list':
      return `list<${briefly(type.element)}${type.length === undefined ? '' : `, ${type.length}`}>`
    case 'record':
      return `record { ${some(type.fields.map((field) => field.name))} }`
    case 'tuple':
      return `tuple<${some(type.types.map(briefly))}> (an array of ${type.types.length})`
    case 'variant':
      return `variant ({ tag, val } with the tag ${some(
        type.cases.map((one) => JSON.stringify(one.name)),
        ' or ',
      )})`
    case 'enum':
      return `enum (${some(
        type.names.map((name) => JSON.stringify(name)),
        ' or ',
      )})`
    case 'flags':
      return `flags (an object of booleans: ${some(type.names)})`
    case 'option':
      return `option<${briefly(type.type)}>`
    case 'result':
      return `result<${type.ok ? briefly(type.ok) : '_'}, ${type.error ? briefly(type.error) : '_'}> ({ tag, val } with the tag "ok" or "err")`
    case 'map':
      return `map<${briefly(type.key)}, ${briefly(type.value)}> (a Map)`
    case 'own':
    case 'borrow':
      return `${type.kind}<${type.resource.name ?? 'resource'}>`
    default:
      return primitives[type.kind] ?? type.kind
  }
}

function briefly(type: ValueType): string {
  switch (type.kind) {
    case 'list':
      return `list<${briefly(type.element)}>`
    case 'option':
      return `option<${briefly(type.type)}>`
    case 'own':
    case 'borrow':
      return describeType(type)
    default:
      return type.kind
  }
}

function some(names: readonly string[], between = ', '): string {
  return names.length <= 8 ? names.join(between) : [...names.slice(0, 8), '…'].join(between)
}

/** A value as messages show it. Runs no code of the value's: no getter, no `toString`. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
    case 'bigint':
      return `${value}n`
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return 'an array'
      return ArrayBuffer.isView(value) ? 'a typed array' : 'an object'
    default:
      return String(value)
  }
}
