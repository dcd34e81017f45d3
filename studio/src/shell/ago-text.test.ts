import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agoText } from './ago-text.ts'

test('times are told from now', () => {
  const minute = 60_000
  assert.deepEqual(
    [0, minute, 59 * minute, 60 * minute, 25 * 60 * minute, 72 * 60 * minute].map((time) => agoText(time)),
    ['just now', '1 minute ago', '59 minutes ago', '1 hour ago', 'yesterday', '3 days ago'],
  )
})
