import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block, Graph } from '../contract/graph.ts'
import { blockAt, definitionOf, nameAt } from './names-in-text.ts'

const text =
  'package a:b;\nlet adder = new a:adder {};\nlet %use = new a:sum { add: adder.add, log: new a:log {} };\n'

test('the name at an offset, also at its end', () => {
  const start = text.indexOf('adder.add')
  assert.deepEqual(nameAt(text, start + 2), { name: 'adder', start, end: start + 5 })
  assert.deepEqual(nameAt(text, start + 5), { name: 'adder', start, end: start + 5 })
  assert.equal(nameAt(text, text.indexOf(' = ') + 2), undefined)
  assert.equal(nameAt('', 0), undefined)
  assert.equal(nameAt(text, text.indexOf('%use') + 1)?.name, 'use')
})

test('where a name is made', () => {
  assert.equal(definitionOf(text, 'adder')?.start, text.indexOf('adder ='))
  assert.equal(definitionOf(text, 'use')?.start, text.indexOf('%use'))
  assert.equal(definitionOf(text, 'add'), undefined)
})

function block(id: string, statement: string, place: string): Block {
  const range = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length })
  const common = {
    kind: 'instance',
    name: id,
    package: id,
    imports: [],
    exports: [],
    problem: undefined,
  } as const
  return { ...common, id, statement: range(statement), place: range(place) }
}

const second = text.slice(text.indexOf('let %use'), text.indexOf('};\n', text.indexOf('let %use')) + 2)
const graph: Graph = {
  blocks: [
    block('adder', 'let adder = new a:adder {};', 'new a:adder {}'),
    block('use', second, second.slice(second.indexOf('new'), -1)),
    block('a:log#1', second, 'new a:log {}'),
  ],
  wires: [],
  exports: [],
  open: [],
}

test('the cursor is in a block, of nested ones in the inner', () => {
  assert.equal(blockAt(graph, text.indexOf('let adder') + 1)?.id, 'adder')
  assert.equal(blockAt(graph, text.indexOf('add: adder'))?.id, 'use')
  assert.equal(blockAt(graph, text.indexOf('a:log'))?.id, 'a:log#1')
  assert.equal(blockAt(graph, 3), undefined)
})
