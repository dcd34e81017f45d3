import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  bool,
  char,
  enumeration,
  f32,
  flags,
  list,
  map,
  option,
  record,
  result,
  stream,
  string,
  tuple,
  u8,
  u64,
  variant,
} from '../../test/support/type-builders.ts'
import type { ValueType } from '../component/value-type.ts'
import { fromJson, type Json, toJson } from './json.ts'

const both: readonly [name: string, type: ValueType, value: unknown, json: Json][] = [
  ['a safe u64', u64, 2n ** 53n - 1n, 9007199254740991],
  ['a greater u64', u64, 2n ** 53n, '9007199254740992'],
  ['not a number', f32, Number.NaN, 'nan'],
  ['infinity', f32, Number.NEGATIVE_INFINITY, '-inf'],
  ['bytes', list(u8), new Uint8Array([1, 255]), [1, 255]],
  ['pairs', map(string, u8), new Map([['a', 1]]), [['a', 1]]],
  ['a tuple', tuple(bool, char), [true, 'x'], [true, 'x']],
  [
    'a record',
    record({ 'get-it': u8, opt: option(u8) }),
    { getIt: 1, opt: undefined },
    { getIt: 1, opt: null },
  ],
  ['colliding names', record({ a1: u8, 'a-1': u8 }), { a1: 1, 'a-1': 2 }, { a1: 1, 'a-1': 2 }],
  ['flags', flags('read', 'write-it'), { read: true, writeIt: false }, { read: true, writeIt: false }],
  ['an enum', enumeration('a', 'b-c'), 'b-c', 'b-c'],
  ['a case', variant({ none: undefined }), { tag: 'none', val: undefined }, { tag: 'none' }],
  ['a result', result(u8, string), { tag: 'err', val: 'no' }, { tag: 'err', val: 'no' }],
  ['nested options', option(option(u8)), { tag: 'some', val: undefined }, { tag: 'some', val: null }],
]

describe('values and their JSON', () => {
  for (const [name, type, value, json] of both) {
    test(name, () => {
      assert.deepEqual(toJson(value, type), json)
      assert.deepEqual(fromJson(json, type), value)
    })
  }
})

test('what may be left away or written otherwise', () => {
  const type = record({ 'get-it': option(u8), mode: flags('read-all', 'write') })
  assert.deepEqual(fromJson({ mode: { 'read-all': true } }, type), {
    getIt: undefined,
    mode: { readAll: true, write: false },
  })
  assert.equal(fromJson('7', u64), 7n)
})

const refused: readonly [json: Json, type: ValueType, message: string][] = [
  [256, u8, 'value: expected u8, found 256 (an integer from 0 to 255)'],
  [1.5, u8, 'value: expected u8, found 1.5 (an integer from 0 to 255)'],
  ['1', u8, 'value: expected u8, found "1" (an integer from 0 to 255)'],
  [
    2 ** 60,
    u64,
    `value: expected u64, found ${2 ** 60} (JSON numbers of this size lose digits: give a string of digits)`,
  ],
  ['\ud800', string, 'value: expected string, found "\\ud800"'],
  ['ab', char, 'value: expected char, found "ab"'],
  [[['x']], list(list(bool)), 'value[0][0]: expected bool, found "x"'],
  [[1], list(u8, 2), 'value: expected list<u8, 2>, found [1]'],
  [{ b: 1 }, record({ a: u8 }), 'value: expected record { a: u8 }, found {"b":1} (it has no "b")'],
  [{}, record({ 'a-b': u8 }), 'value: expected record { a-b: u8 }, found {} (the field aB is missing)'],
  [{ read: 1 }, flags('read'), 'value.read: expected bool, found 1'],
  ['c', enumeration('a', 'b'), 'value: expected enum { a, b }, found "c"'],
  [{ tag: 'x' }, result(), 'value: expected result, found {"tag":"x"} (`tag` is one of ok, err)'],
  [{ tag: 'ok', val: 1 }, result(), 'value.val: expected result, found 1 (the case ok has no payload)'],
  [
    { tag: 'toString' },
    variant({ a: u8 }),
    'value: expected variant { a(u8) }, found {"tag":"toString"} (`tag` is one of a)',
  ],
  [null, stream(u8), 'value: expected stream<u8>, found null (it has no JSON form)'],
]

describe('JSON that does not fit', () => {
  for (const [json, type, message] of refused) {
    test(message, () => assert.throws(() => fromJson(json, type), { code: 'wave', message }))
  }
})
