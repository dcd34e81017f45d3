import assert from 'node:assert/strict'
import { test } from 'node:test'
import { droppedPlaces } from './dropped-places.ts'

const at = { x: 100, y: 50 }

function component(imports: readonly string[], exports: readonly string[]) {
  const item = (name: string) => ({ name, type: '' })
  return { imports: imports.map(item), exports: exports.map(item) }
}

test('what exports stands left of what imports it, in any order and version', () => {
  const places = droppedPlaces(
    [component(['a:b/add@0.1.1', 'wasi:io/poll'], ['run']), component([], ['a:b/add@0.1.0'])],
    at,
  )
  assert.deepEqual(places, [
    { x: 270, y: 50 },
    { x: -70, y: 50 },
  ])
})

test('a chain takes a column each, and what stands in one column stands below each other', () => {
  const places = droppedPlaces(
    [component(['b'], []), component(['a'], ['b']), component([], ['a']), component([], ['c'])],
    at,
  )
  assert.deepEqual(
    places.map(({ x, y }) => `${(x - 100) / 340} ${(y - 50) / 160}`),
    ['1 0', '0 0', '-1 0', '-1 1'],
  )
})

test('components that need each other are placed all the same', () => {
  const places = droppedPlaces([component(['b'], ['a']), component(['a'], ['b'])], at)
  assert.equal(new Set(places.map(({ x, y }) => `${x} ${y}`)).size, 2)
})

test('one that imports what it exports stands where it was dropped', () => {
  assert.deepEqual(droppedPlaces([component(['a'], ['a'])], at), [at])
})
