import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { floatBits, indexOf, integerOf, signed32Of, signedOf } from './number-literal.ts'

describe('integers', () => {
  const cases: [text: string, value: bigint | undefined][] = [
    ['0', 0n],
    ['+1_000', 1000n],
    ['-0x7f_FF', -0x7fffn],
    ['1__0', undefined],
    ['_1', undefined],
    ['1_', undefined],
    ['0x', undefined],
    ['0X1', undefined],
    ['1.0', undefined],
    ['', undefined],
  ]
  for (const [text, value] of cases) test(`${text} → ${value}`, () => assert.equal(integerOf(text), value))

  test('indices have no sign and 32 bits', () => {
    assert.deepEqual(['7', '4294967295', '0xffff_ffff', '4294967296', '-1', '+1', 'a'].map(indexOf), [
      7,
      4294967295,
      4294967295,
      Number.NaN,
      undefined,
      undefined,
      undefined,
    ])
  })
  test('signed integers are written either way', () => {
    const texts = [
      '-1',
      '4294967295',
      '0x8000_0000',
      '-2147483648',
      '4294967296',
      '-2147483649',
      'x',
      '-0',
      '+5',
    ]
    const wanted = [-1, -1, -2147483648, -2147483648, 'range', 'range', undefined, 0, 5]
    assert.deepEqual(texts.map(signed32Of), wanted)
    assert.equal(signedOf('18446744073709551615', 64), -1n)
    assert.equal(signedOf('-9223372036854775809', 64), 'range')
  })
})

describe('floats', () => {
  const hex = (bits: bigint | 'range' | undefined) => (typeof bits === 'bigint' ? bits.toString(16) : bits)
  const cases: [text: string, bits32: string | undefined, bits64: string | undefined][] = [
    ['0', '0', '0'],
    ['-0', '80000000', '8000000000000000'],
    ['1.', '3f800000', '3ff0000000000000'],
    ['0x1p0', '3f800000', '3ff0000000000000'],
    ['0x1.fffffep127', '7f7fffff', '47efffffe0000000'],
    ['0x1.ffffffp127', 'range', '47effffff0000000'],
    ['0x1.fffffefffffff8p127', '7f7fffff', '47effffff0000000'],
    ['0x1p-149', '1', '36a0000000000000'],
    ['0x1p-150', '0', '3690000000000000'],
    ['0x1.000001p-150', '1', '3690000010000000'],
    ['0x0.8p-126', '400000', '3800000000000000'],
    ['0x1p-1074', '0', '1'],
    ['0x1p-99999999999', '0', '0'],
    ['0x1p99999999999', 'range', 'range'],
    ['0x0p99999999999', '0', '0'],
    // Between two 32-bit floats as a 64-bit float, but the decimal is a little more or less.
    ['1.00000005960464477539062500000000000001', '3f800001', '3ff0000010000000'],
    ['1.00000005960464477539062499999999999999', '3f800000', '3ff0000010000000'],
    ['1.000000059604644775390625', '3f800000', '3ff0000010000000'],
    ['340282356779733661637539395458142568447', '7f7fffff', '47effffff0000000'],
    ['340282356779733661637539395458142568448', 'range', '47effffff0000000'],
    ['1e400', 'range', 'range'],
    ['1_0e1_0', '51ba43b7', '42374876e8000000'],
    ['inf', '7f800000', '7ff0000000000000'],
    ['-nan', 'ffc00000', 'fff8000000000000'],
    ['nan:0x1', '7f800001', '7ff0000000000001'],
    ['nan:0x800000', 'range', '7ff0000000800000'],
    ['nan:0x0', 'range', 'range'],
    ['.5', undefined, undefined],
    ['1e', undefined, undefined],
    ['nan:1', undefined, undefined],
    ['infinity', undefined, undefined],
  ]
  for (const [text, bits32, bits64] of cases) {
    test(text, () => assert.deepEqual([hex(floatBits(text, 32)), hex(floatBits(text, 64))], [bits32, bits64]))
  }

  test('every 32-bit float comes back from its decimal and from its hexadecimal digits', () => {
    const view = new DataView(new ArrayBuffer(4))
    let bits = 1
    for (let i = 0; i < 2000; i++) {
      bits = (Math.imul(bits, 1664525) + 1013904223) >>> 0
      view.setUint32(0, bits & 0x7fff_ffff)
      const value = view.getFloat32(0)
      if (!Number.isFinite(value)) continue
      assert.equal(floatBits(String(value), 32), BigInt(view.getUint32(0)), String(value))
    }
  })
})
