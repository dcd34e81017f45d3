import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ImportGraph } from './import-graph.ts'

describe('which components import which', () => {
  test('a circle is refused by the one that closes it', () => {
    const graph = new ImportGraph()
    graph.add('a', ['b', 'c'])
    graph.add('b', ['d'])
    graph.add('c', ['d'])
    assert.throws(() => graph.add('d', ['e', 'a']), { code: 'link', message: /: d → a → b → d$/ })
    assert.deepEqual(graph.circleThrough('a'), ['a', 'b', 'd', 'a'])
    assert.equal(graph.circleThrough('e'), undefined)
  })

  test('one that imports itself is one', () => {
    assert.throws(() => new ImportGraph().add('a', ['a']), { message: /: a → a$/ })
  })

  test('a component that changes may open a circle again', () => {
    const graph = new ImportGraph()
    graph.add('a', ['b'])
    assert.throws(() => graph.add('b', ['a']))
    graph.add('b', [])
    assert.equal(graph.circleThrough('a'), undefined)
  })

  test('a circle that others lead to is not theirs', () => {
    const graph = new ImportGraph()
    graph.add('a', ['b'])
    assert.throws(() => graph.add('b', ['b']))
    assert.equal(graph.circleThrough('a'), undefined)
  })
})
