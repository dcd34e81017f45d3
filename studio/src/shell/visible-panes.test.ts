import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visiblePanes } from './visible-panes.ts'

function seen(...parameters: Parameters<typeof visiblePanes>): string[] {
  return Object.entries(visiblePanes(...parameters)).flatMap(([pane, isSeen]) => (isSeen ? [pane] : []))
}

test('a phone shows one part', () => {
  assert.deepEqual(seen('one', 'canvas', 'run', true), ['canvas'])
  assert.deepEqual(seen('one', 'source', 'none', false), ['source'])
  assert.deepEqual(seen('one', 'inspect', 'compare', true), ['panel'])
  assert.deepEqual(seen('one', 'run', 'none', true), ['panel'])
})

test('where there is room for two, a panel takes the place of the source until that is asked for', () => {
  assert.deepEqual(seen('two', 'canvas', 'none', true), ['canvas', 'source'])
  assert.deepEqual(seen('two', 'run', 'run', true), ['canvas', 'panel'])
  assert.deepEqual(seen('two', 'source', 'run', true), ['canvas', 'source'])
  assert.deepEqual(seen('two', 'canvas', 'none', false), ['canvas'])
})

test('where there is room for three, all are seen', () => {
  assert.deepEqual(seen('three', 'source', 'run', true), ['canvas', 'source', 'panel'])
  assert.deepEqual(seen('three', 'canvas', 'inspect', false), ['canvas', 'panel'])
  assert.deepEqual(seen('three', 'source', 'none', false), ['canvas', 'source'])
})
