import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentName, fileName, packagePath } from './file-names.ts'

test('the name of a document stands in its first statement', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['package docs:calculator;\n', 'docs:calculator'],
    ['// package a:b;\n/* package c:d; */ package docs:calc@1.0.0 targets x:y/z;', 'docs:calc@1.0.0'],
    ['package %use:%let;', 'use:let'],
    ['let x = new a:b { ... };', undefined],
    ['', undefined],
  ]
  for (const [text, name] of table) assert.equal(documentName(text), name)
})

test('file names are of one part that every file system takes', () => {
  const table: readonly (readonly [string | undefined, string])[] = [
    ['docs:calculator@1.0.0', 'calculator.wasm'],
    [undefined, 'composition.wasm'],
    ['a:../../etc', 'etc.wasm'],
    ['a:..', 'composition.wasm'],
    ['a:con', 'composition-con.wasm'],
    [`a:${'x'.repeat(100_000)}`, `${'x'.repeat(100)}.wasm`],
  ]
  for (const [name, file] of table) assert.equal(fileName(name, '.wasm'), file)
})

test('packages lie where `tenon compose` looks for them', () => {
  assert.equal(packagePath('docs:adder@0.1.0'), 'deps/docs/adder.wasm')
  assert.equal(packagePath('..:a/../b'), 'deps/__/a____b.wasm')
})
