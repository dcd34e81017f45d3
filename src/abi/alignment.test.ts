import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as t from '../../test/support/type-builders.ts'
import type { ValueType } from '../component/value-type.ts'
import { alignment, alignTo } from './alignment.ts'

const cases: [name: string, type: ValueType, i32: number, i64: number][] = [
  ['bool', t.bool, 1, 1],
  ['s8', t.s8, 1, 1],
  ['u16', t.u16, 2, 2],
  ['s32', t.s32, 4, 4],
  ['u64', t.u64, 8, 8],
  ['f32', t.f32, 4, 4],
  ['f64', t.f64, 8, 8],
  ['char', t.char, 4, 4],
  ['a string is aligned like its pointer', t.string, 4, 8],
  ['a list is aligned like its pointer, whatever it holds', t.list(t.u64), 4, 8],
  ['a map is a list', t.map(t.u64, t.u64), 4, 8],
  ['a list of fixed length is aligned like its elements', t.list(t.u64, 2), 8, 8],
  ['a record is aligned like its widest field', t.record({ a: t.u8, b: t.u16, c: t.u8 }), 2, 2],
  ['tuple', t.tuple(t.u8, t.string), 4, 8],
  ['a variant counts its discriminant', t.enumeration(...t.labels(257)), 2, 2],
  ['enum of 256', t.enumeration(...t.labels(256)), 1, 1],
  ['enum of 65537', t.enumeration(...t.labels(65537)), 4, 4],
  ['a variant is aligned like its widest case', t.variant({ a: undefined, b: t.u64, c: t.u8 }), 8, 8],
  ['option', t.option(t.u16), 2, 2],
  ['result without payloads', t.result(), 1, 1],
  ['result', t.result(t.u8, t.f64), 8, 8],
  ['flags of 8', t.flags(...t.labels(8)), 1, 1],
  ['flags of 9', t.flags(...t.labels(9)), 2, 2],
  ['flags of 17', t.flags(...t.labels(17)), 4, 4],
  ['own', t.own(t.resource('r')), 4, 4],
  ['borrow', t.borrow(t.resource('r')), 4, 4],
  ['stream', t.stream(t.u64), 4, 4],
  ['future', t.future(), 4, 4],
  ['error-context', t.errorContext, 4, 4],
]

for (const [name, type, i32, i64] of cases) {
  test(`alignment: ${name}`, () => {
    assert.equal(alignment(type, 'i32'), i32)
    assert.equal(alignment(type, 'i64'), i64)
  })
}

test('alignTo rounds up', () => {
  assert.deepEqual(
    [0, 1, 4, 5, 8].map((offset) => alignTo(offset, 4)),
    [0, 4, 4, 8, 8],
  )
})
