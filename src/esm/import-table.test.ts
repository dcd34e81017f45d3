import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { absolute, lookUp } from './import-table.ts'

describe('a table of imports', () => {
  const entries = {
    'a:b/c': './unversioned',
    'a:b/d@1.2.0': './lower',
    'a:b/d@1.3.0': './higher',
    'a:b/d@2.0.0': './other',
    'a:*': './package',
    'a:b/*': './longer',
    log: './log',
  }

  const cases: readonly [string, string | undefined][] = [
    ['a:b/d@1.2.0', './lower'],
    ['a:b/d@1.1.0', './higher'],
    ['a:b/d@2.5.0', './other'],
    ['a:b/d@3.0.0', './longer'],
    ['a:b/c', './unversioned'],
    ['a:b/c@0.1.0', './unversioned'],
    ['a:b/e', './longer'],
    ['a:x/e@1.0.0', './package'],
    ['log', './log'],
    ['b:b/c', undefined],
    ['toString', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
  ]
  for (const [name, expected] of cases)
    test(`${name} is ${expected}`, () => assert.equal(lookUp(entries, [name]), expected))

  test('the first of several names counts', () => {
    assert.equal(lookUp(entries, ['nothing', 'log', 'a:b/c']), './log')
  })

  test('an entry for all is one for all', () => {
    assert.equal(lookUp({ '*': './all' }, ['whatever']), './all')
  })
})

describe('a specifier of a table', () => {
  const base = 'file:///app/deep/package.json'
  for (const [specifier, expected] of [
    ['./x.wasm', 'file:///app/deep/x.wasm'],
    ['../x.wasm', 'file:///app/x.wasm'],
    ['/x.wasm', 'file:///x.wasm'],
    ['package', 'package'],
    ['@scope/package/x.wasm', '@scope/package/x.wasm'],
    ['#alias', '#alias'],
    ['node:fs', 'node:fs'],
    ['.hidden', '.hidden'],
  ] as const)
    test(`${specifier} is ${expected}`, () => assert.equal(absolute(specifier, base), expected))
})
