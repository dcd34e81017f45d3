import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sameByteByByte, sameBytes } from './same-bytes.ts'

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
