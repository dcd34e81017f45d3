/**
 * Random values of a type, in JavaScript's shape and in the very form in which Tenon returns them (typed arrays for
 * lists of numbers and so on), so that what comes back from a guest can be compared. Edge values come often. Any value
 * can be shrunk, also one that came from elsewhere: in each `oneof` the widest arbitrary stands first, and each `map`
 * has its inverse.
 */
import fc from 'fast-check'
import { propertyNames } from '../component/js-name.ts'
import { listValue } from '../component/number-list.ts'
import { isTaggedOption } from '../component/option-shape.ts'
import type { Case, ResourceType, ValueType } from '../component/value-type.ts'

export interface ValueOptions {
  /** Handles that may be passed as `own` or `borrow` of the resource; needed where the type has any. */
  readonly handle?: (resource: ResourceType, kind: 'own' | 'borrow') => fc.Arbitrary<unknown>
  /** What may be passed as a stream, a future or an error context; needed where the type has any. */
  readonly asyncValue?: (type: ValueType) => fc.Arbitrary<unknown>
  /** How many elements the longest lists and strings have. Default: a few, as is enough where only types matter. */
  readonly longest?: number
}

/**
 * @example
 * arbitraryValue({ kind: 'u8' }).canShrinkWithoutContext(255) // true
 */
export function arbitraryValue(type: ValueType, options: ValueOptions = {}): fc.Arbitrary<unknown> {
  const part = (inner: ValueType) => arbitraryValue(inner, options)
  switch (type.kind) {
    case 'bool':
      return fc.boolean()
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
      return arbitraryInteger(type.kind).map(Number, BigInt as (value: unknown) => bigint)
    case 's64':
    case 'u64':
      return arbitraryInteger(type.kind)
    case 'f32':
      return fc.oneof(fc.float(), fc.constantFrom(...floats.map(Math.fround)))
    case 'f64':
      return fc.oneof(fc.double(), fc.constantFrom(...floats))
    case 'char':
      return fc.oneof(character, fc.constantFrom(...chars))
    case 'string':
      return arbitraryString(options.longest)
    case 'list': {
      // Long lists of long lists would be too much.
      const element = arbitraryValue(type.element, { ...options, longest: 0 })
      return arrayOf(element, type.length, options.longest).map(
        (values) => listValue(type.element, values),
        (list) => Array.from(list as Iterable<unknown>),
      )
    }
    case 'record':
      return properties(
        type.fields.map(({ name }) => name),
        type.fields.map((field) => part(field.type)),
      )
    case 'tuple':
      return fc.tuple(...type.types.map(part))
    case 'variant':
      return fc.oneof(...type.cases.map((one) => arbitraryCase(one, part)))
    case 'enum':
      return fc.constantFrom(...type.names)
    case 'flags':
      return properties(
        type.names,
        type.names.map(() => fc.boolean()),
      )
    case 'option':
      return isTaggedOption(type)
        ? fc.oneof(...[none, { name: 'some', type: type.type }].map((one) => arbitraryCase(one, part)))
        : fc.option(part(type.type), { nil: undefined, freq: 3 })
    case 'result':
      return fc.oneof(
        arbitraryCase({ name: 'ok', type: type.ok }, part),
        arbitraryCase({ name: 'err', type: type.error }, part),
      )
    case 'map':
      return fc.array(fc.tuple(part(type.key), part(type.value)), { maxLength: 6 }).map(
        (pairs) => new Map(pairs),
        (map) => [...(map as Map<unknown, unknown>)],
      )
    case 'own':
    case 'borrow': {
      const { handle } = options
      if (!handle) throw new Error(`no way to make a handle of ${type.resource.name}`)
      return handle(type.resource, type.kind)
    }
    case 'error-context':
    case 'stream':
    case 'future': {
      const { asyncValue } = options
      if (!asyncValue) throw new Error(`no random values of ${type.kind}`)
      return asyncValue(type)
    }
  }
}

const none: Case = { name: 'none', type: undefined }

