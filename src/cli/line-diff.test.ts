import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LineChange, lineDiff } from './line-diff.ts'

test('what changes, line by line', () => {
  const cases: readonly (readonly [before: string, after: string, changes: readonly LineChange[]])[] = [
    ['a\nb', 'a\nb', []],
    ['', 'a', [{ line: 1, removed: [''], added: ['a'] }]],
    ['a\nb\nc', 'a\nc', [{ line: 2, removed: ['b'], added: [] }]],
    ['a\nc', 'a\nb\nc', [{ line: 2, removed: [], added: ['b'] }]],
    [
      'a\nb\nc\nd\ne',
      'A\nb\nc\nD\nD\ne',
      [
        { line: 1, removed: ['a'], added: ['A'] },
        { line: 4, removed: ['d'], added: ['D', 'D'] },
      ],
    ],
  ]
  for (const [before, after, changes] of cases) assert.deepEqual(lineDiff(before, after), changes)
})

test('of long texts the whole', () => {
  const lines = (text: string): string =>
    Array.from({ length: 30_000 }, (_, i) => `${text}${i % 7}\n`).join('')
  const [change, ...others] = lineDiff(`a\n${lines('x')}`, `a\n${lines('y')}`)
  assert.equal(others.length, 0)
  assert.equal(change!.line, 2)
  assert.equal(change!.added.length, 30_000)
})
