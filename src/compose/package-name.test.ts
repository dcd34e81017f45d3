import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { Composition } from './composition.ts'
import { packageNameFor } from './package-name.ts'

const item: ExternType = { kind: 'instance', exports: new Map() }

function exporting(...names: string[]): ComponentType {
  return { kind: 'component', imports: new Map(), exports: new Map(names.map((name) => [name, item])) }
}

const cases: readonly [title: string, given: Parameters<typeof packageNameFor>[0], name: string][] = [
  ['a plain file', { file: 'adder.wasm' }, 'local:adder'],
  ['a path', { file: 'C:\\work\\build/My_Adder.component.wasm' }, 'local:my-adder'],
  ['an address', { file: 'https://example.org/a/adder.wasm?v=2#x' }, 'local:adder'],
  ['a number first', { file: '2nd.wasm' }, 'local:component-2nd'],
  ['nothing', { file: '' }, 'local:component'],
  ['no letters', { file: '日本.wasm' }, 'local:component'],
  ['a long name', { file: `${'a'.repeat(100_000)}.wasm` }, `local:${'a'.repeat(60)}`],
  [
    'the namespace of its exports',
    { file: 'fast.wasm', type: exporting('docs:adder/add@0.1.0') },
    'docs:fast',
  ],
  ['the package of its exports', { file: 'component.wasm', type: exporting('docs:adder/add') }, 'docs:adder'],
  ['WASI is nobody’s own', { file: 'tool.wasm', type: exporting('wasi:cli/run@0.2.0') }, 'local:tool'],
  ['several packages', { file: 'x.wasm', type: exporting('a:b/c', 'd:e/f') }, 'local:x'],
  ['what it says itself', { file: 'x.wasm', ownName: 'docs:own@1.0.0' }, 'docs:own'],
  ['what it says, if that is a word', { file: 'main.wasm', ownName: 'My tool' }, 'local:my-tool'],
  ['what it says, if that is no name', { file: 'x.wasm', ownName: '<script>:x' }, 'local:x'],
]

for (const [title, given, name] of cases) {
  test(`a package is named by ${title}`, () => {
    assert.equal(packageNameFor(given), name)
    new Composition().add(name, exporting())
  })
}

test('names that are taken get numbers', () => {
  const taken = new Set(['local:adder'])
  assert.equal(packageNameFor({ file: 'adder.wasm' }, taken), 'local:adder-2')
  assert.equal(packageNameFor({ file: 'adder.wasm' }, taken), 'local:adder-3')
})
