import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../../test/support/assemble.ts'
import { transpile } from './transpile.ts'

const adder = `(component $adder
  (core module $m (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" s32) (param "b" s32) (result s32) (canon lift (core func $i "add"))))`

test('files are named after the component', async () => {
  const bytes = await assemble(adder)
  assert.deepEqual([...transpile(bytes).files.keys()], ['adder.js', 'adder.d.ts', 'adder.core.wasm'])
  assert.deepEqual(
    [...transpile(bytes, { name: 'sum' }).files.keys()],
    ['sum.js', 'sum.d.ts', 'sum.core.wasm'],
  )
})

test('the same component gives the same files', async () => {
  const bytes = await assemble(adder)
  assert.deepEqual(transpile(bytes), transpile(bytes))
})

test('a component that is not valid is refused', async () => {
  const bytes = await assemble(
    '(component (import "f" (func $f)) (export "g" (func $f) (func (param "x" u8))))',
  )
  assert.throws(() => transpile(bytes), { name: 'ValidationError' })
})
