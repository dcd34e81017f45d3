import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copyBlocks, pasteBlocks } from './copy-blocks.ts'
import { graph, instance } from './graph-builder.ts'

const drawn = graph(
  [
    instance('log', {}, { l: 'wired' }),
    instance('a', { l: 'wired' }, { x: 'wired' }),
    instance('b', { x: 'wired', l: 'wired' }, {}),
    instance('named', {}, {}, { kind: 'import', package: undefined }),
  ],
  ['log.l -> a.l', 'a.x -> b.x', 'log.l -> b.l'],
)
const positions = { a: { x: 10, y: 20 }, b: { x: 30, y: 40 } }

test('copies are wired to copies, and else to what their models are wired to', () => {
  const copied = copyBlocks(drawn, positions, ['a', 'b', 'named'])
  const { edits, places, names } = pasteBlocks(drawn, copied, { x: 5, y: 5 })
  assert.deepEqual(names, ['a-2', 'b-2'])
  assert.deepEqual(places, [
    { x: 15, y: 25 },
    { x: 35, y: 45 },
  ])
  assert.deepEqual(
    edits.map((edit) =>
      edit.kind === 'instantiate'
        ? `${edit.name} = new ${edit.package}`
        : edit.kind === 'connect' && `${edit.from.block} -> ${edit.to.block}.${edit.to.port}`,
    ),
    ['a-2 = new test:a', 'b-2 = new test:b', 'log -> a-2.l', 'a-2 -> b-2.x', 'log -> b-2.l'],
  )
})

test('what a copy was wired to may be gone by then', () => {
  const copied = copyBlocks(drawn, positions, ['a'])
  const { edits, names } = pasteBlocks(graph([]), copied, { x: 0, y: 0 })
  assert.deepEqual(names, ['a'])
  assert.deepEqual(
    edits.map(({ kind }) => kind),
    ['instantiate'],
  )
})

test('copies of two blocks of one name get two names', () => {
  const two = graph([instance('x-1', {}, {}), instance('x-2', {}, {})])
  const { names } = pasteBlocks(two, copyBlocks(two, {}, ['x-1', 'x-2']), { x: 0, y: 0 })
  assert.deepEqual(names, ['x', 'x-3'])
})
