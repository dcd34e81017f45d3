import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countText, shareText, sizeText } from './size-text.ts'

test('sizes have three digits and the unit that fits', () => {
  const table: readonly (readonly [number, string])[] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [9_994, '9.99 kB'],
    [9_996, '10.0 kB'],
    [99_951, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [18_356_654, '18.4 MB'],
    [4_294_967_296, '4.29 GB'],
    [5e12, '5.00 TB'],
  ]
  for (const [bytes, text] of table) assert.equal(sizeText(bytes), text)
})

test('shares of nothing and shares that are nearly nothing', () => {
  assert.deepEqual(
    [shareText(0, 0), shareText(0, 9), shareText(1, 1000), shareText(1, 3), shareText(3, 3)],
    ['0 %', '0 %', '<1 %', '33 %', '100 %'],
  )
})

test('counts with their nouns', () => {
  assert.deepEqual(
    [countText(1, 'import'), countText(0, 'import'), countText(12_345, 'memory', 'memories')],
    ['1 import', '0 imports', '12,345 memories'],
  )
})
