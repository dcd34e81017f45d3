import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draw } from './draw.ts'
import { endKey } from './ends.ts'
import { exportOf, graph, importOf, instance } from './graph-builder.ts'
import { type Direction, firstRow, fromRow, nextBox } from './navigate.ts'

const drawing = draw(
  graph(
    [
      instance('a', {}, { x: 'wired', y: 'free' }),
      instance('b', { w: 'wired', x: 'wired', z: 'open' }, { r: 'free' }),
    ],
    ['a.x -> b.x', 'a -> b.w'],
  ),
  [],
  new Set(),
)
const ax = endKey(exportOf('a', 'x'))
const ay = endKey(exportOf('a', 'y'))
const bw = endKey(importOf('b', 'w'))
const bx = endKey(importOf('b', 'x'))
const bz = endKey(importOf('b', 'z'))
const br = endKey(exportOf('b', 'r'))

const cases: readonly (readonly [
  string,
  [string, string],
  Direction,
  [string, string | undefined] | undefined,
])[] = [
  ['down to the next end', ['a', ax], 'down', ['a', ay]],
  ['down from the last end', ['a', ay], 'down', undefined],
  ['up from the first end to the title', ['a', ax], 'up', ['a', undefined]],
  ['up to the end above', ['b', bx], 'up', ['b', bw]],
  ['right along a wire', ['a', ax], 'right', ['b', bx]],
  ['left along a wire', ['b', bx], 'left', ['a', ax]],
  ['left along a wire from a whole instance', ['b', bw], 'left', ['a', undefined]],
  ['along no wire', ['b', bz], 'left', undefined],
  ['across the block, to the end at that height', ['b', bw], 'right', ['b', br]],
  ['across the block, to the last end where there are fewer', ['b', bz], 'right', ['b', br]],
  ['across a block with one side', ['a', ax], 'left', undefined],
  ['from an end that is not there', ['a', bx], 'down', undefined],
]

for (const [name, [box, row], direction, expected] of cases) {
  test(name, () => {
    const spot = expected && { box: expected[0], row: expected[1] }
    assert.deepEqual(fromRow(drawing, { box, row }, direction), spot)
  })
}

test('the first end of a block is its first import', () => {
  assert.equal(firstRow(drawing.boxes.find(({ id }) => id === 'b')!), bw)
  assert.equal(firstRow(drawing.boxes.find(({ id }) => id === 'a')!), ax)
})

test('blocks are found by direction, the nearest first', () => {
  const size = { width: 10, height: 10 }
  const rects = new Map([
    ['middle', { x: 0, y: 0, ...size }],
    ['right', { x: 100, y: 10, ...size }],
    ['far-right', { x: 200, y: 0, ...size }],
    ['below', { x: 20, y: 90, ...size }],
  ])
  assert.equal(nextBox(rects, 'middle', 'right'), 'right')
  assert.equal(nextBox(rects, 'middle', 'down'), 'below')
  assert.equal(nextBox(rects, 'right', 'left'), 'middle')
  assert.equal(nextBox(rects, 'middle', 'left'), undefined)
  assert.equal(nextBox(rects, 'gone', 'left'), undefined)
})
