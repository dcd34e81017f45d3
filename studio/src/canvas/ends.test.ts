import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PortRef } from '../contract/graph.ts'
import { endKey, endOfKey, endText } from './ends.ts'
import { exportOf, graph, importOf, instance } from './graph-builder.ts'

const ends: readonly PortRef[] = [
  exportOf('adder'),
  exportOf('adder', 'docs:adder/add@0.1.0'),
  importOf('test:adder#2', 'url=<https://x/"a\\b">'),
  importOf('a', ''),
]

for (const end of ends) {
  test(`${JSON.stringify(end)} comes back from its key, which a selector takes`, () => {
    const key = endKey(end)
    assert.deepEqual(endOfKey(key), end)
    assert.doesNotMatch(key, /["\\\s]/)
  })
}

for (const key of ['', '@export-here', '@export/run', '@host/a', 'import', 'import/a/b/c']) {
  test(`${JSON.stringify(key)} is no end`, () => assert.equal(endOfKey(key), undefined))
}

test('ends are said by the name of their block', () => {
  const drawn = graph([instance('adder', {}, { 'docs:adder/add': 'free' })])
  assert.equal(endText(drawn, exportOf('adder', 'docs:adder/add')), 'add of adder')
  assert.equal(endText(drawn, exportOf('adder')), 'adder as a whole')
  assert.equal(endText(drawn, exportOf('gone', 'x')), 'x of gone')
})