/** Edges and their neighbours, else anything. */
function arbitraryInteger(
  kind: 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64',
): fc.Arbitrary<bigint> {
  const bits = BigInt(kind.slice(1))
  const min = kind.startsWith('s') ? -(1n << (bits - 1n)) : 0n
  const max = min + (1n << bits) - 1n
  return fc.oneof(
    fc.bigInt({ min, max }),
    fc.constantFrom(0n, 1n, min, min + 1n, max / 2n, max / 2n + 1n, max - 1n, max),
  )
}

/** Rounded to single precision by those who need it. */
const floats: readonly number[] = [
  Number.NaN,
  -0,
  0,
  1,
  -1.5,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  Number.EPSILON,
  3.4028234663852886e38, // the greatest f32
  1.401298464324817e-45, // the least positive f32
  2 ** 53,
]

/** The first and the last code point of each length in UTF-8, of Latin-1, and around the surrogates. */
const chars: readonly string[] = [
  '\0',
  'a',
  '\x7f',
  '\x80',
  '\xff',
  '\u0100',
  '\u07ff',
  '\u0800',
  '\ud7ff',
  '\ue000',
  '\ufeff',
  '\ufffd',
  '\uffff',
  '\u{10000}',
  '\u{10ffff}',
]

/** Any character. fast-check's own `binary` makes a table of all of them, which takes a second in each thread. */
const character: fc.Arbitrary<string> = fc.integer({ min: 0, max: 0x10ffff - 0x800 }).map(
  (code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800),
  (char) => {
    if (typeof char !== 'string' || [...char].length !== 1) throw new Error('not one character')
    const code = char.codePointAt(0)!
    return code < 0xd800 ? code : code - 0x800
  },
)

/** Well-formed strings of all planes: empty, ASCII, Latin-1, mixed, late in leaving ASCII or Latin-1, and long. */
function arbitraryString(longest = 3000): fc.Arbitrary<string> {
  const any = fc.string({ unit: character, maxLength: Math.max(longest, 3000), size: 'small' })
  const long = fc.tuple(fc.constantFrom(...chars), fc.nat(Math.max(longest, 40)))
  return fc.oneof(
    { weight: 4, arbitrary: any },
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 4, arbitrary: fc.string({ unit: 'binary-ascii' }) },
    { weight: 2, arbitrary: arbitraryLatin1 },
    { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...chars) }) },
    { weight: 1, arbitrary: lateIn('a') },
    { weight: 1, arbitrary: lateIn('é') },
    { weight: 1, arbitrary: long.map(([unit, n]) => unit.repeat(n)) },
  )
}

function lateIn(unit: string): fc.Arbitrary<string> {
  return fc.tuple(fc.nat(200), fc.constantFrom(...chars)).map(([n, last]) => unit.repeat(n) + last)
}

const arbitraryLatin1 = fc.string({
  unit: fc.integer({ min: 0, max: 0xff }).map((unit) => String.fromCharCode(unit)),
})

function arrayOf(
  element: fc.Arbitrary<unknown>,
  length: number | undefined,
  longest = 0,
): fc.Arbitrary<unknown[]> {
  if (length !== undefined) return fc.array(element, { minLength: length, maxLength: length })
  const short = { weight: 14, arbitrary: fc.array(element, { maxLength: 8 }) }
  const empty = { weight: 2, arbitrary: fc.constant<unknown[]>([]) }
  if (longest <= 8) return fc.oneof(short, empty)
  const long = { weight: 1, arbitrary: fc.array(element, { maxLength: longest, size: 'max' }) }
  return fc.oneof(long, short, empty)
}

function properties(
  labels: readonly string[],
  values: readonly fc.Arbitrary<unknown>[],
): fc.Arbitrary<object> {
  const names = propertyNames(labels)
  return fc.tuple(...values).map(
    (all) => Object.fromEntries(all.map((value, i) => [names[i]!, value])),
    (object) => names.map((name) => (object as Record<string, unknown>)[name]),
  )
}

function arbitraryCase(
  { name, type }: Case,
  part: (type: ValueType) => fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
  const payload = type === undefined ? fc.constant(undefined) : part(type)
  return payload.map(
    (val) => ({ tag: name, val }),
    (value) => {
      const { tag, val } = value as { tag: string; val: unknown }
      if (tag !== name) throw new Error('another case')
      return val
    },
  )
}
