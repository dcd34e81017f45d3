import type { PrimitiveType, ValueType } from '../component/value-type.ts'
import { isPrimitive } from './describe.ts'
import { equalTypes } from './equal-types.ts'
import type { TypeStore } from './type-store.ts'

/** The first difference in words; undefined where there is none. */
export type Mismatch = string | undefined

/**
 * Value types have no subtypes: they match if they are equal. The walk only looks for words for what differs, so it
 * goes one way down.
 */
export function valueMismatch(store: TypeStore, actual: ValueType, expected: ValueType): Mismatch {
  return equalTypes(store, actual, expected) ? undefined : difference(store, actual, expected)
}

function difference(store: TypeStore, actual: ValueType, expected: ValueType): Mismatch {
  const within = (what: string, a: ValueType, e: ValueType): Mismatch => {
    const mismatch = valueMismatch(store, a, e)
    return mismatch === undefined ? undefined : `type mismatch in ${what}: ${mismatch}`
  }
  if (actual.kind !== expected.kind) return unlike(actual, expected)
  switch (expected.kind) {
    case 'record':
      return recordMismatch(actual as typeof expected, expected, within)
    case 'variant':
      return variantMismatch(actual as typeof expected, expected, within)
    case 'tuple': {
      const { types } = actual as typeof expected
      if (types.length !== expected.types.length)
        return `expected ${expected.types.length} types, found ${types.length}`
      return first(expected.types, (type, i) => within(`tuple field ${i}`, types[i]!, type))
    }
    case 'flags':
    case 'enum':
      return `mismatch in ${expected.kind} elements: ${nameMismatch(expected.names, (actual as typeof expected).names)}`
    case 'list': {
      const { length, element } = actual as typeof expected
      if (length !== expected.length) return `expected ${listOf(expected.length)}, found ${listOf(length)}`
      return valueMismatch(store, element, expected.element)
    }
    case 'option':
      return valueMismatch(store, (actual as typeof expected).type, expected.type)
    case 'result': {
      const { ok, error } = actual as typeof expected
      return (
        optional('ok', 'ok variant', ok, expected.ok) ?? optional('err', 'err variant', error, expected.error)
      )
    }
    case 'map': {
      const { key, value } = actual as typeof expected
      return within('map key', key, expected.key) ?? within('map value', value, expected.value)
    }
    case 'stream':
    case 'future':
      return optional(expected.kind, expected.kind, (actual as typeof expected).element, expected.element)
    case 'own':
    case 'borrow':
      return 'resource types are not the same'
    default:
      return undefined
  }

  function optional(
    name: string,
    where: string,
    a: ValueType | undefined,
    e: ValueType | undefined,
  ): Mismatch {
    if (a && e) return within(where, a, e)
    if (e) return `expected ${name} type, but found none`
    return a ? `expected ${name} type to not be present` : undefined
  }
}

type Within = (what: string, actual: ValueType, expected: ValueType) => Mismatch
type Of<Kind extends ValueType['kind']> = Extract<ValueType, { kind: Kind }>

function recordMismatch(actual: Of<'record'>, expected: Of<'record'>, within: Within): Mismatch {
  const { fields } = actual
  if (fields.length !== expected.fields.length) {
    return `expected ${expected.fields.length} fields, found ${fields.length}`
  }
  return first(expected.fields, ({ name, type }, i) => {
    const field = fields[i]!
    if (field.name !== name) return `expected field name \`${name}\`, found \`${field.name}\``
    return within(`record field \`${name}\``, field.type, type)
  })
}

function variantMismatch(actual: Of<'variant'>, expected: Of<'variant'>, within: Within): Mismatch {
  const { cases } = actual
  if (cases.length !== expected.cases.length)
    return `expected ${expected.cases.length} cases, found ${cases.length}`
  return first(expected.cases, ({ name, type }, i) => {
    const each = cases[i]!
    if (each.name !== name) return `expected case named \`${name}\`, found \`${each.name}\``
    if (type && each.type) return within(`variant case \`${name}\``, each.type, type)
    if (type) return `expected case \`${name}\` to have a type, found none`
    return each.type && `expected case \`${name}\` to have no type`
  })
}

function nameMismatch(expected: readonly string[], actual: readonly string[]): string {
  const place = expected.findIndex((name, index) => name !== actual[index])
  const [wanted, found] = [expected, actual].map((names) => names[place < 0 ? expected.length : place])
  return `expected ${wanted === undefined ? 'no more' : `\`${wanted}\``}, found ${found === undefined ? 'no more' : `\`${found}\``}`
}

function unlike(actual: ValueType, expected: ValueType): string {
  if (isPrimitive(actual) && isPrimitive(expected)) {
    return `expected primitive \`${(expected as PrimitiveType).kind}\` found primitive \`${actual.kind}\``
  }
  return `expected ${expected.kind}, found ${actual.kind}`
}

function listOf(length: number | undefined): string {
  return length === undefined ? 'list of any length' : `fixed-length ${length}`
}

function first<T>(items: readonly T[], find: (item: T, index: number) => Mismatch): Mismatch {
  for (const [i, item] of items.entries()) {
    const mismatch = find(item, i)
    if (mismatch !== undefined) return mismatch
  }
  return undefined
}
