import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sha256 } from './sha256.ts'

test('SHA-256 is what others say it is', () => {
  // Around the ends of blocks, where the padding takes another block or not.
  for (const length of [0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 128, 1_000, 100_003]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) % 251)
    const expected = new Uint8Array(createHash('sha256').update(bytes).digest())
    assert.deepEqual(sha256(bytes), expected, `${length} bytes`)
    const inside = new Uint8Array(length + 5)
    inside.set(bytes, 5)
    assert.deepEqual(sha256(inside.subarray(5)), expected, `${length} bytes within others`)
  }
})
