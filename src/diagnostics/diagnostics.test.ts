import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renderDiagnostic } from './diagnostic.ts'
import { displayWidth } from './display-width.ts'
import { renderHexFrame } from './hex-frame.ts'
import { editDistance, nearest } from './nearest.ts'
import type { Paint } from './paint.ts'
import { Source } from './source.ts'

const label = (source: Source, start: number, end: number, text = '') => ({
  source,
  span: { start, end },
  text,
})

describe('sources', () => {
  const source = new Source('a.wit', 'one\r\ntwo 🌊 x\n')
  test('positions are lines and characters, counted from 1', () => {
    assert.deepEqual(source.position(0), { line: 1, column: 1 })
    assert.deepEqual(source.position(5), { line: 2, column: 1 })
    assert.deepEqual(source.position(12), { line: 2, column: 7 })
    assert.deepEqual(source.position(14), { line: 3, column: 1 })
  })

  test('finds columns in any order, with characters of two units and halves of them', () => {
    const text = 'a🌊b\ud83c\ud83c\udf0a\udf0a🌊\n🌊c'
    const source = new Source('x', text)
    const lineStart = (offset: number): number => text.lastIndexOf('\n', offset - 1) + 1
    for (let from = 0; from <= text.length; from++)
      for (let to = 0; to <= text.length; to++) {
        source.position(from)
        assert.equal(source.position(to).column, [...text.slice(lineStart(to), to)].length + 1)
      }
  })

  test('finds columns of one long line in a time that grows with it', () => {
    const source = new Source('x', 'x'.repeat(1_000_000))
    const began = performance.now()
    for (let offset = 0; offset < 1_000_000; offset += 5) source.position(offset)
    // Minutes where each is counted from the beginning.
    assert.ok(performance.now() - began < 3_000)
  })
  test('lines come without their breaks', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((line) => source.line(line)),
      ['one', 'two 🌊 x', '', ''],
    )
  })
})

describe('code frames', () => {
  test('two places that clash, and a note', () => {
    const source = new Source('a.wit', 'type a = u8\n\n\n\ttype a = u16\n')
    const labels = [label(source, 20, 21, 'again'), label(source, 5, 6, 'first here')]
    assert.equal(
      renderDiagnostic({ message: 'the name `a` is taken', labels, notes: ['rename one'] }),
      `error: the name \`a\` is taken
 --> a.wit:4:7
  |
1 | type a = u8
  |      - first here
...
4 |  type a = u16
  |       ^ again
  = rename one`,
    )
  })
  test('two files', () => {
    const labels = [
      label(new Source('a.wit', 'a'), 0, 1, 'this'),
      label(new Source('b.wit', 'b\n'.repeat(12)), 20, 21, 'and this'),
    ]
    assert.equal(
      renderDiagnostic({ message: 'clash', labels, notes: [] }),
      `error: clash
  --> a.wit:1:1
   |
 1 | a
   | ^ this
  --> b.wit:11:1
   |
11 | b
   | - and this`,
    )
  })
  test('the caret stands below wide characters, at the end, and past it', () => {
    const source = new Source('x', '日本 y')
    const frame = renderDiagnostic({
      message: 'm',
      labels: [label(source, 3, 4), label(source, 4, 4)],
      notes: [],
    })
    assert.deepEqual(frame.split('\n').slice(3), ['1 | 日本 y', '  |      ^', '  |       -'])
  })
  test('a span over several lines marks its first', () => {
    const source = new Source('x', 'ab {\n}\n')
    const frame = renderDiagnostic({ message: 'm', labels: [label(source, 3, 6)], notes: [] })
    assert.deepEqual(frame.split('\n').slice(3), ['1 | ab {', '  |    ^'])
  })
  test('a long line is cut around its place', () => {
    const source = new Source('x', `${'a'.repeat(500)}!${'b'.repeat(500)}`)
    const lines = renderDiagnostic({ message: 'm', labels: [label(source, 500, 501)], notes: [] }).split('\n')
    assert.equal(lines[3], `1 | ${'a'.repeat(60)}!${'b'.repeat(59)} …`)
    assert.equal(lines[4], `  | ${' '.repeat(60)}^`)
  })
  test('colours are the caller’s', () => {
    const paint: Paint = (role, text) => `<${role}>${text}</>`
    const frame = renderDiagnostic(
      { message: 'm', labels: [label(new Source('x', 'y'), 0, 1, 'z')], notes: [] },
      paint,
    )
    assert.match(frame, /^<error>error:<\/> <message>m<\/>\n <gutter>-->/)
    assert.match(frame, /<label>\^ z<\/>$/)
  })
})

describe('hex frames', () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, i) => i + 50)
  test('the bytes around the place, and the sections that lead there', () => {
    assert.equal(
      renderHexFrame(bytes, 0x1b, ['component 2', 'type section'], 'unknown type 0x4d', { name: 'a.wasm' }),
      `error: unknown type 0x4d
 --> a.wasm:0x1b (27), in component 2 › type section
         |
00000000 | 32 33 34 35 36 37 38 39  3a 3b 3c 3d 3e 3f 40 41 | 23456789:;<=>?@A
00000010 | 42 43 44 45 46 47 48 49  4a 4b 4c 4d 4e 4f 50 51 | BCDEFGHIJKLMNOPQ
         |                                   ^^
00000020 | 52 53 54 55 56 57 58 59                          | RSTUVWXY`,
    )
  })
  test('the end of the file', () => {
    assert.equal(
      renderHexFrame(bytes.subarray(0, 16), 16, [], 'unexpected end'),
      `error: unexpected end
 --> binary:0x10 (16)
         |
00000000 | 32 33 34 35 36 37 38 39  3a 3b 3c 3d 3e 3f 40 41 | 23456789:;<=>?@A
00000010 |                                                  |
         | ^^ end of file`,
    )
  })
})

test('display width', () => {
  assert.deepEqual(['abc', '日本', 'é', 'e\u0301', '🌊'].map(displayWidth), [3, 4, 1, 1, 2])
})

test('nearest names', () => {
  assert.equal(editDistance('kitten', 'sitting'), 3)
  assert.equal(editDistance('ab', 'ba'), 1)
  assert.deepEqual(nearest('getvalue', ['get-value', 'set', 'replace-value']), ['get-value'])
  assert.deepEqual(nearest('xx', ['xy', 'zzz']), ['xy'])
  assert.deepEqual(nearest('Add', ['add', 'sub']), ['add'])
})
