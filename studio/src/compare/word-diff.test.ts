import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Piece, wordDiff } from './word-diff.ts'

/** Pieces that differ in brackets. */
function marked(pieces: readonly Piece[]): string {
  return pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('')
}

test('words that differ', () => {
  const table: readonly (readonly [left: string, right: string, markedLeft: string, markedRight: string])[] =
    [
      ['same', 'same', 'same', 'same'],
      ['', 'new', '', '[new]'],
      [
        'add: func(x: u32) -> u32',
        'add: func(x: u64) -> u32',
        'add: func(x: [u32]) -> u32',
        'add: func(x: [u64]) -> u32',
      ],
      ['func(a-b: u8)', 'func(a-c: u8)', 'func([a-b]: u8)', 'func([a-c]: u8)'],
      ['func()', 'async func()', 'func()', '[async ]func()'],
      ['list<u8>', 'list<u8, 4>', 'list<u8>', 'list<u8[, 4]>'],
      // Lines are broken otherwise: no difference.
      ['record p {\n  x: u8,\n}', 'record p { x: u8, }', 'record p {\n  x: u8,\n}', 'record p { x: u8, }'],
      [
        'record p { x: u8, y: u8 }',
        'record p { x: u8, z: u16, y: u8 }',
        'record p { x: u8, y: u8 }',
        'record p { x: u8, [z: u16, ]y: u8 }',
      ],
    ]
  for (const [left, right, markedLeft, markedRight] of table) {
    const diff = wordDiff(left, right)
    assert.equal(marked(diff.left), markedLeft)
    assert.equal(marked(diff.right), markedRight)
  }
})

test('pieces joined are the texts, what does not differ is the same words on both sides, and a text does not differ from itself', () => {
  const token = fc.constantFrom('func', '(', ')', 'u8', 'u16', 'a-b', '->', ' ', '\n', ',', '😀', '%use')
  const text = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''))
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { left, right } = wordDiff(a, b)
      assert.equal(left.map(({ text }) => text).join(''), a)
      assert.equal(right.map(({ text }) => text).join(''), b)
      const kept = (pieces: readonly Piece[]) =>
        pieces
          .filter(({ differs }) => !differs)
          .map(({ text }) => text)
          .join('')
          .replace(/\s+/g, '')
      assert.equal(kept(left), kept(right))
      assert.ok(wordDiff(a, a).left.every(({ differs }) => !differs))
    }),
    { seed: 8, numRuns: 300 },
  )
})

test('texts that are far too long are compared at both ends only', () => {
  const middle = (name: string) => Array.from({ length: 30_000 }, (_, at) => `${name}${at}`).join(' ')
  const { left } = wordDiff(`record { ${middle('a')} }`, `record { ${middle('b')} }`)
  assert.deepEqual(
    left.map(({ text, differs }) => [text.length > 100 ? 'long' : text, differs]),
    [
      ['record { ', false],
      ['long', true],
      ['}', false],
    ],
  )
})
