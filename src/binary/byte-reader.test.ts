import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { limits } from '../component/limits.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

const reader = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes))
const failure = (message: RegExp, offset: number) => ({ name: 'DecodeError', message, offset })

describe('names', () => {
  const texts = ['', 'add', 'wasi:cli/environment@0.2.6#get-arguments', 'größe', '\ufeffbom', '🧩'.repeat(20)]
  for (const text of texts) {
    test(JSON.stringify(text), () =>
      assert.equal(new ByteReader(new ByteWriter().name(text).finish()).name(), text),
    )
  }

  test('invalid UTF-8, short and long', () => {
    assert.throws(() => reader(2, 0xff, 0xfe).name(), failure(/^malformed UTF-8 encoding/, 1))
    assert.throws(() => reader(3, 0xed, 0xa0, 0x80).name(), failure(/^malformed UTF-8 encoding/, 1)) // a surrogate
    assert.throws(
      () => reader(40, ...Array(39).fill(0x61), 0xc3).name(),
      failure(/^malformed UTF-8 encoding/, 1),
    )
  })

  test('longer than the input', () => {
    assert.throws(
      () => reader(5, 0x61, 0x62).name(),
      failure(/^unexpected end-of-file: wanted 5 more bytes, found 2/, 1),
    )
  })

  test('longer than the limit', () => {
    const bytes = new ByteWriter().name('x'.repeat(limits.nameSize + 1)).finish()
    assert.throws(() => new ByteReader(bytes).name(), {
      code: 'limit',
      message: /^name is too long/,
      offset: 0,
    })
  })
})

describe('vectors', () => {
  test('a count beyond the input is refused before anything is read', () => {
    assert.throws(
      () => reader(0xff, 0xff, 0xff, 0xff, 0x0f, 0x00).vector('items', 2 ** 32, (r) => r.byte()),
      {
        message: /^unexpected end-of-file/,
      },
    )
  })
  test('a count beyond the limit', () => {
    assert.throws(() => reader(3, 1, 2, 3).vector('items', 2, (r) => r.byte()), {
      code: 'limit',
      message: /^too many items: found 3, the limit is 2/,
    })
  })
})

describe('sections', () => {
  test('confine the reader and name the place', () => {
    const input = reader(1, 2, 3)
    const outer = input.narrow(2, 'type section')
    input.item = 7
    input.skip(2)
    assert.throws(() => input.byte(), {
      message:
        'unexpected end-of-file: wanted 1 more byte, found 0 (at offset 0x2, in type section › item 7)',
      path: ['type section', 'item 7'],
    })
    input.widen(outer)
    assert.equal(input.byte(), 3)
    assert.deepEqual(input.where(), [])
  })
  test('must be read to their end', () => {
    const input = reader(1, 2)
    const outer = input.narrow(2, 'type section')
    assert.throws(() => input.widen(outer), failure(/^section size mismatch: 2 unexpected bytes/, 0))
  })
  test('must lie in the input', () => {
    assert.throws(() => reader(1).narrow(2, 'type section'), failure(/^unexpected end-of-file/, 0))
  })
})

test('flags', () => {
  assert.equal(reader(0).flag(), false)
  assert.equal(reader(1).flag(), true)
  assert.throws(() => reader(2).flag(), failure(/^invalid boolean value/, 0))
})
