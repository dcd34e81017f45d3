import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draw } from './draw.ts'
import { freePlace, placesOfNew } from './free-place.ts'
import { FINE, overlaps, sizeOf } from './geometry.ts'
import { graph, instance } from './graph-builder.ts'

const size = { width: 100, height: 60 }

test('a place that is free is taken as it is', () => {
  assert.deepEqual(freePlace(size, [], { x: 7, y: 9 }), { x: 7, y: 9 })
})

test('many blocks at one wanted place lie beside each other', () => {
  const taken: { x: number; y: number; width: number; height: number }[] = []
  for (let count = 0; count < 25; count++) {
    const rect = { ...freePlace(size, taken, { x: 0, y: 0 }), ...size }
    assert.ok(!taken.some((other) => overlaps(rect, other, 8)), `block ${count} lies on another`)
    taken.push(rect)
  }
  assert.ok(taken.every(({ x, y }) => Math.abs(x) < 1_000 && Math.abs(y) < 1_000))
})

test('new blocks move none that have a place', () => {
  const drawing = draw(
    graph([instance('old', {}, {}), instance('new', {}, {}), instance('newer', {}, {})]),
    [],
    new Set(),
  )
  const positions = { old: { x: 0, y: 0 } }
  const places = placesOfNew(drawing, positions, FINE, { x: 50, y: 20 })
  assert.deepEqual(Object.keys(places).sort(), ['@exports', 'new', 'newer'])
  const all = { ...positions, ...places }
  const rects = drawing.boxes.map((box) => ({
    ...all[box.id as keyof typeof all]!,
    ...sizeOf(box, FINE),
  }))
  for (const [index, rect] of rects.entries()) {
    assert.ok(!rects.slice(index + 1).some((other) => overlaps(rect, other, 8)))
  }
})
