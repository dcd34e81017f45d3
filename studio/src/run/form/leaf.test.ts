import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { LeafType } from './leaf.ts'
import { readLeaf } from './leaf.ts'

const u8: LeafType = { kind: 'integer', bits: 8, signed: false }
const s64: LeafType = { kind: 'integer', bits: 64, signed: true }
const u64: LeafType = { kind: 'integer', bits: 64, signed: false }
const f32: LeafType = { kind: 'float', bits: 32 }
const f64: LeafType = { kind: 'float', bits: 64 }
const char: LeafType = { kind: 'char' }
const own: LeafType = { kind: 'own', resource: 'counter' }

suite('readLeaf', () => {
  const good: readonly (readonly [LeafType, string, unknown])[] = [
    [u8, ' 255 ', 255],
    [u8, '+7', 7],
    [u8, '0xFf', 255],
    [s64, '-9223372036854775808', -(2n ** 63n)],
    [u64, '18446744073709551615', 2n ** 64n - 1n],
    [u64, '9007199254740993', 9007199254740993n],
    [f64, '.5', 0.5],
    [f64, '6.02e23', 6.02e23],
    [f64, '-0', -0],
    [f64, 'NaN', Number.NaN],
    [f64, '-inf', Number.NEGATIVE_INFINITY],
    [f32, '0.1', Math.fround(0.1)],
    [char, '😀', '😀'],
    [char, '\n', '\n'],
    [{ kind: 'string' }, '', ''],
    [own, '#12', { resource: 12 }],
  ]
  for (const [type, text, value] of good) {
    test(`${type.kind} ${JSON.stringify(text)}`, () => assert.deepEqual(readLeaf(type, text), { value }))
  }

  const bad: readonly (readonly [LeafType, string, RegExp])[] = [
    [u8, '', /Empty: u8 is an integer from 0 to 255/],
    [u8, '256', /from 0 to 255/],
    [u8, '-1', /from 0 to 255/],
    [u8, '1.5', /from 0 to 255/],
    [u8, '9'.repeat(1_000_000), /from 0 to 255/],
    [u64, '18446744073709551616', /from 0 to 18446744073709551615/],
    [f64, '1e999', /beyond the largest f64/],
    [f32, '1e39', /beyond the largest f32/],
    [f64, 'constructor', /decimal number/],
    [f64, '1,5', /decimal number/],
    [char, '', /exactly one character/],
    [char, 'ab', /this is 2/],
    [char, 'e\u0301', /this is 2/],
    [char, 'x'.repeat(1_000), /this is many/],
    [{ kind: 'string' }, '\ud800', /surrogate/],
    [own, '3', /live resources of type counter/],
  ]
  for (const [type, text, problem] of bad) {
    test(`no ${type.kind}: ${JSON.stringify(text.slice(0, 20))}`, () => {
      const read = readLeaf(type, text)
      assert.ok('problem' in read)
      assert.match(read.problem, problem)
    })
  }
})
