import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StringStream } from '@codemirror/language'
import { wacParser } from './wac-language.ts'

function tokens(text: string): string[] {
  const state = wacParser.startState!(2)
  const found: string[] = []
  for (const line of text.split('\n')) {
    const stream = new StringStream(line, 2, 2)
    while (!stream.eol()) {
      stream.start = stream.pos
      const kind = wacParser.token(stream, state)
      assert.ok(stream.pos > stream.start, 'each token has characters')
      if (kind !== null && kind !== 'punctuation') found.push(`${kind} ${stream.current()}`)
    }
  }
  return found
}

test('statements of WAC', () => {
  assert.deepEqual(tokens('let adder = new docs:adder { "docs:log/log": log, ... }; // sums'), [
    'keyword let',
    'variableName.definition adder',
    'keyword new',
    'typeName docs:adder',
    'string "docs:log/log"',
    'typeName log',
    'operator ...',
    'lineComment // sums',
  ])
})

test('words of WAC are names where they are none of its keywords', () => {
  assert.deepEqual(tokens('new-one let: targets-x'), [
    'typeName new-one',
    'propertyName let',
    'typeName targets-x',
  ])
})

test('what stands in a comment is a comment, over lines', () => {
  assert.deepEqual(tokens('/* let x\n"y" */ let'), ['comment /* let x', 'comment "y" */', 'keyword let'])
})

test('a string that nobody closed ends with its line', () => {
  assert.deepEqual(tokens('"a\nlet'), ['string "a', 'keyword let'])
})
