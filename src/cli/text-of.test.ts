import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOf } from './text-of.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

test('a byte order mark is no part of the text', () => {
  assert.equal(textOf(bytes('\xef\xbb\xbf(component)'), 'x.wat'), '(component)')
})

for (const [name, input, line] of [
  ['in the first line', '\xff\n(component)', 1],
  ['in between', 'a\nb \xc3\xa4\n"\xc3("\nc', 3],
  ['cut off at the end', 'a\nb\xe2\x82', 2],
] as const) {
  test(`malformed UTF-8 ${name}`, () => {
    assert.throws(() => textOf(bytes(input), 'x.wat'), {
      code: 'decode',
      message: `x.wat:${line}: malformed UTF-8 encoding: texts are UTF-8`,
    })
  })
}
