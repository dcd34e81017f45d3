import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileName, packagePaths } from './file-names.ts'

test('file names are of one part that every file system takes', () => {
  const table: readonly (readonly [string, string])[] = [
    ['docs:calculator@1.0.0', 'calculator.wasm'],
    ['', 'composition.wasm'],
    ['a:../../etc', 'etc.wasm'],
    ['a:..', 'composition.wasm'],
    ['a:con', 'composition-con.wasm'],
    [`a:${'x'.repeat(100_000)}`, `${'x'.repeat(100)}.wasm`],
  ]
  for (const [name, file] of table) assert.equal(fileName(name, '.wasm'), file)
})

test('packages lie where `tenon compose` looks for them', () => {
  assert.deepEqual(
    [...packagePaths(['docs:adder@0.1.0', 'docs:adder@1.0.0-rc.1', '..:a/../b'])],
    [
      ['docs:adder@0.1.0', 'deps/docs/adder.wasm'],
      ['docs:adder@1.0.0-rc.1', 'deps/docs/adder/1.0.0-rc.1.wasm'],
      ['..:a/../b', 'deps/_/a_.._b.wasm'],
    ],
  )
})
