/**
 * Values ⇄ JSON. The JSON is what the value is in JavaScript, as far as JSON can say it:
 *
 * - 64-bit integers are numbers where a JSON reader keeps them exactly (up to 2⁵³ − 1), else strings of digits;
 * - `nan`, `inf` and `-inf` are strings; so is every `char`;
 * - lists are arrays, bytes too; a `map` is an array of pairs;
 * - `none` is null; an omitted field of a record is `none`; of nested options the outer one is `{"tag", "val"}`;
 * - variants and results are `{"tag", "val"}`, without `val` where the case has no payload; enums are strings;
 * - flags are objects of booleans; an omitted flag is false;
 * - records and flags have camelCase keys, and take the WIT names too.
 */
import { propertyNames } from '../component/js-name.ts'
import { listValue } from '../component/number-list.ts'
import { isTaggedOption } from '../component/option-shape.ts'
import type { Case, ValueType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'
import { briefType } from '../wit/print-type.ts'
import { describeRange, type IntegerKind, integerRange } from './integer-range.ts'
import { noneOf } from './to-value.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * @example
 * toJson(2n ** 60n, { kind: 'u64' }) // "1152921504606846976"
 */
export function toJson(value: unknown, type: ValueType): Json {
  switch (type.kind) {
    case 's64':
    case 'u64': {
      const number = Number(value as bigint)
      return Number.isSafeInteger(number) ? number : String(value)
    }
    case 'f32':
    case 'f64':
      return Number.isFinite(value) ? (value as number) : floatName(value as number)
    case 'list':
      return Array.from(value as Iterable<unknown>, (item) => toJson(item, type.element))
    case 'map':
      return Array.from(value as Map<unknown, unknown>, ([key, item]) => [
        toJson(key, type.key),
        toJson(item, type.value),
      ])
    case 'tuple':
      return type.types.map((part, index) => toJson((value as readonly unknown[])[index], part))
    case 'record': {
      const properties = propertyNames(type.fields.map((field) => field.name))
      const record = value as Record<string, unknown>
      return Object.fromEntries(
        type.fields.map((field, index) => [
          properties[index]!,
          toJson(record[properties[index]!], field.type),
        ]),
      )
    }
    case 'flags':
      return { ...(value as Record<string, boolean>) }
    case 'variant': {
      const { tag, val } = value as Tagged
      return taggedJson(tag, val, type.cases.find((one) => one.name === tag)?.type)
    }
    case 'result': {
      const { tag, val } = value as Tagged
      return taggedJson(tag, val, tag === 'ok' ? type.ok : type.error)
    }
    case 'option': {
      if (!isTaggedOption(type)) return value === undefined ? null : toJson(value, type.type)
      const { tag, val } = value as Tagged
      return taggedJson(tag, val, tag === 'some' ? type.type : undefined)
    }
    case 'own':
    case 'borrow':
      return `<${type.resource.name ?? 'resource'}>`
    case 'stream':
    case 'future':
    case 'error-context':
      return `<${type.kind}>`
    default:
      return value as boolean | number | string
  }
}

interface Tagged {
  readonly tag: string
  readonly val?: unknown
}

function taggedJson(tag: string, value: unknown, type: Case['type']): Json {
  return type ? { tag, val: toJson(value, type) } : { tag }
}

function floatName(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  return value < 0 ? '-inf' : 'inf'
}

const floatNames = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
])

/**
 * The value that a JSON value stands for. Throws an error of code `wave` that names the path in the value.
 *
 * @example
 * fromJson([1, 2, 3], { kind: 'list', element: { kind: 'u8' } }) // Uint8Array.of(1, 2, 3)
 */
