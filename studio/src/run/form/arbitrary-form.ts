/** Random types of forms, and forms of a type, for tests. */
import fc from '../../../../test/support/fast-check.ts'
import type { FormType } from '../../contract/run.ts'
import { blank, casesOf, type FormValue, isBytes, itemOf, partsOf } from './form-value.ts'

/** Some share a camelCase name, some are words of WAVE or of JavaScript. */
const labels = [
  'a',
  'b-c',
  'x1',
  'x-1',
  'IO',
  'constructor',
  'then',
  'none',
  'ok',
  'true',
  'nan',
  'has-own-property',
]

const keys: readonly FormType[] = [
  { kind: 'bool' },
  { kind: 'char' },
  { kind: 'string' },
  ...([8, 16, 32, 64] as const).flatMap((bits) => [
    { kind: 'integer' as const, bits, signed: false },
    { kind: 'integer' as const, bits, signed: true },
  ]),
]

export function arbitraryFormType(depth = 4): fc.Arbitrary<FormType> {
  const leaf = fc.oneof<fc.Arbitrary<FormType>[]>(
    fc.constantFrom(...keys),
    fc.constantFrom({ kind: 'float', bits: 32 }, { kind: 'float', bits: 64 }),
    fc.constantFrom({ kind: 'own', resource: 'r' }, { kind: 'borrow', resource: 'r' }),
    fc.record({
      kind: fc.constantFrom('enum' as const, 'flags' as const),
      names: someLabels(1, labels.length),
    }),
  )
  if (depth === 1) return leaf
  const part = arbitraryFormType(depth - 1)
  const maybe = fc.option(part, { nil: undefined })
  return fc.oneof<fc.Arbitrary<FormType>[]>(
    leaf,
    named(part).map((fields) => ({ kind: 'record', fields })),
    fc.array(part, { minLength: 1, maxLength: 3 }).map((types) => ({ kind: 'tuple', types })),
    named(maybe).map((cases) => ({ kind: 'variant', cases })),
    part.map((type) => ({ kind: 'option', type })),
    part.map((type) => ({ kind: 'option', type: { kind: 'option', type } })),
    fc.record({ kind: fc.constant('result'), ok: maybe, error: maybe }),
    fc.record({
      kind: fc.constant('list'),
      type: part,
      length: fc.constantFrom(undefined, undefined, 1, 3),
    }),
    fc.record({ kind: fc.constant('map'), key: fc.constantFrom(...keys), value: part }),
  )
}

function named<T>(part: fc.Arbitrary<T>): fc.Arbitrary<{ name: string; type: T }[]> {
  return someLabels(1, 4).chain((names) =>
    fc.tuple(...names.map((name) => part.map((type) => ({ name, type })))),
  )
}

function someLabels(minLength: number, maxLength: number): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray(labels, { minLength, maxLength })
}

/** A form without mistakes, its numbers written as `formOf` writes them. */
export function arbitraryForm(type: FormType): fc.Arbitrary<FormValue> {
  switch (type.kind) {
    case 'bool':
      return fc.boolean().map((on) => ({ kind: 'bool', on }))
    case 'integer': {
      const span = 1n << BigInt(type.bits)
      const min = type.signed ? -span / 2n : 0n
      return text(fc.bigInt({ min, max: min + span - 1n }).map(String))
    }
    case 'float': {
      const number = type.bits === 32 ? fc.float() : fc.double()
      return text(number.map((value) => floatText(value, type.bits)))
    }
    case 'char':
      return text(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
    case 'string':
      return text(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('#1', '"#2"', '// #3', "'", '\r\n"""')),
      )
    case 'own':
    case 'borrow':
      return text(fc.nat(1_000).map((id) => `#${id}`))
    case 'enum':
      return fc.constantFrom(...type.names).map((name) => ({ kind: 'choice', name }))
    case 'flags':
      return fc.subarray([...type.names]).map((names) => ({ kind: 'set', names }))
    case 'record':
    case 'tuple':
      return fc
        .tuple(...partsOf(type).map((part) => arbitraryForm(part.type)))
        .map((parts) => ({ kind: 'parts', parts }))
    case 'variant':
    case 'option':
    case 'result':
      return fc.constantFrom(...casesOf(type)).chain(({ name, type: payload }) =>
        (payload ? arbitraryForm(payload) : fc.constant(undefined)).map((form) => ({
          kind: 'case',
          name,
          payload: form,
        })),
      )
    case 'list': {
      const length = { minLength: type.length ?? 0, maxLength: type.length ?? 4 }
      return isBytes(type)
        ? fc.uint8Array(length).map((bytes) => ({ kind: 'bytes', bytes }))
        : fc.array(arbitraryForm(type.type), length).map((items) => ({ kind: 'items', items }))
    }
    case 'map':
      return fc
        .uniqueArray(arbitraryForm(itemOf(type)), {
          maxLength: 4,
          selector: (entry) => JSON.stringify(entry.kind === 'parts' && entry.parts[0]),
        })
        .map((items) => ({ kind: 'items', items }))
    case 'error-context':
    case 'unsupported':
      return fc.constant(blank(type))
  }
}

function text(texts: fc.Arbitrary<string>): fc.Arbitrary<FormValue> {
  return texts.map((one) => ({ kind: 'text', text: one }))
}

function floatText(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (Object.is(value, -0)) return '-0'
  if (bits === 64) return String(value)
  for (let digits = 1; digits < 9; digits++) {
    const short = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(short)) === value) return short
  }
  return String(Number(value.toPrecision(9)))
}
