/** Engines that cannot suspend: what needs no suspended stack works, and what does says so. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

/** One run in a process whose engine has no JSPI. */
function run(script: string): unknown {
  const source = `
    delete WebAssembly.Suspending
    delete WebAssembly.promising
    const { loadComponent } = await import(${JSON.stringify(new URL('../../../test/support/load-component.ts', import.meta.url).href)})
    const component = await loadComponent(${JSON.stringify(callbacks)})
    const later = (value) => new Promise((resolve) => setTimeout(() => resolve(value), 2))
    const outcome = async (promise) => promise.then((value) => ({ value }), ({ code, message }) => ({ code, message }))
    ${script}`
  const text = execFileSync(
    process.execPath,
    ['--conditions=tenon-source', '--input-type=module', '--eval', source],
    { encoding: 'utf8' },
  )
  return JSON.parse(text)
}

/** Asks the host, once with a callback and once on its own stack. */
const callbacks = `
  (import "ask" (func $ask async (result u32)))
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (core func $return (canon task.return (result u32)))
  (core func $ask' (canon lower (func $ask) async (memory $memory "mem")))
  (core func $new (canon waitable-set.new))
  (core func $join (canon waitable.join))
  (core func $wait (canon waitable-set.wait (memory $memory "mem")))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "return" (func $return (param i32)))
    (import "" "ask" (func $ask (param i32) (result i32)))
    (import "" "new" (func $new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "wait" (func $wait (param i32 i32) (result i32)))
    (func $begin (result i32)
      (local $status i32) (local $set i32)
      (local.set $status (call $ask (i32.const 16)))
      (local.set $set (call $new))
      (if (i32.ne (local.get $status) (i32.const 2))
        (then (call $join (i32.shr_u (local.get $status) (i32.const 4)) (local.get $set))))
      (i32.or (i32.shl (local.get $set) (i32.const 4))
        (select (i32.const 1) (i32.const 2) (i32.eq (local.get $status) (i32.const 2)))))
    (func (export "callback") (result i32) (call $begin))
    (func (export "answered") (param i32 i32 i32) (result i32)
      (call $return (i32.load (i32.const 16)))
      (i32.const 0))
    (func (export "stackful")
      (local $packed i32)
      (local.set $packed (call $begin))
      (if (i32.eq (i32.and (local.get $packed) (i32.const 15)) (i32.const 2))
        (then (drop (call $wait (i32.shr_u (local.get $packed) (i32.const 4)) (i32.const 0)))))
      (call $return (i32.load (i32.const 16)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem"))
    (export "return" (func $return))
    (export "ask" (func $ask'))
    (export "new" (func $new))
    (export "join" (func $join))
    (export "wait" (func $wait))))))
  (func (export "callback") async (result u32)
    (canon lift (core func $m "callback") async (callback (core func $m "answered"))))
  (func (export "stackful") async (result u32) (canon lift (core func $m "stackful") async))`

test('tasks with callbacks need no JSPI, whatever they wait for', () => {
  const script = `
    const instance = await component.instantiate({ ask: () => later(7) })
    const all = await Promise.all([instance.exports.callback(), instance.async.callback()])
    console.log(JSON.stringify(all))`
  assert.deepEqual(run(script), [7, 7])
})

test('tasks on their own stack work until they would have to wait, and then say what is missing', () => {
  const script = `
    const now = await component.instantiate({ ask: () => 8 })
    const waits = await component.instantiate({ ask: () => later(9) })
    console.log(JSON.stringify([await outcome(now.exports.stackful()), await outcome(waits.exports.stackful())]))`
  const [now, waits] = run(script) as { value?: number; code?: string; message?: string }[]
  assert.deepEqual(now, { value: 8 })
  assert.equal(waits!.code, 'cannot-block')
  assert.match(
    waits!.message!,
    /stackful: this engine cannot suspend a guest that has to wait: it has no JSPI/,
  )
})
