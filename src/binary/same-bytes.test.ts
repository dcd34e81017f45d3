import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areSameBytes, sameByteByByte, sameBytes } from './same-bytes.ts'

test('ranges are the same if all of their bytes are, whatever stands around them', () => {
  const bytes = Uint8Array.of(9, 1, 2, 3, 7, 1, 2, 3, 8, 1, 2, 4).subarray(1)
  for (const same of [sameBytes, sameByteByByte]) {
    assert.equal(same(bytes, 0, 4, 3), true)
    assert.equal(same(bytes, 0, 4, 4), false)
    assert.equal(same(bytes, 4, 8, 3), false)
    assert.equal(same(bytes, 4, 8, 2), true)
    assert.equal(same(bytes, 0, 8, 0), true)
  }
})

test('two arrays are the same if they are as long, and all of their bytes are the same', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  for (const [other, same] of [
    [Uint8Array.of(0, 1, 2, 3).subarray(1), true],
    [Uint8Array.of(1, 2, 4), false],
    [Uint8Array.of(1, 2), false],
    [Uint8Array.of(1, 2, 3, 0), false],
  ] as const)
    assert.equal(areSameBytes(bytes, other), same)
})
