import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TextChange, textChanges } from './text-changes.ts'

function applied(text: string, changes: readonly TextChange[]): string {
  let result = ''
  let at = 0
  for (const { from, to, insert } of changes) {
    assert.ok(from >= at && to >= from, 'sorted, not overlapping')
    result += text.slice(at, from) + insert
    at = to
  }
  return result + text.slice(at)
}

const text = 'package a:b;\n\n// keep\nlet x = new a:x {};\nlet y = new a:y {};\nexport x.run;\n'

test('a new line is one change', () => {
  const after = text.replace('export', 'let z = new a:z {};\nexport')
  assert.deepEqual(textChanges(text, after), [
    { from: text.indexOf('export'), to: text.indexOf('export'), insert: 'let z = new a:z {};\n' },
  ])
})

test('changes in two places leave what is between alone', () => {
  const after = text.replace('new a:x {}', 'new a:x { y }').replace('export x', 'export y')
  const changes = textChanges(text, after)
  assert.equal(changes.length, 2)
  assert.equal(applied(text, changes), after)
  assert.ok(changes.every(({ from, to, insert }) => to - from <= 1 && insert.length <= 3))
})

test('whatever changed, applying the changes gives the new text', () => {
  // All subsets of a few lines, against all others: additions, removals, moves.
  const lines = ['a\n', 'b\n', 'a\n', '\n', 'c']
  const texts = Array.from({ length: 32 }, (_, bits) =>
    lines.filter((_, index) => bits & (1 << index)).join(''),
  )
  for (const before of texts) {
    for (const after of [...texts, ...texts.map((one) => one.replace('b', 'bb'))]) {
      assert.equal(applied(before, textChanges(before, after)), after, JSON.stringify([before, after]))
    }
  }
})

test('large rewritings are one change', () => {
  const before = Array.from({ length: 2_000 }, (_, index) => `a${index}\n`).join('')
  const after = before.replaceAll('a', 'b')
  const changes = textChanges(before, after)
  assert.equal(changes.length, 1)
  assert.equal(applied(before, changes), after)
})
