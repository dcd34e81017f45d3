import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as t from '../../test/support/type-builders.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { type FlattenOptions, flattenFunction, flattenType } from './flatten.ts'
import { join } from './join.ts'

const types: [name: string, type: ValueType, flat: string][] = [
  ['bool', t.bool, 'i32'],
  ['small integers', t.tuple(t.u8, t.s8, t.u16, t.s16, t.u32, t.s32), 'i32 i32 i32 i32 i32 i32'],
  ['wide integers', t.tuple(t.u64, t.s64), 'i64 i64'],
  ['floats', t.tuple(t.f32, t.f64), 'f32 f64'],
  ['char', t.char, 'i32'],
  ['string', t.string, 'ptr ptr'],
  ['list', t.list(t.f64), 'ptr ptr'],
  ['map', t.map(t.string, t.u8), 'ptr ptr'],
  ['list of fixed length', t.list(t.tuple(t.u8, t.f32), 2), 'i32 f32 i32 f32'],
  ['record', t.record({ a: t.u64, b: t.string }), 'i64 ptr ptr'],
  ['enum', t.enumeration('a', 'b'), 'i32'],
  ['flags', t.flags('a', 'b'), 'i32'],
  ['option', t.option(t.f64), 'i32 f64'],
  ['result without payloads', t.result(), 'i32'],
  ['a variant is as long as its longest case', t.result(t.u8, t.tuple(t.u8, t.f32)), 'i32 i32 f32'],
  ['cases that agree', t.variant({ a: t.f32, b: t.f32 }), 'i32 f32'],
  ['i32 with f32', t.variant({ a: t.f32, b: t.u8 }), 'i32 i32'],
  ['i32 with i64', t.variant({ a: t.u8, b: t.u64 }), 'i32 i64'],
  ['f32 with f64', t.variant({ a: t.f32, b: t.f64 }), 'i32 i64'],
  ['f64 with i32', t.variant({ a: t.f64, b: t.u8 }), 'i32 i64'],
  ['a variant in a variant', t.option(t.result(t.f32, t.string)), 'i32 i32 join(f32,ptr) ptr'],
  [
    'handles',
    t.tuple(t.own(t.resource('r')), t.borrow(t.resource('r')), t.stream(), t.future()),
    'i32 i32 i32 i32',
  ],
]

for (const [name, type, flat] of types) {
  test(`flatten: ${name}`, () => {
    for (const pointer of ['i32', 'i64'] as const) {
      const expected = flat.replace('join(f32,ptr)', join('f32', pointer)).replaceAll('ptr', pointer)
      assert.equal(flattenType(type, pointer).join(' '), expected)
    }
  })
}

test('flatten: cut after 17, whatever the type asks for', () => {
  assert.equal(
    flattenType(t.list(t.list(t.list(t.u8, 2 ** 32 - 1), 2 ** 32 - 1), 2 ** 32 - 1), 'i32').length,
    17,
  )
  assert.equal(flattenType(t.tuple(...t.labels(100_000).map(() => t.u8)), 'i32').length, 17)
  let shared: ValueType = t.string
  for (let depth = 0; depth < 100; depth++) shared = t.variant({ a: shared, b: t.tuple(shared, shared) })
  assert.equal(flattenType(shared, 'i64').length, 17)
})

const sync: FlattenOptions = { pointer: 'i32', async: false, callback: false }
const async: FlattenOptions = { pointer: 'i32', async: true, callback: false }
const callback: FlattenOptions = { pointer: 'i32', async: true, callback: true }
const u8s = (count: number): ValueType[] => t.labels(count).map(() => t.u8)
const i32s = (count: number): string =>
  u8s(count)
    .map(() => 'i32')
    .join(' ')

const functions: [name: string, type: FunctionType, options: FlattenOptions, lift: string, lower: string][] =
  [
    ['nothing', t.func([]), sync, ' -> ', ' -> '],
    ['scalars', t.func([t.u8, t.f64], t.u64), sync, 'i32 f64 -> i64', 'i32 f64 -> i64'],
    ['16 parameters', t.func(u8s(16)), sync, `${i32s(16)} -> `, `${i32s(16)} -> `],
    ['17 parameters are spilled', t.func(u8s(17)), sync, 'i32 -> ', 'i32 -> '],
    ['a result of two is spilled', t.func([t.f32], t.string), sync, 'f32 -> i32', 'f32 i32 -> '],
    ['both are spilled', t.func(u8s(17), t.string), sync, 'i32 -> i32', 'i32 i32 -> '],
    ['64-bit pointers', t.func(u8s(17), t.string), { ...sync, pointer: 'i64' }, 'i64 -> i64', 'i64 i64 -> '],
    ['async, stackful', t.func(u8s(4), t.u8), async, `${i32s(4)} -> `, `${i32s(4)} i32 -> i32`],
    ['async, callback', t.func(u8s(5)), callback, `${i32s(5)} -> i32`, 'i32 -> i32'],
    ['async, spilled', t.func(u8s(17), t.u8), callback, 'i32 -> i32', 'i32 i32 -> i32'],
  ]

for (const [name, type, options, lift, lower] of functions) {
  test(`flatten a function: ${name}`, () => {
    const show = (context: 'lift' | 'lower') => {
      const { parameters, results } = flattenFunction(type, options, context)
      return `${parameters.join(' ')} -> ${results.join(' ')}`
    }
    assert.equal(show('lift'), lift)
    assert.equal(show('lower'), lower)
  })
}

test('flatten a function: says what is spilled', () => {
  const lift = flattenFunction(t.func(u8s(17), t.string), sync, 'lift')
  assert.deepEqual([lift.spillsParameters, lift.spillsResult], [true, true])
  const none = flattenFunction(t.func(u8s(16), t.u8), sync, 'lower')
  assert.deepEqual([none.spillsParameters, none.spillsResult], [false, false])
  const few = flattenFunction(t.func(u8s(5), t.u8), callback, 'lower')
  assert.deepEqual([few.spillsParameters, few.spillsResult], [true, true])
})
