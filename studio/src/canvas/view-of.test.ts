import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBetterWithoutFrames, narrowView, READABLE, zoomToFit } from './view-of.ts'

const phone = { width: 390, height: 740 }

test('what fits is shown at its size, and never larger', () => {
  assert.equal(zoomToFit({ width: 100, height: 100 }, phone), 1)
  assert.equal(zoomToFit({ width: 1_000, height: 100 }, { width: 560, height: 900 }), 0.5)
})

test('on a phone, what fits stands in the middle', () => {
  const { x, y, zoom } = narrowView({ x: 100, y: 50, width: 300, height: 200 }, phone)
  assert.equal(zoom, 1)
  assert.equal(x + 100, 45)
  assert.equal(y + 50, 270)
})

test('on a phone, of what is too large to be read the first is shown, below the tools', () => {
  const { x, y, zoom } = narrowView({ x: -500, y: -500, width: 3_000, height: 2_000 }, phone)
  assert.equal(zoom, READABLE)
  assert.equal(x - 500 * zoom, 16)
  assert.equal(y - 500 * zoom, 64)
})

test('frames are left out only where that makes the blocks readable', () => {
  const view = { width: 1_120, height: 900 }
  const blocks = { width: 1_000, height: 100 }
  assert.equal(isBetterWithoutFrames({ width: 1_600, height: 100 }, blocks, view), true)
  assert.equal(isBetterWithoutFrames({ width: 1_100, height: 100 }, blocks, view), false)
  assert.equal(
    isBetterWithoutFrames({ width: 9_000, height: 100 }, { width: 8_000, height: 100 }, view),
    false,
  )
})
