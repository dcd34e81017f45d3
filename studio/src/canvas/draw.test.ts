import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Graph } from '../contract/graph.ts'
import type { Group } from '../contract/studio.ts'
import { type Box, EXPORTS_BOX, IMPORTS_BOX } from './box.ts'
import { draw } from './draw.ts'
import { endKey } from './ends.ts'
import { rowText } from './geometry.ts'
import { exportOf, graph, importOf, instance } from './graph-builder.ts'

const WASI = { 'wasi:a/a': 'host', 'wasi:b/b': 'host', 'wasi:c/c': 'host' } as const

function calculator(): Graph {
  return graph(
    [
      instance('adder', {}, { 'docs:adder/add': 'wired' }),
      instance('calculator', { 'docs:adder/add': 'wired', ...WASI }, { 'wasi:cli/run': 'exported' }),
    ],
    ['adder.docs:adder/add -> calculator.docs:adder/add'],
    {
      exports: [
        {
          name: 'wasi:cli/run',
          from: exportOf('calculator', 'wasi:cli/run'),
          type: 'run',
          place: { start: 0, end: 0 },
        },
      ],
      open: Object.keys(WASI).map((name) => ({
        name,
        type: 'instance',
        isWasi: true,
        wantedBy: [importOf('calculator', name)],
      })),
    },
  )
}

function box(boxes: readonly Box[], id: string): Box {
  const found = boxes.find((other) => other.id === id)
  assert.ok(found, `no box ${id} in ${boxes.map((other) => other.id)}`)
  return found
}

const texts = (rows: Box['left']) => rows.map(rowText)

test('imports stand left, exports right, and what the host gives is one line', () => {
  const { boxes } = draw(calculator(), [], new Set())
  const { left, right } = box(boxes, 'calculator')
  assert.deepEqual(texts(left), ['add', 'host: 3 interfaces'])
  assert.deepEqual(texts(right), ['run'])
  assert.deepEqual(texts(box(boxes, IMPORTS_BOX).right), ['host: 3 interfaces'])
})

test('the line of the host opens', () => {
  const { boxes } = draw(calculator(), [], new Set(['calculator']))
  assert.deepEqual(texts(box(boxes, 'calculator').left), ['add', 'host: 3 interfaces', 'a', 'b', 'c'])
})

test('two interfaces of the host are no longer than the line that would stand for them', () => {
  const { boxes } = draw(
    graph([instance('one', { 'wasi:a/a': 'host', 'wasi:b/b': 'host' }, {})]),
    [],
    new Set(),
  )
  assert.deepEqual(texts(box(boxes, 'one').left), ['a', 'b'])
})

test('a row says in words where its wires go', () => {
  const { boxes } = draw(calculator(), [], new Set())
  const goes = (id: string, side: 'left' | 'right') =>
    box(boxes, id)[side].map((row) => (row.kind === 'port' ? row.goes : undefined))
  assert.deepEqual(goes('adder', 'right'), ['add of calculator'])
  assert.deepEqual(goes('calculator', 'left'), ['add of adder', undefined])
  assert.deepEqual(goes('calculator', 'right'), ["the composition's export wasi:cli/run"])
})

test('wires run between rows, and to what the composition exports', () => {
  const { boxes, wires } = draw(calculator(), [], new Set())
  assert.deepEqual(
    wires.map(({ kind, fromBox, toBox }) => `${kind} ${fromBox} ${toBox}`),
    ['wire adder calculator', `export calculator ${EXPORTS_BOX}`],
  )
  for (const { fromBox, fromKey, toBox, toKey } of wires) {
    assert.ok(box(boxes, fromBox).right.some(({ key }) => key === fromKey))
    assert.ok(box(boxes, toBox).left.some(({ key }) => key === toKey))
  }
})

test('imports left open other than of WASI are wired to the frame for everybody who wants them', () => {
  const { boxes, wires } = draw(
    graph([instance('one', { log: 'open' }, {}), instance('two', { log: 'open' }, {})], [], {
      open: [
        {
          name: 'log',
          type: 'func()',
          isWasi: false,
          wantedBy: [importOf('one', 'log'), importOf('two', 'log')],
        },
      ],
    }),
    [],
    new Set(),
  )
  assert.deepEqual(texts(box(boxes, IMPORTS_BOX).right), ['log'])
  assert.deepEqual(
    wires.map(({ kind, toBox }) => `${kind} ${toBox}`),
    ['open one', 'open two'],
  )
  assert.equal(new Set(wires.map(({ id }) => id)).size, 2)
})

test('a collapsed group shows only the ends whose wires cross its border', () => {
  const chain = graph(
    [
      instance('a', {}, { x: 'wired', unused: 'free' }),
      instance('b', { x: 'wired' }, { y: 'wired' }),
      instance('c', { y: 'wired' }, { z: 'wired' }),
      instance('d', { z: 'wired' }, {}, { problem: 'broken' }),
    ],
    ['a.x -> b.x', 'b.y -> c.y', 'c.z -> d.z'],
  )
  const group: Group = { id: 'g', name: 'Middle', blocks: ['b', 'c', 'gone'], isCollapsed: true }
  const { boxes, wires } = draw(chain, [group], new Set())
  const collapsed = box(boxes, '@group/g')
  assert.equal(collapsed.subtitle, 'group of 2')
  assert.deepEqual(collapsed.blocks, ['b', 'c'])
  assert.deepEqual(
    collapsed.left.map(({ key }) => key),
    [endKey(importOf('b', 'x'))],
  )
  assert.deepEqual(
    collapsed.right.map(({ key }) => key),
    [endKey(exportOf('c', 'z'))],
  )
  assert.deepEqual(
    wires.map(({ fromBox, toBox }) => `${fromBox} ${toBox}`),
    ['a @group/g', '@group/g d'],
  )
  assert.equal(collapsed.problem, undefined)
  const withBroken = draw(chain, [{ ...group, blocks: ['c', 'd'] }], new Set())
  assert.equal(box(withBroken.boxes, '@group/g').problem, 'd: broken')
})

test('a whole instance that is wired out of a group has a row there', () => {
  const { boxes, wires } = draw(
    graph([instance('a', {}, {}), instance('b', { whole: 'wired' }, {})], ['a -> b.whole']),
    [{ id: 'g', name: 'G', blocks: ['a'], isCollapsed: true }],
    new Set(),
  )
  assert.deepEqual(texts(box(boxes, '@group/g').right), ['a'])
  assert.equal(wires[0]?.fromKey, box(boxes, '@group/g').right[0]?.key)
})

test('groups whose blocks are all gone, and empty texts, draw nothing', () => {
  const { boxes } = draw(
    graph([instance('a', {}, {})]),
    [{ id: 'g', name: 'G', blocks: ['gone'], isCollapsed: true }],
    new Set(),
  )
  assert.deepEqual(
    boxes.map(({ id }) => id),
    ['a', EXPORTS_BOX],
  )
  assert.deepEqual(draw(graph([]), [], new Set()), { boxes: [], wires: [] })
})
