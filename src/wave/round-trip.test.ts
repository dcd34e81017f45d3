import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../../test/support/fast-check.ts'
import { arbitraryType } from '../../test/support/arbitrary-type.ts'
import { arbitraryValue } from '../fuzz/arbitrary-value.ts'
import type { ValueType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'
import { fromJson, type Json, toJson } from './json.ts'
import { parseValue } from './parse-value.ts'
import { printValue } from './print-value.ts'

const typed: fc.Arbitrary<[ValueType, unknown]> = arbitraryType().chain((type) =>
  fc.tuple(fc.constant(type), arbitraryValue(type)),
)

test('parsing what was printed gives the value again', () => {
  fc.assert(
    fc.property(typed, ([type, value]) => {
      assert.deepEqual(parseValue(printValue(value, type), type), value)
    }),
    { numRuns: 1000 },
  )
})

test('JSON gives the value again', () => {
  fc.assert(
    fc.property(typed, ([type, value]) => {
      const json = JSON.parse(JSON.stringify(toJson(value, type))) as Json
      // JSON has no negative zero.
      assert.deepEqual(fromJson(json, type), withoutNegativeZero(value))
    }),
    { numRuns: 1000 },
  )
})

test('whatever the text, the only error is one of code wave', () => {
  const text = fc.oneof(
    fc.string({
      unit: fc.constantFrom(...'(){}[]:,%-"\'\\u0a1.e \n', 'none', 'some(', 'ok', 'inf', '"""', '//'),
    }),
    fc.string({ unit: 'binary' }),
    typed.map(([type, value]) => printValue(value, type)),
  )
  fc.assert(
    fc.property(arbitraryType(), text, (type, text) => {
      try {
        parseValue(text, type)
      } catch (error) {
        assert.ok(error instanceof TenonError && error.code === 'wave', String(error))
      }
    }),
    { numRuns: 1000 },
  )
})

function withoutNegativeZero(value: unknown): unknown {
  if (Object.is(value, -0)) return 0
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Float32Array || value instanceof Float64Array) return value.map((number) => number + 0)
  if (ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map(withoutNegativeZero)
  if (value instanceof Map)
    return new Map(Array.from(value, ([key, item]) => [key, withoutNegativeZero(item)]))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNegativeZero(item)]))
}
