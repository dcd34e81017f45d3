import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block, Graph, Wire } from '../contract/graph.ts'
import { goodWires, lostWires, misfits } from './misfits.ts'

function block(id: string, packageName: string | undefined): Block {
  const place = { start: 0, end: 0 }
  const kind = packageName === undefined ? 'import' : 'instance'
  return {
    id,
    kind,
    name: id,
    package: packageName,
    imports: [],
    exports: [],
    place,
    statement: place,
    problem: undefined,
  }
}

function wire(id: string, from: string, to: string, problem?: string): Wire {
  return {
    id,
    from: { block: from, side: 'export', port: 'x' },
    to: { block: to, side: 'import', port: 'x' },
    place: undefined,
    problem,
  }
}

test('only wires that do not fit, and only those of blocks of the package, whichever end that is', () => {
  const graph: Graph = {
    blocks: [
      block('a', 'x:a'),
      block('a2', 'x:a'),
      block('b', 'x:b'),
      block('c', 'x:c'),
      block('i', undefined),
    ],
    wires: [
      wire('1', 'a', 'b'),
      wire('2', 'a', 'c', 'differs'),
      wire('3', 'b', 'a2', 'differs'),
      wire('4', 'b', 'c', 'differs'),
      wire('5', 'i', 'b', 'differs'),
    ],
    exports: [],
    open: [],
  }
  const ids = (name: string) => misfits(graph, name).map(({ id }) => id)
  assert.deepEqual(ids('x:a'), ['2', '3'])
  assert.deepEqual(ids('x:b'), ['3', '4', '5'])
  assert.deepEqual(ids('x:d'), [])
})

test('a wire is lost where nothing leads to its import any more, and both blocks are still there', () => {
  const blocks = [block('a', 'x:a'), block('b', 'x:b'), block('c', 'x:c')]
  const before: Graph = {
    blocks,
    wires: [wire('1', 'a', 'b'), wire('2', 'a', 'c'), wire('3', 'b', 'c', 'differs')],
    exports: [],
    open: [],
  }
  const good = goodWires(before, 'x:a')
  assert.deepEqual(
    good.map(({ id }) => id),
    ['1', '2'],
  )
  const lost = (graph: Graph) => lostWires(good, graph).map(({ id }) => id)
  assert.deepEqual(lost(before), [])
  // One does not fit, which is said elsewhere; the other is gone.
  assert.deepEqual(lost({ ...before, wires: [wire('1', 'a', 'b', 'differs')] }), ['2'])
  assert.deepEqual(lost({ ...before, wires: [], blocks: blocks.slice(0, 2) }), ['1'])
})
