/** Runs the programs of `docs/composing.md`. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Composition } from '../../src/compose/composition.ts'
import { encodeComposition } from '../../src/compose/encode-composition.ts'
import { editWac, newDocument, type PackageFinder, resolveWac } from '../../src/compose/index.ts'
import { Component, Linker } from '../../src/index.ts'
import { LiveComposition } from '../../src/live/index.ts'
import { wasi } from '../../src/wasi/index.ts'

const page = readFileSync('docs/composing.md', 'utf8')
const adder = readFileSync('examples/interfaced-adder/rust/interfaced-adder.wasm')

/** What is below a heading as a function that returns one of its variables. */
function program(heading: string, given: readonly string[], result: string): (...args: unknown[]) => unknown {
  const [, section] = page.split(`# ${heading}\n`)
  const [, text] = /```js\n([\s\S]*?)```/.exec(section!)!
  return new Function(...given, `return (async () => { ${text}; return ${result} })()`) as () => unknown
}

test('a value', async () => {
  const run = program(
    'From programs: a value',
    ['Composition', 'encodeComposition', 'adder', 'calculator'],
    'component',
  )
  const calculator = readFileSync('examples/calculator/rust/calculator.wasm')
  const bytes = (await run(Composition, encodeComposition, adder, calculator)) as Uint8Array
  const stdout: Uint8Array[] = []
  assert.equal(await new Linker().define(wasi({ stdout })).run(Component.fromBytes(bytes)), 0)
  assert.equal(Buffer.concat(stdout).toString(), 'result: 3\n')
})

test('a text that is edited', async () => {
  const run = program('Texts as graphs', ['newDocument', 'editWac', 'finder'], 'text')
  const calculator = readFileSync('examples/calculator/rust/calculator.wasm')
  const component = (name: string): Uint8Array => (name.endsWith('adder') ? adder : calculator)
  const finder: PackageFinder = { find: (name) => ({ kind: 'component', component: component(name) }) }
  const text = (await run(newDocument, editWac, finder)) as string
  const [, section] = page.split('# Texts as graphs\n')
  assert.equal(text, /```wac\n([\s\S]*?)```/.exec(section!)![1])
  const bytes = encodeComposition(resolveWac({ name: 'app.wac', text }, finder).composition)
  const stdout: Uint8Array[] = []
  assert.equal(await new Linker().define(wasi({ stdout })).run(Component.fromBytes(bytes)), 0)
  assert.equal(Buffer.concat(stdout).toString(), 'result: 3\n')
})

test('at run time', async () => {
  const given = ['LiveComposition', 'graph', 'wasi', 'adder', 'better']
  const run = program('At run time, and parts that are exchanged', given, '{ live, ended }')
  const name = 'tenon-examples:interfaced-adder/add'
  const [made, part] = new Composition().add('my:adder', adder).instantiate('my:adder')
  const [graph, add] = made.alias(part, name)
  const { live, ended } = (await run(LiveComposition, graph.export(add, name), wasi, part, adder)) as {
    live: LiveComposition
    ended: Promise<void>
  }
  await ended
  assert.equal(live.exports[name].add(3, 4), 7)
})