export function fromJson(json: Json, type: ValueType, path = 'value'): unknown {
  switch (type.kind) {
    case 'bool':
      return typeof json === 'boolean' ? json : refuse(json, type, path)
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
      return integerFromJson(json, type.kind, path)
    case 'f32':
    case 'f64': {
      const number = typeof json === 'string' ? floatNames.get(json) : json
      if (typeof number !== 'number') return refuse(json, type, path)
      return type.kind === 'f32' ? Math.fround(number) : number
    }
    case 'char':
      return typeof json === 'string' && json.isWellFormed() && [...json].length === 1
        ? json
        : refuse(json, type, path)
    case 'string':
      return typeof json === 'string' && json.isWellFormed() ? json : refuse(json, type, path)
    case 'list': {
      if (!isArray(json) || (type.length !== undefined && json.length !== type.length))
        return refuse(json, type, path)
      return listValue(
        type.element,
        json.map((item, index) => fromJson(item, type.element, `${path}[${index}]`)),
      )
    }
    case 'map': {
      if (!isArray(json)) return refuse(json, type, path)
      const pair: ValueType = { kind: 'tuple', types: [type.key, type.value] }
      return new Map(
        json.map((item, index) => fromJson(item, pair, `${path}[${index}]`) as [unknown, unknown]),
      )
    }
    case 'tuple':
      if (!isArray(json) || json.length !== type.types.length) return refuse(json, type, path)
      return type.types.map((part, index) => fromJson(json[index]!, part, `${path}[${index}]`))
    case 'record': {
      const at = members(
        json,
        type,
        type.fields.map((field) => field.name),
        path,
      )
      return Object.fromEntries(
        type.fields.map((field) => {
          const { property, value } = at(field.name)
          if (value === undefined && field.type.kind !== 'option')
            return refuse(json, type, path, `the field ${property} is missing`)
          return [property, fromJson(value ?? null, field.type, `${path}.${property}`)]
        }),
      )
    }
    case 'flags': {
      const at = members(json, type, type.names, path)
      return Object.fromEntries(
        type.names.map((name) => {
          const { property, value } = at(name)
          if (value !== undefined && typeof value !== 'boolean')
            return refuse(value, { kind: 'bool' }, `${path}.${property}`)
          return [property, value ?? false]
        }),
      )
    }
    case 'enum':
      return typeof json === 'string' && type.names.includes(json) ? json : refuse(json, type, path)
    case 'variant':
      return taggedFromJson(json, type, new Map(type.cases.map((one) => [one.name, one.type])), path)
    case 'result':
      return taggedFromJson(
        json,
        type,
        new Map([
          ['ok', type.ok],
          ['err', type.error],
        ]),
        path,
      )
    case 'option':
      if (!isTaggedOption(type)) return json === null ? undefined : fromJson(json, type.type, path)
      if (json === null) return noneOf(type)
      return taggedFromJson(
        json,
        type,
        new Map([
          ['none', undefined],
          ['some', type.type],
        ]),
        path,
      )
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return refuse(json, type, path, 'it has no JSON form')
  }
}

function integerFromJson(json: Json, kind: IntegerKind, path: string): number | bigint {
  const { least, greatest, big } = integerRange(kind)
  const digits = typeof json === 'string' && big && /^-?[0-9]{1,20}$/.test(json)
  if (!digits && !Number.isInteger(json)) return refuse(json, { kind }, path, describeRange(kind))
  if (typeof json === 'number' && big && !Number.isSafeInteger(json)) {
    return refuse(json, { kind }, path, 'JSON numbers of this size lose digits: give a string of digits')
  }
  const value = BigInt(json as number | string)
  if (value < least || value > greatest) return refuse(json, { kind }, path, describeRange(kind))
  return big ? value : Number(value)
}

/** Looks members up by their camelCase and by their WIT name; refuses those that the type does not have. */
function members(json: Json, type: ValueType, names: readonly string[], path: string) {
  if (typeof json !== 'object' || json === null || isArray(json)) return refuse(json, type, path)
  const shortNames = propertyNames(names)
  const properties = new Map(names.map((name, index) => [name, shortNames[index]!]))
  const known = new Set([...properties.keys(), ...properties.values()])
  const unknown = Object.keys(json).find((key) => !known.has(key))
  if (unknown !== undefined) return refuse(json, type, path, `it has no ${JSON.stringify(unknown)}`)
  return (name: string): { property: string; value: Json | undefined } => {
    const property = properties.get(name)!
    return { property, value: own(json, property) ?? own(json, name) }
  }
}

function own(json: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(json, key) ? json[key] : undefined
}

function taggedFromJson(
  json: Json,
  type: ValueType,
  cases: ReadonlyMap<string, Case['type']>,
  path: string,
): object {
  if (typeof json !== 'object' || json === null || isArray(json)) return refuse(json, type, path)
  const tag = own(json, 'tag')
  const val = own(json, 'val')
  if (typeof tag !== 'string' || !cases.has(tag))
    return refuse(json, type, path, `\`tag\` is one of ${[...cases.keys()].join(', ')}`)
  const payload = cases.get(tag)
  if (payload) return { tag, val: fromJson(val ?? null, payload, `${path}.val`) }
  return val == null
    ? { tag, val: undefined }
    : refuse(val, type, `${path}.val`, `the case ${tag} has no payload`)
}

function isArray(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}

function refuse(json: Json, type: ValueType, path: string, why?: string): never {
  const text = JSON.stringify(json)
  const found = text.length > 60 ? `${text.slice(0, 59)}…` : text
  throw new TenonError(
    'wave',
    `${path}: expected ${briefType(type)}, found ${found}${why ? ` (${why})` : ''}`,
  )
}
