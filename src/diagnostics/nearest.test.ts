import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from './nearest.ts'

test('nearest names come first, and strangers not at all', () => {
  const cases: readonly (readonly [
    wanted: string,
    offered: readonly string[],
    expected: readonly string[],
  ])[] = [
    ['get-value', ['close', 'set-value', 'getvalue'], ['getvalue', 'set-value']],
    [
      'wasi:cli/stdin@0.2.0',
      ['wasi:cli/stdin@0.3.0', 'wasi:cli/stdout@0.2.0'],
      ['wasi:cli/stdin@0.3.0', 'wasi:cli/stdout@0.2.0'],
    ],
    ['log', ['frobnicate'], []],
    ['log', [], []],
    ['a', ['b', 'A'], ['A']],
    ['ww', ['w'], ['w']],
    ['add', ['ade', 'adf', 'adg', 'adh'], ['ade', 'adf', 'adg']],
  ]
  for (const [wanted, offered, expected] of cases) assert.deepEqual(nearest(wanted, offered), expected)
})

test('long names cost little', () => {
  const long = 'x'.repeat(100_000)
  assert.deepEqual(nearest(long, [`${long}y`]), [`${long}y`])
})

test('names without end cost little', () => {
  function* endless() {
    for (let i = 0; ; i++) yield `name${i}`
  }
  assert.deepEqual(nearest('name7x', endless(), 1), ['name7'])
})
