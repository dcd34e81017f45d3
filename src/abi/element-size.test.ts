import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as t from '../../test/support/type-builders.ts'
import type { ValueType } from '../component/value-type.ts'
import { elementSize, MAX_ELEMENT_SIZE, recordLayout, variantLayout } from './element-size.ts'

const cases: [name: string, type: ValueType, i32: number, i64: number][] = [
  ['bool', t.bool, 1, 1],
  ['s16', t.s16, 2, 2],
  ['u32', t.u32, 4, 4],
  ['s64', t.s64, 8, 8],
  ['f32', t.f32, 4, 4],
  ['f64', t.f64, 8, 8],
  ['char', t.char, 4, 4],
  ['string: pointer and length', t.string, 8, 16],
  ['list: pointer and length', t.list(t.f64), 8, 16],
  ['map: pointer and length', t.map(t.u8, t.u8), 8, 16],
  ['list of fixed length: its elements', t.list(t.u16, 3), 6, 6],
  ['record: padding between fields and at the end', t.record({ a: t.u8, b: t.u32, c: t.u8 }), 12, 12],
  ['list of padded records', t.list(t.tuple(t.u16, t.u8), 3), 12, 12],
  ['tuple', t.tuple(t.u8, t.string), 12, 24],
  ['variant: discriminant, padding, widest case', t.variant({ a: t.u8, b: t.u64, c: undefined }), 16, 16],
  ['variant: padding at the end', t.variant({ a: t.tuple(t.u32, t.u8), b: t.u32 }), 12, 12],
  ['option of option', t.option(t.option(t.u8)), 3, 3],
  ['result without payloads', t.result(), 1, 1],
  ['enum of 257', t.enumeration(...t.labels(257)), 2, 2],
  ['flags of 32', t.flags(...t.labels(32)), 4, 4],
  ['flags of 16', t.flags(...t.labels(16)), 2, 2],
  ['own', t.own(t.resource('r')), 4, 4],
  ['stream', t.stream(), 4, 4],
]

for (const [name, type, i32, i64] of cases) {
  test(`element size: ${name}`, () => {
    assert.equal(elementSize(type, 'i32'), i32)
    assert.equal(elementSize(type, 'i64'), i64)
  })
}

test('record layout: where each field begins', () => {
  const { fields } = t.record({ a: t.u8, b: t.string, c: t.u16 })
  assert.deepEqual(recordLayout(fields, 'i32'), { offsets: [0, 4, 12], size: 16 })
  assert.deepEqual(recordLayout(fields, 'i64'), { offsets: [0, 8, 24], size: 32 })
})

test('variant layout: where the payload begins', () => {
  const { cases } = t.variant({ a: t.u8, b: t.u32 })
  assert.deepEqual(variantLayout(cases, 'i32'), { discriminantSize: 1, payloadOffset: 4, size: 8 })
})

test('sizes beyond any memory stop growing, and keep the alignment', () => {
  let type: ValueType = t.tuple(t.u64, t.u8)
  for (let depth = 0; depth < 50; depth++) type = t.list(type, 2 ** 32 - 1)
  assert.equal(elementSize(type, 'i32'), MAX_ELEMENT_SIZE)
  assert.equal(elementSize(t.tuple(type, t.u8, type), 'i32') % 8, 0)
})

test('a type that shares its parts is walked once', () => {
  let type: ValueType = t.u8
  for (let depth = 0; depth < 100; depth++) type = t.tuple(type, t.option(type))
  assert.equal(elementSize(type, 'i64'), MAX_ELEMENT_SIZE)
})
