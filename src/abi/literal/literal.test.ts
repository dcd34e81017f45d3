/** What the interpreter writes, byte by byte, worked out by hand from CanonicalABI.md. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ForwardedCall, forwardCall } from '../../../test/support/forwarded-call.ts'
import * as t from '../../../test/support/type-builders.ts'
import type { StringEncoding } from '../../component/component.ts'
import type { ValueType } from '../../component/value-type.ts'
import { ComponentError } from '../../errors.ts'
import { literal } from './literal.ts'

const HEAP = 256

function observe(type: ValueType, value: unknown, options: Partial<ForwardedCall> = {}) {
  return forwardCall(literal, {
    type: t.func([type]),
    pointer: 'i32',
    stringEncoding: 'utf8',
    args: [value],
    respond: () => undefined,
    ...options,
  })
}

/** The bytes of one value: what a list of it holds. */
function bytesOf(type: ValueType, value: unknown, options: Partial<ForwardedCall> = {}): string {
  const { memories } = observe(t.list(type), [value], options)
  return Buffer.from(memories[0]!.subarray(HEAP)).toString('hex')
}

const stored: [name: string, type: ValueType, value: unknown, bytes: string][] = [
  ['bool', t.bool, true, '01'],
  ['integers are little-endian', t.u32, 0x01020304, '04030201'],
  ['negative integers are two’s complement', t.s16, -2, 'feff'],
  ['u64', t.u64, 2n ** 64n - 2n, 'feffffffffffffff'],
  ['f32', t.f32, 1, '0000803f'],
  ['f64', t.f64, -0, '0000000000000080'],
  ['a NaN is the canonical one', t.f64, Number.NaN, '000000000000f87f'],
  ['char', t.char, '\u{10ffff}', 'ffff1000'],
  ['a record pads its fields', t.record({ a: t.u8, 'b-c': t.u16 }), { a: 1, bC: 2 }, '01000200'],
  ['a tuple pads its end', t.tuple(t.u16, t.u8), [1, 2], '01000200'],
  ['flags: one bit per label', t.flags('a', 'b', 'c'), { a: true, c: true }, '05'],
  ['flags of 9 take two bytes', t.flags(...t.labels(9)), { l8: true }, '0001'],
  ['enum', t.enumeration('a', 'b'), 'b', '01'],
  [
    'a payload is aligned for the widest case',
    t.variant({ a: t.u8, b: t.u32 }),
    { tag: 'a', val: 7 },
    '0000000007000000',
  ],
  ['none', t.option(t.u8), undefined, '0000'],
  ['some', t.option(t.u8), 5, '0105'],
  ['some(none)', t.option(t.option(t.u8)), { tag: 'some', val: undefined }, '010000'],
  ['error', t.result(t.u8, t.u8), { tag: 'err', val: 9 }, '0109'],
  ['a list of fixed length lies in place', t.list(t.u16, 2), [1, 2], '01000200'],
  ['a string lies elsewhere', t.string, 'hé', '0801000003000000' + '68c3a9'],
  ['a list lies elsewhere', t.list(t.u8), [1, 2], '0801000002000000' + '0102'],
  ['a map is a list of pairs', t.map(t.u8, t.u8), new Map([[1, 2]]), '0801000001000000' + '0102'],
]

for (const [name, type, value, bytes] of stored) {
  test(`literal interpreter, store: ${name}`, () => assert.equal(bytesOf(type, value), bytes))
}

test('literal interpreter, store: 64-bit pointers', () => {
  assert.equal(bytesOf(t.string, 'a', { pointer: 'i64' }), '1001000000000000' + '0100000000000000' + '61')
})

const strings: [encoding: StringEncoding, text: string, length: number, alignment: number, bytes: string][] =
  [
    ['utf8', '', 0, 1, ''],
    ['utf8', 'a¢€😀', 10, 1, '61c2a2e282acf09f9880'],
    ['utf8', 'a\ud800', 4, 1, '61efbfbd'],
    ['utf16', 'a😀', 3, 2, '61003dd800de'],
    ['latin1+utf16', 'aé', 2, 2, '61e9'],
    ['latin1+utf16', 'a€', 2 - 2 ** 31, 2, '6100ac20'],
  ]

for (const [stringEncoding, text, length, alignment, bytes] of strings) {
  test(`literal interpreter, string: ${JSON.stringify(text)} in ${stringEncoding}, with one realloc`, () => {
    const { memories, reallocs, flatArguments, received } = observe(t.string, text, { stringEncoding })
    assert.equal(Buffer.from(memories[0]!.subarray(HEAP)).toString('hex'), bytes)
    assert.deepEqual(reallocs, [[0, 0, alignment, bytes.length / 2]])
    assert.deepEqual(flatArguments, [HEAP, length])
    assert.deepEqual(received, [text.toWellFormed()])
  })
}

const flat: [name: string, type: ValueType, value: unknown, core: unknown[]][] = [
  ['signed integers stay signed', t.s8, -1, [-1]],
  ['u64 comes as the i64 of its bits', t.u64, 2n ** 64n - 1n, [-1n]],
  [
    'slots of longer cases are zero',
    t.result(t.u8, t.tuple(t.f64, t.f32)),
    { tag: 'ok', val: 3 },
    [0, 3n, 0],
  ],
  ['a float in an integer slot', t.result(t.f32, t.u32), { tag: 'ok', val: 1 }, [0, 0x3f800000]],
  ['a float in a wide integer slot', t.result(t.f32, t.f64), { tag: 'ok', val: 1 }, [0, 0x3f800000n]],
  ['an integer in a wide slot is unsigned', t.result(t.s32, t.u64), { tag: 'ok', val: -1 }, [0, 0xffffffffn]],
]

for (const [name, type, value, core] of flat) {
  test(`literal interpreter, flat: ${name}`, () => {
    const { flatArguments, received } = observe(type, value)
    assert.deepEqual(flatArguments, core)
    assert.deepEqual(received, [value])
  })
}

test('literal interpreter: 17 parameters lie in memory as a tuple', () => {
  const type = t.func(t.labels(17).map(() => t.u8))
  const { flatArguments, reallocs } = observe(t.u8, 0, { type, args: t.labels(17).map((_, i) => i) })
  assert.deepEqual(flatArguments, [HEAP])
  assert.deepEqual(reallocs, [[0, 0, 1, 17]])
})

test('literal interpreter: a result is returned or thrown', () => {
  const type = t.func([], t.result(t.string, t.u8))
  const ok = observe(t.u8, 0, { type, args: [], respond: () => 'fine' })
  assert.deepEqual(ok.outcome, { kind: 'returned', value: 'fine' })
  const respond = () => {
    throw new ComponentError(7)
  }
  assert.deepEqual(observe(t.u8, 0, { type, args: [], respond }).outcome, { kind: 'error', payload: 7 })
})
