/** Plans of asynchronous components that no component compiles to: each a good one with one part replaced. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import { compile } from '../compile/compile.ts'
import type { Builtin, Plan, PlanBuiltin } from '../compile/plan.ts'
import { TenonError } from '../errors.ts'
import { checkPlan } from './check-plan.ts'
import { ReadModule } from './core-facts.ts'

const bytes = await assemble(`(component
  (import "ask" (func $ask async (result u32)))
  (core module $Memory
    (memory (export "memory") 1)
    (memory (export "long") i64 1)
    (table (export "table") 1 funcref)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 0))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "memory" (core memory $mem))
  (alias core export $memory "table" (core table $table))
  (core type $start (func (param i32)))
  (type $S (stream string))
  (core func $ask' (canon lower (func $ask) async (memory $mem)))
  (core func $get (canon context.get i32 1))
  (core func $return (canon task.return (result string) (memory $mem)))
  (core func $wait (canon waitable-set.wait (memory $mem)))
  (core func $read (canon stream.read $S (memory $mem) (realloc (func $memory "realloc"))))
  (core func $thread (canon thread.new-indirect $start (core table $table)))
  (core module $M
    (import "" "get" (func (result i32)))
    (import "" "return" (func (param i32 i32)))
    (import "" "wait" (func (param i32 i32) (result i32)))
    (import "" "read" (func (param i32 i32 i32) (result i32)))
    (import "" "thread" (func (param i32 i32) (result i32)))
    (import "" "ask" (func (param i32) (result i32)))
    (func (export "run")))
  (core instance $m (instantiate $M (with "" (instance
    (export "get" (func $get)) (export "return" (func $return)) (export "wait" (func $wait))
    (export "read" (func $read)) (export "thread" (func $thread)) (export "ask" (func $ask'))))))
  (func (export "run") async (result string) (canon lift (core func $m "run") async (memory $mem))))`)

const good = compile(decode(bytes))

function check(plan: Plan): void {
  checkPlan(
    plan,
    plan.modules.map((range) => new ReadModule(bytes, range)),
  )
}

/** With one built-in changed. */
function withBuiltin(kind: Builtin['kind'], change: (old: PlanBuiltin) => unknown): Plan {
  let found = false
  const steps = good.steps.map((step) => {
    if (step.kind !== 'builtins') return step
    const builtins = step.builtins.map((one) => {
      if (one.builtin.kind !== kind) return one
      found = true
      return change(one) as PlanBuiltin
    })
    return { ...step, builtins }
  })
  assert.ok(found, kind)
  return { ...good, steps }
}

const builtin = (kind: Builtin['kind'], parts: object) =>
  withBuiltin(kind, (old) => ({ ...old, builtin: { ...old.builtin, ...parts } }))

const memoryItem = (name: string) => ({ from: 'core-instance', instance: 0, name })
const options = { stringEncoding: 'utf8', pointer: 'i32', async: false, postReturn: false, callback: false }

const cases: Readonly<Record<string, () => Plan>> = {
  'an instance that has tasks, and nothing says so': () => ({
    ...good,
    instances: good.instances.map((one) => ({ ...one, async: false })),
  }),
  'a built-in of an unknown instance': () => withBuiltin('context.get', (old) => ({ ...old, instance: 9 })),
  'a built-in in a register that is not there': () =>
    withBuiltin('context.get', (old) => ({ ...old, to: 99 })),
  'two built-ins in one register': () => withBuiltin('context.get', (old) => ({ ...old, to: 2 })),
  'storage that threads do not have': () => builtin('context.get', { index: 2 }),
  'another type of storage than its user wants': () => builtin('context.get', { type: 'i64' }),
  'strings without a memory to lift them from': () => builtin('task.return', { memory: undefined }),
  'another result than its user gives': () => builtin('task.return', { result: { kind: 'u8' } }),
  'a result that is lifted like a call': () =>
    builtin('task.return', { options: { ...options, async: true } }),
  'events that go into a memory of other addresses': () =>
    builtin('waitable-set.wait', { memory: memoryItem('long') }),
  'events that go into a table': () => builtin('waitable-set.wait', { memory: memoryItem('table') }),
  'events that go nowhere': () => builtin('waitable-set.wait', { memory: memoryItem('none') }),
  'strings that are read without a realloc': () => builtin('stream.read', { realloc: undefined }),
  'a realloc that is none': () => builtin('stream.read', { realloc: { from: 'core-function', index: 0 } }),
  'a stream of resources without a slot': () =>
    builtin('stream.read', { element: { kind: 'own', resource: { kind: 'resource', name: 'x' } } }),
  'a stream that is read into nothing': () =>
    builtin('stream.read', { memory: undefined, realloc: undefined, element: { kind: 'u8' } }),
  'threads that come from a memory': () => builtin('thread.new-indirect', { table: memoryItem('memory') }),
  'threads that are given something else': () => builtin('thread.new-indirect', { closure: 'i64' }),
  'the async option with a function that is not async': () => ({
    ...good,
    signatures: good.signatures.map((one) => ({ ...one, type: { ...one.type, async: false } })),
  }),
}

test('what an asynchronous component compiles to is good', () => check(good))

describe('a Plan is refused that has', () => {
  for (const [title, bad] of Object.entries(cases)) {
    test(title, () => {
      assert.throws(
        () => check(bad()),
        (error) => error instanceof TenonError && error.code === 'decode',
      )
    })
  }
})
