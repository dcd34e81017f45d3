import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteWriter } from './byte-writer.ts'

test('writes a core module that the engine takes', async () => {
  const bytes = new ByteWriter(4)
    .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
    .section(1, (types) => types.vector([[0x60, 0x00, 0x01, 0x7f]], (type, w) => w.bytes(type)))
    .section(3, (functions) => functions.vector([0], (type, w) => w.u32(type)))
    .section(7, (exports) => exports.vector(['answer'], (name, w) => w.name(name).byte(0).u32(0)))
    .section(10, (code) =>
      code.vector([-42], (value, w) => w.sized((body) => body.u32(0).byte(0x41).s32(value).byte(0x0b))),
    )
    .finish()
  const { instance } = await WebAssembly.instantiate(bytes)
  assert.equal((instance.exports.answer as () => number)(), -42)
})

test('finish copies, view does not', () => {
  const writer = new ByteWriter().byte(1)
  const [copy, view] = [writer.finish(), writer.view()]
  view[0] = 2
  assert.deepEqual([copy[0], writer.finish()[0], writer.length], [1, 2, 1])
})

test('grows', () => {
  const writer = new ByteWriter(1)
  for (let i = 0; i < 1000; i++) writer.byte(i & 0xff)
  writer.bytes(new Uint8Array(5000).fill(7))
  const bytes = writer.finish()
  assert.equal(bytes.length, 6000)
  assert.equal(bytes[999], 999 & 0xff)
  assert.equal(bytes[5999], 7)
})
