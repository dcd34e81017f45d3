import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wirePath } from './wire-path.ts'

const ends = { sourceX: 300, sourceY: 100, targetX: 400, targetY: 300, lane: 0 }

test('a wire to the right is a curve', () => {
  assert.match(wirePath(ends)[0], /^M300,100 C/)
})

test('a wire back to the left, in the same row, is one, too', () => {
  assert.match(wirePath({ ...ends, targetX: 0, targetY: 150 })[0], /C/)
})

test('a wire to a block below runs between both blocks, and two of them do not lie on each other', () => {
  const middles = [0, 1, 2].map((lane) => {
    const [path, , y] = wirePath({ ...ends, targetX: 0, lane })
    assert.doesNotMatch(path, /C/)
    return y
  })
  assert.deepEqual(middles, [200, 192, 208])
})
