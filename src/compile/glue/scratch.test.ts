import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freeScratch, Scratch } from './scratch.ts'

test('what is taken is zero, aligned, and kept while more is taken', () => {
  const scratch = new Scratch()
  const first = scratch.take(3)
  scratch.data.setUint8(first + 2, 7)
  const second = scratch.take(100_000)
  assert.deepEqual([first, second], [0, 8])
  assert.ok(scratch.bytes.length >= second + 100_000)
  assert.equal(scratch.data.getUint8(first + 2), 7)
  scratch.bytes.fill(9)
  scratch.release()
  assert.equal(scratch.take(16), 0)
  assert.deepEqual(scratch.bytes.subarray(0, 17), new Uint8Array(17).fill(9, 16))
})

test('one that is in use is not given to another', () => {
  const scratch = freeScratch()
  assert.equal(freeScratch(), scratch)
  scratch.take(1)
  assert.notEqual(freeScratch(), scratch)
  scratch.release()
  assert.equal(freeScratch(), scratch)
})

test('a large one is not kept', () => {
  const scratch = freeScratch()
  scratch.take(5_000_000)
  scratch.release()
  assert.equal(scratch.bytes.length, 65_536)
  assert.equal(scratch.data.byteLength, 65_536)
})
