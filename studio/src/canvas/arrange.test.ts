import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Graph } from '../contract/graph.ts'
import type { Group, Position } from '../contract/studio.ts'
import { arrange } from './arrange.ts'
import { EXPORTS_BOX, IMPORTS_BOX } from './box.ts'
import { draw } from './draw.ts'
import { FINE, overlaps, type Rect, sizeOf } from './geometry.ts'
import { graph, importOf, instance } from './graph-builder.ts'

function rects(drawn: Graph, places: Readonly<Record<string, Position>>): ReadonlyMap<string, Rect> {
  return new Map(
    draw(drawn, [], new Set()).boxes.map((box) => {
      const place = places[box.id]
      assert.ok(place, `${box.id} has no place`)
      return [box.id, { ...place, ...sizeOf(box, FINE) }]
    }),
  )
}

function assertApart(all: ReadonlyMap<string, Rect>): void {
  const entries = [...all]
  for (const [index, [id, rect]] of entries.entries()) {
    for (const [other, otherRect] of entries.slice(index + 1)) {
      assert.ok(!overlaps(rect, otherRect, 8), `${id} lies on ${other}`)
    }
  }
}

function chain(length: number): Graph {
  const names = Array.from({ length }, (_, index) => `block-${index}`)
  return graph(
    names.map((name) => instance(name, { 'a:b/in': 'wired' }, { 'a:b/out': 'wired' })),
    names.slice(1).map((name, index) => `${names[index]}.a:b/out -> ${name}.a:b/in`),
    {
      open: [{ name: 'a:b/in', type: '', isWasi: false, wantedBy: [importOf('block-0', 'a:b/in')] }],
    },
  )
}

test('a chain flows from left to right, between the frames', () => {
  const drawn = chain(5)
  const places = arrange(drawn, [])
  const xs = [IMPORTS_BOX, ...drawn.blocks.map(({ id }) => id), EXPORTS_BOX].map((id) => places[id]!.x)
  assert.deepEqual(
    xs,
    [...xs].sort((one, other) => one - other),
  )
  assertApart(rects(drawn, places))
})

test('what is not wired stands in rows, not in one column', () => {
  const drawn = graph(Array.from({ length: 30 }, (_, index) => instance(`block-${index}`, {}, { x: 'free' })))
  const places = arrange(drawn, [])
  assertApart(rects(drawn, places))
  const columns = new Set(drawn.blocks.map(({ id }) => places[id]!.x))
  assert.ok(columns.size >= 3 && columns.size <= 10, `${columns.size} columns`)
})

test('what could be wired by its name stands left of what is open, in any version', () => {
  const drawn = graph([
    instance('calculator', { 'docs:adder/add@0.1.1': 'open' }, {}),
    instance('adder', {}, { 'docs:adder/add@0.1.0': 'free' }),
  ])
  const places = arrange(drawn, [])
  assert.ok(places['adder']!.x < places['calculator']!.x)
})

test('members of a group stand together, with nobody else between them', () => {
  const drawn = chain(6)
  const group: Group = {
    id: 'g',
    name: 'G',
    blocks: ['block-1', 'block-2', 'block-3'],
    isCollapsed: false,
  }
  const all = rects(drawn, arrange(drawn, [group]))
  assertApart(all)
  const members = group.blocks.map((id) => all.get(id)!)
  const left = Math.min(...members.map(({ x }) => x))
  const right = Math.max(...members.map(({ x, width }) => x + width))
  for (const id of ['block-0', 'block-4', 'block-5']) {
    const { x, width } = all.get(id)!
    assert.ok(x + width <= left || x >= right, `${id} lies in the group`)
  }
})

test('the same graph always gets the same places', () => {
  assert.deepEqual(arrange(chain(8), []), arrange(chain(8), []))
})

test('two groups that feed each other are still laid out', () => {
  const drawn = graph(
    [
      instance('a', {}, { x: 'wired' }),
      instance('b', { x: 'wired' }, { y: 'wired' }),
      instance('c', { y: 'wired' }, {}),
    ],
    ['a.x -> b.x', 'b.y -> c.y'],
  )
  const groups: readonly Group[] = [
    { id: 'one', name: '', blocks: ['a', 'c'], isCollapsed: false },
    { id: 'two', name: '', blocks: ['b'], isCollapsed: true },
  ]
  assertApart(rects(drawn, arrange(drawn, groups)))
})
