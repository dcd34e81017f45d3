import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { ExportedFunctionTypes } from './exported-function-type.ts'

const module = await assemble(`(module
  (type $plain (func (param i32) (result i64)))
  (rec (type $node (struct (field (ref null $node)))) (type $grouped (func (param f32))))
  (type $open (sub (func)))
  (type $closed (sub final $open (func)))
  (import "" "memory" (memory 1))
  (import "" "imported" (func $imported (type $grouped)))
  (func (export "plain") (type $plain) i64.const 0)
  (func (export "grouped") (type $grouped))
  (func (export "grouped-too") (type $grouped))
  (func (export "open") (type $open))
  (func (export "closed") (type $closed))
  (export "imported" (func $imported))
  (export "memory" (memory 0)))`)

test('the types of exported functions come with all that is defined before them', () => {
  const types = new ExportedFunctionTypes(module)
  const rows = ['plain', 'grouped', 'open', 'closed', 'imported'].map((name) => {
    const { groups, count, index, parameters, results, plain } = types.of(name)!
    return [name, groups.length, count, index, parameters.join(), results.join(), plain]
  })
  assert.deepEqual(rows, [
    ['plain', 1, 1, 0, 'i32', 'i64', true],
    ['grouped', 2, 3, 2, 'f32', '', false],
    ['open', 3, 4, 3, '', '', false],
    ['closed', 4, 5, 4, '', '', false],
    ['imported', 2, 3, 2, 'f32', '', false],
  ])
})

test('functions of one type have one object', () => {
  const types = new ExportedFunctionTypes(module)
  assert.equal(types.of('grouped'), types.of('grouped-too'))
  assert.notEqual(types.of('grouped'), types.of('open'))
})

test('what is no function, or not there, has no type', () => {
  const types = new ExportedFunctionTypes(module)
  assert.equal(types.of('memory'), undefined)
  assert.equal(types.of('nothing'), undefined)
})
