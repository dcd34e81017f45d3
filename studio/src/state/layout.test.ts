import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block } from '../contract/graph.ts'
import type { Layout } from '../contract/studio.ts'
import {
  addGroup,
  changeGroup,
  emptyLayout,
  layoutOf,
  moveBlocks,
  newGroup,
  renameBlocks,
  renamesBetween,
} from './layout.ts'

const a = { x: 1, y: 1 }
const b = { x: 2, y: 2 }
const layout: Layout = {
  positions: { a, b },
  groups: [{ id: 'group-1', name: 'Pair', blocks: ['a', 'b'], isCollapsed: false }],
}

test('positions and groups follow a block to its new name', () => {
  const renamed = renameBlocks(layout, [{ from: 'a', to: 'adder' }])
  assert.deepEqual(renamed.positions, { b, adder: a })
  assert.deepEqual(renamed.groups[0]!.blocks, ['adder', 'b'])
})

test('names can be swapped', () => {
  const swapped = renameBlocks(layout, [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ])
  assert.deepEqual(swapped.positions, { a: b, b: a })
  assert.deepEqual(swapped.groups[0]!.blocks, ['b', 'a'])
})

test('a name that was another block’s takes no position from it', () => {
  assert.deepEqual(renameBlocks(layout, [{ from: 'c', to: 'b' }]).positions, { a })
})

function block(id: string, of: string): Block {
  const place = { start: 0, end: 0 }
  return {
    id,
    kind: 'instance',
    name: id,
    package: of,
    imports: [],
    exports: [],
    place,
    statement: place,
    problem: undefined,
  }
}

test('blocks that were renamed in the text are found by their package', () => {
  const before = [block('a', 'x:y'), block('b', 'x:z'), block('c', 'x:y')]
  const after = [block('a', 'x:y'), block('bee', 'x:z'), block('sea', 'x:y'), block('new', 'x:y')]
  assert.deepEqual(renamesBetween(before, after), [
    { from: 'b', to: 'bee' },
    { from: 'c', to: 'sea' },
  ])
})

test('another package under another name is another block', () => {
  assert.deepEqual(renamesBetween([block('a', 'x:y')], [block('b', 'x:z')]), [])
})

test('what does not move changes nothing', () => {
  assert.equal(moveBlocks(layout, { a: { ...a } }), layout)
  assert.deepEqual(moveBlocks(layout, { a: b, c: a }).positions, { a: b, b, c: a })
})

test('a block is in one group only, and empty groups go', () => {
  const first = addGroup(emptyLayout, newGroup(emptyLayout, ['a', 'b'], ''))
  assert.equal(first.groups[0]!.name, 'Group 1')
  const second = addGroup(first, newGroup(first, ['b'], 'Other'))
  assert.deepEqual(
    second.groups.map(({ id, blocks }) => [id, ...blocks]),
    [
      ['group-1', 'a'],
      ['group-2', 'b'],
    ],
  )
  const third = changeGroup(second, 'group-2', { blocks: ['a', 'b'] })
  assert.deepEqual(
    third.groups.map(({ id }) => id),
    ['group-2'],
  )
})

test('only what belongs to blocks that there are is kept', () => {
  assert.deepEqual(layoutOf(moveBlocks(layout, { z: a }), [block('b', 'x:y')]), {
    positions: { b },
    groups: [{ id: 'group-1', name: 'Pair', blocks: ['b'], isCollapsed: false }],
  })
})
