import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examplesFrom } from './page-lists.ts'

test('rows of a list are read as far as they are rows', () => {
  const row = { name: 'adder', file: 'adder.wasm', size: 12, about: 'adds', sha256: 'ab' }
  const { sha256: _, ...short } = row
  assert.deepEqual(examplesFrom([row, short, { ...short, about: 1 }]), [row, short, { ...short, about: '' }])
  for (const wrong of [
    undefined,
    {},
    [1],
    [{ name: 'adder' }],
    [{ ...row, file: 7 }],
    [{ ...row, size: '12' }],
  ]) {
    assert.deepEqual(examplesFrom(wrong), [])
  }
})
