import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matches } from './item-filter.ts'

test('all words, in any order and case', () => {
  assert.ok(matches('wasi:cli/environment@0.2.3 interface', 'Environment cli'))
  assert.ok(!matches('wasi:cli/environment@0.2.3', 'environment http'))
})
