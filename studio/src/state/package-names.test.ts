import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameAskedFor, packagesUsed, renameInText, usesPackage } from './package-names.ts'

const text = `// like docs:adder
package my:sum;

let adder = new docs:adder@1.2.0 {};
/* docs:adder too */
let sum = new docs:%import { "docs:adder/add": adder.add, ... };
export sum.run;
`

test('packages are found outside of comments and strings, the document’s own name aside', () => {
  assert.deepEqual(packagesUsed(text), ['docs:adder@1.2.0', 'docs:import'])
})

test('a package is used with and without its version', () => {
  assert.equal(usesPackage('let a = new a:b {};', 'a:b@1.0.0'), true)
  assert.equal(usesPackage('let a = new a:b@2.0.0 {};', 'a:b@1.0.0'), false)
})

test('a package is renamed where it is used, and nowhere else', () => {
  const renamed = renameInText(text, 'docs:adder@1.2.0', 'my:other')
  assert.equal(renamed, text.replace('new docs:adder@1.2.0', 'new my:other'))
  assert.equal(renameInText(text, 'docs:import', 'a:b'), text.replace('docs:%import', 'a:b'))
  assert.equal(renameInText(text, 'my:sum', 'a:b'), text)
})

test('a file is asked for by the end of a package’s name', () => {
  const asking = 'package a:b; let x = new docs:interfaced-adder {};'
  assert.equal(nameAskedFor(asking, 'deps/interfaced_adder.wasm', []), 'docs:interfaced-adder')
  assert.equal(nameAskedFor(asking, 'interfaced-adder.wasm', ['docs:interfaced-adder']), undefined)
  assert.equal(nameAskedFor(asking, 'adder.wasm', []), undefined)
})
