import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../../test/support/fast-check.ts'
import { TextLines } from './text-lines.ts'

test('lines end in three ways', () => {
  const lines = new TextLines('a\r\nb\rc\n🌊d')
  const cases = [
    [0, 0, 0],
    [1, 0, 1],
    [3, 1, 0],
    [5, 2, 0],
    [7, 3, 0],
    [9, 3, 2],
    [10, 3, 3],
  ] as const
  for (const [offset, line, character] of cases) {
    assert.deepEqual(lines.position(offset), { line, character })
    assert.equal(lines.offset({ line, character }), offset)
  }
})

test('positions behind the end of a line are at it', () => {
  const lines = new TextLines('a\r\nb')
  assert.equal(lines.offset({ line: 0, character: 99 }), 1)
  assert.equal(lines.offset({ line: 1, character: 99 }), 4)
  assert.equal(lines.offset({ line: 9, character: 0 }), 4)
  assert.equal(lines.offset({ line: -1, character: 3 }), 0)
  assert.deepEqual(lines.position(99), { line: 1, character: 1 })
})

test('changes are made one after the other', () => {
  const changed = new TextLines('one\ntwo').changed([
    { range: { start: { line: 0, character: 3 }, end: { line: 1, character: 0 } }, text: '\n\n' },
    { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 1 } }, text: 'T' },
  ])
  assert.equal(changed.text, 'one\n\nTwo')
  assert.equal(changed.changed([{ text: 'x' }]).text, 'x')
})

test('a change, said in positions, is the change, and offsets come back', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '🌊') })
  fc.assert(
    fc.property(text, text, fc.nat(), fc.nat(), (before, by, a, b) => {
      const lines = new TextLines(before)
      // Between `\r` and `\n` is no position.
      const offsets = Array.from({ length: before.length + 1 }, (_, offset) => offset).filter(
        (offset) => before.slice(offset - 1, offset + 1) !== '\r\n' || offset === 0,
      )
      const [start, end] = [offsets[a % offsets.length]!, offsets[b % offsets.length]!].sort((x, y) => x - y)
      assert.equal(lines.offset(lines.position(start!)), start)
      const range = lines.range({ start: start!, end: end! })
      assert.equal(lines.changed([{ range, text: by }]).text, before.slice(0, start) + by + before.slice(end))
    }),
  )
})
