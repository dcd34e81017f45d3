import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agoText, bytesText } from './quantities.ts'

test('sizes have two digits', () => {
  assert.deepEqual([0, 999, 1_000, 12_501, 69_704, 1_500_000, 18_123_456].map(bytesText), [
    '0 B',
    '999 B',
    '1 kB',
    '13 kB',
    '70 kB',
    '1.5 MB',
    '18 MB',
  ])
})

test('times are told from now', () => {
  const minute = 60_000
  assert.deepEqual(
    [0, minute, 59 * minute, 60 * minute, 25 * 60 * minute, 72 * 60 * minute].map((time) => agoText(time)),
    ['just now', '1 minute ago', '59 minutes ago', '1 hour ago', 'yesterday', '3 days ago'],
  )
})
