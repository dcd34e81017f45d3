import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from '../../test/support/fast-check.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

const reader = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes))

describe('u32', () => {
  const cases: [name: string, bytes: number[], value: number][] = [
    ['zero', [0x00], 0],
    ['one byte', [0x7f], 127],
    ['two bytes', [0x80, 0x01], 128],
    ['the largest', [0xff, 0xff, 0xff, 0xff, 0x0f], 0xffff_ffff],
    ['bit 31', [0x80, 0x80, 0x80, 0x80, 0x08], 0x8000_0000],
    ['padded to five bytes', [0x81, 0x80, 0x80, 0x80, 0x00], 1],
  ]
  for (const [name, bytes, value] of cases) {
    test(name, () => {
      const input = reader(...bytes)
      assert.equal(input.u32(), value)
      assert.equal(input.atEnd, true)
    })
  }

  const malformed: [name: string, bytes: number[], message: RegExp][] = [
    ['a bit beyond the 32nd', [0x80, 0x80, 0x80, 0x80, 0x10], /^integer too large/],
    ['six bytes', [0x80, 0x80, 0x80, 0x80, 0x80, 0x00], /^integer representation too long/],
    ['cut short', [0x80, 0x80], /^unexpected end-of-file/],
    ['nothing', [], /^unexpected end-of-file/],
  ]
  for (const [name, bytes, message] of malformed) {
    test(`malformed: ${name}`, () =>
      assert.throws(() => reader(...bytes).u32(), { name: 'DecodeError', message }))
  }

  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (value) => {
        assert.equal(new ByteReader(new ByteWriter().u32(value).finish()).u32(), value)
      }),
    )
  })
})

describe('s33', () => {
  const cases: [name: string, bytes: number[], value: number][] = [
    ['a type opcode', [0x7f], -1],
    ['an index above 63 in two bytes', [0xc0, 0x00], 64],
    ['minus 65', [0xbf, 0x7f], -65],
    ['the largest', [0xff, 0xff, 0xff, 0xff, 0x0f], 2 ** 32 - 1],
    ['the smallest', [0x80, 0x80, 0x80, 0x80, 0x70], -(2 ** 32)],
    ['minus one in five bytes', [0xff, 0xff, 0xff, 0xff, 0x7f], -1],
  ]
  for (const [name, bytes, value] of cases) test(name, () => assert.equal(reader(...bytes).s33(), value))

  test('malformed: sign bits that differ', () => {
    for (const last of [0x10, 0x2f, 0x6f, 0x50]) {
      assert.throws(() => reader(0x80, 0x80, 0x80, 0x80, last).s33(), /integer too large/)
    }
    assert.throws(() => reader(0x80, 0x80, 0x80, 0x80, 0xff).s33(), /integer representation too long/)
  })

  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 }), (value) => {
        assert.equal(new ByteReader(new ByteWriter().s64(BigInt(value)).finish()).s33(), value)
      }),
    )
  })
})

describe('u64', () => {
  test('the largest', () => {
    assert.equal(reader(...Array(9).fill(0xff), 0x01).u64(), 2n ** 64n - 1n)
  })
  test('malformed: a bit beyond the 64th, eleven bytes', () => {
    assert.throws(() => reader(...Array(9).fill(0x80), 0x02).u64(), /integer too large/)
    assert.throws(() => reader(...Array(10).fill(0x80), 0x00).u64(), /integer representation too long/)
  })
  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (value) => {
        assert.equal(new ByteReader(new ByteWriter().u32(value).finish()).u64(), BigInt(value))
      }),
    )
  })
})

describe('signed immediates', () => {
  test('s32 writes the low 32 bits', () => {
    assert.deepEqual([...new ByteWriter().s32(-1).finish()], [0x7f])
    assert.deepEqual([...new ByteWriter().s32(0xffff_ffff).finish()], [0x7f])
    assert.deepEqual([...new ByteWriter().s32(64).finish()], [0xc0, 0x00])
    assert.deepEqual([...new ByteWriter().s32(-0x8000_0000).finish()], [0x80, 0x80, 0x80, 0x80, 0x78])
  })
  test('s64 writes the low 64 bits', () => {
    assert.deepEqual([...new ByteWriter().s64(2n ** 64n - 1n).finish()], [0x7f])
    assert.deepEqual([...new ByteWriter().s64(-(2n ** 63n)).finish()], [...Array(9).fill(0x80), 0x7f])
  })
})
