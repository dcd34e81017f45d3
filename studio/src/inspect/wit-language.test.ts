import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StringStream } from '@codemirror/language'
import { witParser } from './wit-language.ts'

/** Each token that has a kind but punctuation, as `kind text`. */
function tokens(text: string): string[] {
  const state = witParser.startState!(2)
  const found: string[] = []
  for (const line of text.split('\n')) {
    const stream = new StringStream(line, 2, 2)
    while (!stream.eol()) {
      stream.start = stream.pos
      const kind = witParser.token(stream, state)
      assert.ok(stream.pos > stream.start, 'each token has characters')
      if (kind !== null && kind !== 'punctuation') found.push(`${kind} ${stream.current()}`)
    }
  }
  return found
}

test('definitions, keywords, built-in types and names of others', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['package docs:adder@1.2.0;', ['keyword package', 'variableName.definition docs:adder', 'number @1.2.0']],
    [
      'add: func(x: u32) -> list<point>;',
      [
        'propertyName add',
        'keyword func',
        'propertyName x',
        'typeName.standard u32',
        'typeName.standard list',
        'typeName point',
      ],
    ],
    [
      'record point { type: s8 }',
      ['keyword record', 'variableName.definition point', 'propertyName type', 'typeName.standard s8'],
    ],
    ['resource %use;', ['keyword resource', 'variableName.definition %use']],
    ['import wasi:cli/run@0.2.3;', ['keyword import', 'typeName wasi:cli/run', 'number @0.2.3']],
    ['@since(version = 0.2.0)', ['annotation @since', 'typeName version', 'number 0.2.0']],
  ]
  for (const [text, expected] of table) assert.deepEqual(tokens(text), expected)
})

test('comments: documentation, lines, and blocks that nest and go over lines', () => {
  assert.deepEqual(tokens('/// Adds.\n// not\nx: u8'), [
    'docComment /// Adds.',
    'lineComment // not',
    'propertyName x',
    'typeName.standard u8',
  ])
  assert.deepEqual(tokens('/* a /* b */\nc */ u8 /* d'), [
    'comment /* a /* b */',
    'comment c */',
    'typeName.standard u8',
    'comment /* d',
  ])
})
