import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Block, Graph } from '../contract/graph.ts'
import type { PackageSummary } from '../contract/workshop.ts'
import { commandPorts, runText } from './run-target.ts'

const block = (id: string, name: string | undefined): Block => ({
  id,
  kind: name === undefined ? 'import' : 'instance',
  name: id,
  package: name,
  imports: [],
  exports: [],
  place: { start: 0, end: 0 },
  statement: { start: 0, end: 0 },
  problem: undefined,
})

const summary = (name: string, hash: string, isCommand = false): PackageSummary => ({
  name,
  hash,
  size: 1,
  imports: [],
  exports: [],
  isCommand,
})

const text = 'package docs:app;\nlet a = new docs:adder@0.1.0 { ... };\nexport a...;\n'
const packages = [summary('docs:adder@0.1.0', 'aa'), summary('docs:calculator', 'bb', true)]
const graph: Graph = {
  blocks: [block('a', 'docs:adder@0.1.0'), block('c', 'docs:calculator'), block('i', undefined)],
  wires: [],
  exports: [],
  open: [],
}

suite('what is run', () => {
  test('the composition, with the packages that its text names', () => {
    const found = runText(undefined, { text, graph, packages })
    assert.equal(found.text, text)
    assert.deepEqual(found.packages, ['docs:adder@0.1.0'])
    assert.equal(found.isCommand, false)
  })

  test('a composition that exports run is a command, and one that exports runner is none', () => {
    const from = { block: 'a', side: 'export', port: undefined } as const
    const exporting = (name: string) => ({
      text,
      packages,
      graph: { ...graph, exports: [{ name, from, type: '', place: { start: 0, end: 0 } }] },
    })
    assert.equal(runText(undefined, exporting('wasi:cli/run@0.2.3')).isCommand, true)
    assert.equal(runText(undefined, exporting('wasi:cli/runner')).isCommand, false)
  })

  test('one block alone', () => {
    const found = runText('c', { text, graph, packages })
    assert.match(found.text, /let it = new docs:calculator \{ \.\.\. \};\nexport it\.\.\.;/)
    assert.deepEqual(found.packages, ['docs:calculator'])
    assert.equal(found.isCommand, true)
  })

  test('a block that is gone, or an import, stands for the composition', () => {
    for (const id of ['gone', 'i']) assert.equal(runText(id, { text, graph, packages }).text, text)
  })

  test('commands that could be exported', () => {
    const port = (name: string, state: 'free' | 'wired') => ({
      name,
      state,
      label: 'run',
      kind: 'instance' as const,
      type: '',
    })
    const with2 = {
      ...block('c', 'docs:calculator'),
      exports: [port('wasi:cli/run@0.2.3', 'free'), port('docs:x/y', 'free')],
    }
    const used = { ...block('d', 'docs:calculator'), exports: [port('wasi:cli/run@0.2.3', 'wired')] }
    assert.deepEqual(commandPorts({ ...graph, blocks: [with2, used] }), [
      { block: 'c', side: 'export', port: 'wasi:cli/run@0.2.3' },
    ])
  })

  test('another fingerprint for another text or another package, and for nothing else', () => {
    const print = (sources: Partial<Parameters<typeof runText>[1]>) =>
      runText(undefined, { text, graph, packages, ...sources }).fingerprint
    assert.equal(print({}), print({ packages: [packages[0]!, summary('docs:calculator', 'cc')] }))
    assert.notEqual(print({}), print({ packages: [summary('docs:adder@0.1.0', 'ab')] }))
    assert.notEqual(print({}), print({ text: `${text}\n` }))
  })
})
