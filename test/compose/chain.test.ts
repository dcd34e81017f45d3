/** Many components in a row, each of which calls the next. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { Composition } from '../../src/compose/composition.ts'
import type { NodeId } from '../../src/compose/composition-node.ts'
import { encodeComposition } from '../../src/compose/encode-composition.ts'
import { plug } from '../../src/compose/plug.ts'
import { Component, hostFunction } from '../../src/index.ts'
import { wasi } from '../../src/wasi/index.ts'

const adder = readFileSync('examples/interfaced-adder/rust/interfaced-adder.wasm')
/** Leaves the work to the adder that it imports, and adds 1. */
const layer = readFileSync('bench/guests/layer/layer.wasm')
const add = 'tenon-examples:interfaced-adder/add'

/** So many layers, the first on top of `bottom`, or of what it imports. */
function pile(graph: Composition, names: readonly string[], bottom?: NodeId): Composition {
  let [composition, below] = [graph, bottom]
  for (const name of names) {
    if (below !== undefined) [composition, below] = composition.alias(below, add)
    const args: Record<string, NodeId> = below === undefined ? {} : { [add]: below }
    ;[composition, below] = composition.instantiate(name, args)
  }
  const [aliased, top] = composition.alias(below!, add)
  return aliased.export(top, add)
}

suite('a chain', () => {
  test('of 200 Rust adders is built in less than 2 s, and adds', async () => {
    const start = performance.now()
    const [graph, bottom] = new Composition().add('a:adder', adder).instantiate('a:adder')
    const names = Array.from({ length: 199 }, (_, index) => `a:layer-${index}`)
    // Each a component of its own, as if they were 200 files.
    const composed = pile(
      names.reduce((each, name) => each.add(name, layer), graph),
      names,
      bottom,
    )
    const bytes = encodeComposition(composed)
    const milliseconds = performance.now() - start
    assert.ok(bytes.length > 199 * layer.length)
    const { exports } = await (await Component.fromBytes(bytes)).instantiate(wasi())
    assert.equal(exports[add].add(1, 2), 3 + 199)
    assert.ok(milliseconds < 2000, `it took ${milliseconds} ms`)
  })

  test('of 100 layers of one component is one stack of wasm, without a JavaScript frame between', async () => {
    const names = Array<string>(100).fill('a:layer')
    const bytes = encodeComposition(pile(new Composition().add('a:layer', layer), names))
    let lines: readonly string[] = []
    const ask = hostFunction({ blocks: false }, (a: number, b: number) => {
      const limit = Error.stackTraceLimit
      Error.stackTraceLimit = 1000
      lines = new Error('here').stack!.split('\n').slice(1)
      Error.stackTraceLimit = limit
      return a + b
    })
    const instance = await (await Component.fromBytes(bytes)).instantiate({ ...wasi(), [add]: { add: ask } })
    assert.equal(instance.exports[add].add(1, 2), 103)
    const isWasm = lines.map((line) => line.includes('wasm://'))
    const inside = isWasm.slice(isWasm.indexOf(true), isWasm.lastIndexOf(true) + 1)
    // Each layer, and an adapter between each two at least.
    assert.ok(inside.length >= 199, `${inside.length} frames`)
    assert.ok(inside.every(Boolean))
  })

  test('of plugs that export what they import', async () => {
    const plugs = [
      { name: 'a:first', component: layer },
      { name: 'a:second', component: layer },
      { name: 'a:adder', component: adder },
    ]
    const { composition, connections } = plug({ name: 'a:socket', component: layer }, plugs)
    assert.deepEqual(
      connections.map(({ from, to }) => `${from} → ${to}`),
      ['a:adder → a:second', 'a:second → a:first', 'a:first → a:socket'],
    )
    const { exports } = await (await Component.fromBytes(encodeComposition(composition))).instantiate(wasi())
    assert.equal(exports[add].add(1, 2), 6)
  })
})
