import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Graph } from '../contract/graph.ts'
import type { Position } from '../contract/studio.ts'
import { arrange } from './arrange.ts'
import { arrangeFor, type CanvasRoom } from './arrange-for.ts'
import { EXPORTS_BOX, IMPORTS_BOX } from './box.ts'
import { draw } from './draw.ts'
import { boundsOf, FINE, overlaps, sizeOf } from './geometry.ts'
import { graph, importOf, instance } from './graph-builder.ts'
import { READABLE, zoomToFit } from './view-of.ts'

function chain(length: number): Graph {
  const names = Array.from({ length }, (_, index) => `a-block-with-a-name-${index}`)
  return graph(
    names.map((name) => instance(name, { 'a:b/in': 'wired' }, { 'a:b/out': 'wired' })),
    names.slice(1).map((name, index) => `${names[index]}.a:b/out -> ${name}.a:b/in`),
    { open: [{ name: 'a:b/in', type: '', isWasi: false, wantedBy: [importOf(names[0]!, 'a:b/in')] }] },
  )
}

function rects(drawn: Graph, places: Readonly<Record<string, Position>>, isFrameSeen: boolean) {
  const boxes = draw(drawn, [], new Set()).boxes.filter(({ blocks }) => isFrameSeen || blocks.length > 0)
  return boxes.map((box) => ({ ...places[box.id]!, ...sizeOf(box, FINE) }))
}

function zoomIn(room: CanvasRoom, drawn: Graph, places: Readonly<Record<string, Position>>): number {
  return zoomToFit(boundsOf(rects(drawn, places, !room.isNarrow)), room)
}

const wide: CanvasRoom = { width: 2_400, height: 1_200, isNarrow: false }
const laptop: CanvasRoom = { width: 1_060, height: 850, isNarrow: false }
const phone: CanvasRoom = { width: 390, height: 740, isNarrow: true }

test('where there is room, a chain is a row between the frames', () => {
  assert.deepEqual(arrangeFor(wide, chain(3), [], FINE), arrange(chain(3), [], FINE))
})

test('beside the source, the frames of three blocks stand above and below, and all of it can be read', () => {
  const drawn = chain(3)
  assert.ok(zoomIn(laptop, drawn, arrange(drawn, [], FINE)) < READABLE)
  const places = arrangeFor(laptop, drawn, [], FINE)
  assert.ok(zoomIn(laptop, drawn, places) >= READABLE)
  const ys = drawn.blocks.map(({ id }) => places[id]!.y)
  assert.ok(places[IMPORTS_BOX]!.y < Math.min(...ys))
  assert.ok(places[EXPORTS_BOX]!.y > Math.max(...ys))
  const xs = drawn.blocks.map(({ id }) => places[id]!.x)
  assert.deepEqual(
    xs,
    xs.toSorted((a, b) => a - b),
  )
})

test('on a phone, three blocks stand below each other, each whole', () => {
  const drawn = chain(3)
  const places = arrangeFor(phone, drawn, [], FINE)
  assert.ok(zoomIn(phone, drawn, places) >= READABLE)
  const all = rects(drawn, places, true)
  for (const [index, rect] of all.entries())
    for (const other of all.slice(index + 1)) assert.ok(!overlaps(rect, other, 8))
})

test('what cannot be read in any shape stays a row, unless another one is much larger', () => {
  for (const room of [laptop, phone]) {
    const drawn = chain(60)
    const zoom = zoomIn(room, drawn, arrangeFor(room, drawn, [], FINE))
    assert.ok(zoom >= zoomIn(room, drawn, arrange(drawn, [], FINE)))
  }
})
