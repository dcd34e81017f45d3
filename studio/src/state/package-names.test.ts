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

function packages(...names: readonly string[]): ReadonlyMap<string, unknown> {
  return new Map(names.map((name) => [name, undefined]))
}

test('a package is renamed where it is used, and nowhere else', () => {
  const all = packages('docs:adder@1.2.0', 'docs:import', 'my:sum')
  const renamed = renameInText(text, 'docs:adder@1.2.0', 'my:other', all)
  assert.equal(renamed, text.replace('new docs:adder@1.2.0', 'new my:other'))
  assert.equal(renameInText(text, 'docs:import', 'a:b', all), text.replace('docs:%import', 'a:b'))
  assert.equal(renameInText(text, 'my:sum', 'a:b', all), text)
})

test('a package is renamed where it is meant without its version, or with one that it has not, and where something in it is named', () => {
  const uses = `package my:sum;
import log: docs:log/lines@2.0.0;
import sum: docs:adder/add;
let a = new docs:adder { "docs:adder/add": sum, ... };
let b = new docs:log@2.0.0 {};
`
  const all = packages('docs:adder@1.2.0', 'docs:log')
  assert.equal(
    renameInText(uses, 'docs:adder@1.2.0', 'my:other@3.0.0', all),
    uses
      .replace('sum: docs:adder/add', 'sum: my:other/add@3.0.0')
      .replace('new docs:adder', 'new my:other@3.0.0'),
  )
  assert.equal(
    renameInText(uses, 'docs:log', 'my:log', all),
    uses.replace('docs:log/lines@2.0.0', 'my:log/lines').replace('docs:log@2.0.0', 'my:log'),
  )
  // Of two versions a name without one means neither.
  const two = packages('docs:adder@1.2.0', 'docs:adder@2.0.0', 'docs:log')
  assert.equal(renameInText(uses, 'docs:adder@1.2.0', 'my:other', two), uses)
})

test('a file is asked for by the end of a package’s name', () => {
  const asking = 'package a:b; let x = new docs:interfaced-adder {};'
  assert.equal(nameAskedFor(asking, 'deps/interfaced_adder.wasm', []), 'docs:interfaced-adder')
  assert.equal(nameAskedFor(asking, 'interfaced-adder.wasm', ['docs:interfaced-adder']), undefined)
  assert.equal(nameAskedFor(asking, 'adder.wasm', []), undefined)
})
