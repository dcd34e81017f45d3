import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compositionFolder } from './composition-folder.ts'
import { packagePaths } from './file-names.ts'

const packages = new Map([
  ['docs:adder@0.1.0', new Uint8Array([0, 1]).buffer],
  ['docs:calculator', new Uint8Array([2]).buffer],
])

test('the texts are named like the composition, the components as the texts name them', () => {
  const files = compositionFolder(
    'sum',
    'package my:sum;\n',
    '// é\n',
    packages,
    packagePaths([...packages.keys()]),
  )
  assert.deepEqual(
    files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('hex')]),
    [
      ['sum/sum.wac', Buffer.from('package my:sum;\n').toString('hex')],
      ['sum/sum.ts', Buffer.from('// é\n').toString('hex')],
      ['sum/deps/docs/adder.wasm', '0001'],
      ['sum/deps/docs/calculator.wasm', '02'],
    ],
  )
})

test('there may be no program', () => {
  assert.deepEqual(
    compositionFolder('x', '', undefined, new Map(), new Map()).map(({ path }) => path),
    ['x/x.wac'],
  )
})
