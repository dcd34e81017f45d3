import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutText, visibleText } from './visible-text.ts'

test('what would hide or rewrite text is shown as an escape', () => {
  const table: readonly (readonly [string, string])[] = [
    ['plain – text 😀\n\tnext', 'plain – text 😀\n\tnext'],
    ['exe.\u202etxt', 'exe.\\u{202e}txt'],
    ['\u2066a\u2069\u200e\u061c', '\\u{2066}a\\u{2069}\\u{200e}\\u{61c}'],
    ['a\0b\x1b[31m\x7f\x9b', 'a\\u{0}b\\u{1b}[31m\\u{7f}\\u{9b}'],
    ['one\u2028two\u2029three\ufeff', 'one\\u{2028}two\\u{2029}three\\u{feff}'],
  ]
  for (const [text, shown] of table) assert.equal(visibleText(text), shown)
})

test('cutting keeps characters whole and says how much is left', () => {
  assert.deepEqual(cutText('abc', 3), { shown: 'abc', more: 0 })
  assert.deepEqual(cutText('abcd', 3), { shown: 'abc', more: 1 })
  assert.deepEqual(cutText('ab😀cd', 3), { shown: 'ab', more: 4 })
  assert.deepEqual(cutText('ab😀cd', 4), { shown: 'ab😀', more: 2 })
  assert.equal(cutText('x'.repeat(100_000), 200).shown.length, 200)
})
