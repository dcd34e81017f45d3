import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from '../../../test/support/fast-check.ts'
import { splitWords } from './words.ts'

suite('words of a line', () => {
  const lines: readonly (readonly [line: string, words: readonly string[]])[] = [
    ['', []],
    ['  \t ', []],
    ['add 1 2', ['add', '1', '2']],
    [`--name 'Ada Lovelace'`, ['--name', 'Ada Lovelace']],
    [`a"b c"d`, ['ab cd']],
    [`"a\\"b" "c\\d" 'e\\'`, ['a"b', 'c\\d', 'e\\']],
    [`a\\ b`, ['a b']],
    [`'' ""`, ['', '']],
    ['$HOME * ~', ['$HOME', '*', '~']],
  ]
  for (const [line, words] of lines) {
    test(JSON.stringify(line), () => assert.deepEqual(splitWords(line), { words }))
  }

  test('quotes without an end are refused, and say where they begin', () => {
    assert.deepEqual(splitWords(`a 'b`), { problem: "The ' at character 3 is not closed." })
    assert.deepEqual(splitWords(`"b\\"`), { problem: 'The " at character 1 is not closed.' })
    assert.match((splitWords('a\\') as { problem: string }).problem, /last backslash/)
  })

  test('quoted and split, words are what they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        assert.deepEqual(splitWords(words.map(quoted).join(' ')), { words })
      }),
    )
  })
})

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
