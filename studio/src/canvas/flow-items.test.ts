import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draw } from './draw.ts'
import { boxNodes, movedBlocks, placeOf, wireEdges } from './flow-items.ts'
import { COARSE, FINE } from './geometry.ts'
import { graph, instance } from './graph-builder.ts'

const drawn = graph(
  [
    instance('a', {}, { x: 'wired', y: 'free' }),
    instance('b', { x: 'wired' }, {}, { problem: 'something is wrong' }),
  ],
  ['a.x -> b.x'],
)
const positions = { a: { x: 0, y: 100 }, b: { x: 400, y: 50 } }

for (const [name, metrics] of Object.entries({ FINE, COARSE })) {
  test(`every wire ends at a handle of its box, which lies at its border (${name})`, () => {
    const drawing = draw(drawn, [], new Set())
    const nodes = new Map(boxNodes(drawing, positions, metrics).map((node) => [node.id, node]))
    for (const { source, sourceHandle, target, targetHandle } of wireEdges(drawing)) {
      const from = nodes.get(source)?.handles?.find(({ id }) => id === sourceHandle)
      const to = nodes.get(target)?.handles?.find(({ id }) => id === targetHandle)
      assert.equal(from!.x + from!.width! / 2, nodes.get(source)!.width)
      assert.equal(to!.x + to!.width! / 2, 0)
      assert.ok(to!.y > metrics.header && to!.y < nodes.get(target)!.height!)
    }
  })
}

test('a collapsed group stands where its members begin, and takes them along', () => {
  const drawing = draw(drawn, [{ id: 'g', name: 'G', blocks: ['a', 'b'], isCollapsed: true }], new Set())
  const box = drawing.boxes.find(({ kind }) => kind === 'group')!
  assert.deepEqual(placeOf(box, positions), { x: 0, y: 50 })
  assert.deepEqual(movedBlocks([{ box, place: { x: 10.4, y: 40 } }], positions), {
    a: { x: 10, y: 90 },
    b: { x: 410, y: 40 },
  })
})

test('a block moves alone, to whole pixels', () => {
  const box = draw(drawn, [], new Set()).boxes.find(({ id }) => id === 'a')!
  assert.deepEqual(movedBlocks([{ box, place: { x: 1.6, y: -2.2 } }], positions), { a: { x: 2, y: -2 } })
})
