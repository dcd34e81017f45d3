import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { Sha256, sha256Bytes } from './sha256.ts'

test('the bytes are those of the text beside them', async () => {
  const text = readFileSync(join(import.meta.dirname, 'sha256.wat'), 'utf8')
  assert.equal(sha256Bytes, Buffer.from(await assemble(text)).toString('base64'))
})

// Around the ends of a block, of the padding, and of the room for blocks.
const lengths = [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 64_511, 64_512, 64_513, 200_000]

for (const length of lengths) {
  test(`${length} bytes`, () => {
    const bytes = new Uint8Array(length).map((_, i) => i * 7 + (i >> 8))
    assert.equal(new Sha256().update(bytes).hex(), hash('sha256', bytes, 'hex'))
  })
}

test('in pieces', () => {
  const bytes = new Uint8Array(300_000).map((_, i) => i * 31)
  const sum = new Sha256()
  for (let from = 0, size = 1; from < bytes.length; from += size, size = (size * 3) % 100_003)
    sum.update(bytes.subarray(from, from + size))
  assert.equal(sum.hex(), hash('sha256', bytes, 'hex'))
})
