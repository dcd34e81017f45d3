import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../../test/support/fast-check.ts'
import { type Edge, type Ordered, topologicalOrder } from './topological-order.ts'

function sort(graph: Readonly<Record<string, string>>): Ordered<string> {
  const edges = ([name, targets]: [string, string]): [string, Edge<string>[]] => [
    name,
    [...targets].map((to) => ({ to, from: name })),
  ]
  return topologicalOrder(new Map(Object.entries(graph).map(edges)))
}

test('what needs nothing stays where it is', () => {
  assert.deepEqual(sort({ c: '', a: '', b: '' }).order, ['c', 'a', 'b'])
})

test('each name comes as early as what it needs allows', () => {
  assert.deepEqual(sort({ a: 'd', b: '', c: 'a', d: '' }).order, ['b', 'd', 'a', 'c'])
})

test('a cycle is found once, and what depends on it is left out', () => {
  const { order, cycles } = sort({ x: 'a', a: 'b', b: 'c', c: 'a', d: '' })
  assert.deepEqual(order, ['d'])
  assert.deepEqual(cycles, [{ edge: { to: 'a', from: 'x' }, names: ['a', 'b', 'c'] }])
})

test('graphs without cycles are ordered whole', () => {
  const graph = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 31 })
  fc.assert(
    fc.property(graph, (needs) => {
      const edges = needs.map((targets, i): [string, Edge<number>[]] => [
        `${i}`,
        targets.filter((to) => to > i && to < needs.length).map((to) => ({ to: `${to}`, from: i })),
      ])
      const { order, cycles } = topologicalOrder(new Map(edges))
      assert.equal(order.length, needs.length)
      assert.equal(cycles.length, 0)
      for (const [name, targets] of edges)
        for (const { to } of targets) assert.ok(order.indexOf(to) < order.indexOf(name))
    }),
  )
})
