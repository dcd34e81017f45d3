import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { ByteReader } from '../binary/byte-reader.ts'
import { coreSections } from '../binary/core-sections.ts'
import { readCallTargets } from './call-targets.ts'
import { modulesOf } from './file-tree.ts'
import { inspect } from './inspection.ts'
import { describeItems } from './item-names.ts'
import { nestedComponent } from './testing/nested-component.ts'

test('what is used of an interface', () => {
  const items = ['[method]file.read', 'open', '[method]file.write', '[constructor]dir', '[resource-drop]file']
  assert.deepEqual(describeItems({ modules: [{ index: 0, name: 'm', items }] }), [
    'open',
    'file.{read',
    'write}',
    'dir.constructor',
  ])
  const dropped = { modules: [{ index: 0, name: 'm', items: ['[resource-drop]file'] }] }
  assert.deepEqual(describeItems(dropped), ['file (only dropped)'])
})

test('call targets are found between all sorts of immediates', async () => {
  const bytes = await assemble(`(module
    (type $t (func)) (type $v (func (param i32) (result i32)))
    (table $table 1 funcref) (memory 1) (global $g (mut i64) (i64.const 0)) (data $d "x") (elem declare func 2)
    (tag $tag)
    (func (type $t)) (func (type $t)) (func (type $t))
    (func (local i32 v128 funcref)
      (i32.const -1000000) drop (i64.const 0x10_1010_1010) drop (f32.const 1) drop (f64.const 1) drop
      (v128.const i32x4 0x10101010 0 0 0) i32x4.extract_lane 1 drop
      (block (result i32) (i32.const 16)) (br_if 0 (i32.const 16) (i32.const 0)) (br_table 0 0 (i32.const 16))
      (call 0)
      (i32.store offset=4096 (i32.const 16) (i32.load8_u offset=16 (i32.const 0)))
      (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0)) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
      (v128.store8_lane 0 (i32.const 0) (v128.const i32x4 0 0 0 0))
      (select (result i32) (i32.const 0) (i32.const 0) (i32.const 0)) drop
      (ref.is_null (ref.null func)) drop (ref.func 2) drop
      (call_indirect (type $t) (i32.const 0)) (call_indirect (type $v) (i32.const 0) (i32.const 0)) drop
      (block $h (try_table (catch $tag $h) (throw $tag)))
      (if (i32.const 0) (then (global.set $g (i64.const 1))) (else (local.set 0 (memory.grow (i32.const 1)))))
      (table.set (i32.const 0) (table.get $table (i32.const 0)))
      (i32.trunc_sat_f32_s (f32.const 1)) drop
      (loop (br 0))
      (return_call 1)))`)
  const code = coreSections(bytes).find(({ name }) => name === 'code')!
  const reader = new ByteReader(bytes, code.range.start, code.range.end)
  const bodies = Array.from({ length: reader.u32() }, () => {
    const size = reader.u32()
    const targets = readCallTargets(new ByteReader(bytes, reader.position, reader.position + size))
    reader.skip(size)
    return targets
  })
  assert.deepEqual(bodies.at(-1), { calls: [0, 1], references: [2] })
})

test('a component, from the outside in', async () => {
  const bytes = await assemble(nestedComponent)
  const { report } = inspect(bytes)
  assert.deepEqual(
    modulesOf(report.contents).map(({ index, name, functions }) => [index, name, functions]),
    [
      [0, 'low', 2],
      [1, 'high', 1],
      [2, 'inner', 0],
    ],
  )
  assert.equal(report.contents.size, bytes.length)
  assert.deepEqual(
    report.imports.map(({ name, modules, reached }) => [name, modules.map((module) => module.name), reached]),
    [
      ['log', ['low'], { export: undefined, calls: 1 }],
      ['a:b/unused@1.0.0', [], undefined],
      ['a:b/clock@1.0.0', ['low'], { export: { import: 'run', item: undefined }, calls: 2 }],
    ],
  )
  assert.deepEqual(
    report.exports.map(({ modules }) => modules.map((module) => module.name)),
    [['high']],
  )
})

test('what goes through a shim is followed to its end', async () => {
  const bytes = await assemble(`(component
    (import "read" (func $read (result string)))
    (core module $shim (type (func (param i32))) (table (export "$imports") 1 1 funcref)
      (func (export "0") (param i32) (call_indirect (type 0) (local.get 0) (i32.const 0))))
    (core module $main (import "env" "read" (func $read (param i32))) (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0))
      (func (export "go") (call $read (i32.const 0))))
    (core module $fix (import "" "0" (func (param i32))) (import "" "$imports" (table 1 1 funcref)) (elem (i32.const 0) func 0))
    (core instance $s (instantiate $shim))
    (core instance $m (instantiate $main (with "env" (instance (export "read" (func $s "0"))))))
    (core func $lowered (canon lower (func $read) (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
    (core instance (instantiate $fix (with "" (instance (export "0" (func $lowered)) (export "$imports" (table $s "$imports"))))))
    (func (export "go") (canon lift (core func $m "go"))))`)
  const { report } = inspect(bytes)
  const [read] = report.imports
  assert.deepEqual(
    read!.modules.map((module) => module.name),
    ['main'],
  )
  assert.deepEqual(read!.reached, { export: { import: 'go', item: undefined }, calls: 1 })
})

test('calls are followed only where that is wanted', async () => {
  const [log] = inspect(await assemble(nestedComponent), { followCalls: false }).report.imports
  assert.deepEqual([log!.modules.map(({ name }) => name), log!.reached], [['low'], undefined])
})

test('tens of thousands of imports are each looked up once', async () => {
  const names = Array.from({ length: 30_000 }, (_, i) => `f${i}`)
  const bytes = await assemble(`(component
    ${names.map((name) => `(import "${name}" (func $${name})) (core func $${name} (canon lower (func $${name})))`).join('\n')}
    (core module $m ${names.map((name) => `(import "" "${name}" (func))`).join(' ')})
    (core instance $host ${names.map((name) => `(export "${name}" (func $${name}))`).join(' ')})
    (core instance (instantiate $m (with "" (instance $host)))))`)
  const { imports } = inspect(bytes).report
  const m = { index: 0, name: 'm', items: [] }
  assert.deepEqual(
    imports.map(({ name, wit, modules }) => ({ name, wit, modules })),
    names.map((name) => ({ name, wit: 'func()', modules: [m] })),
  )
})
