/**
 * Synchronous imports that return promises, under tasks: the guest is suspended in the middle of its code, so that nothing else
 * may run in it, nor in whoever called it.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'

/** Two components; the outer one calls the inner one, which calls the host. */
const nested = `
  (import "nap" (func $nap (param "x" u32) (result u32)))
  (component $Inner
    (import "nap" (func $nap (param "x" u32) (result u32)))
    (core func $nap' (canon lower (func $nap)))
    (core func $return (canon task.return (result u32)))
    (core module $M
      (import "" "nap" (func $nap (param i32) (result i32)))
      (import "" "return" (func $return (param i32)))
      (global $inside (mut i32) (i32.const 0))
      (func (export "sleep") (param i32)
        (local $x i32)
        (global.set $inside (i32.add (global.get $inside) (i32.const 1)))
        (if (i32.ne (global.get $inside) (i32.const 1)) (then unreachable))
        (local.set $x (call $nap (local.get 0)))
        (global.set $inside (i32.sub (global.get $inside) (i32.const 1)))
        (call $return (local.get $x)))
      (func (export "callback") (param i32) (result i32)
        (call $return (call $nap (local.get 0)))
        (i32.const 0))
      (func (export "unused") (param i32 i32 i32) (result i32) unreachable))
    (core instance $m (instantiate $M (with "" (instance
      (export "nap" (func $nap')) (export "return" (func $return))))))
    (func (export "sleep") async (param "x" u32) (result u32) (canon lift (core func $m "sleep") async))
    (func (export "callback") async (param "x" u32) (result u32)
      (canon lift (core func $m "callback") async (callback (core func $m "unused")))))
  (component $Outer
    (import "inner" (instance $inner
      (export "sleep" (func async (param "x" u32) (result u32)))
      (export "callback" (func async (param "x" u32) (result u32)))))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $sleep (canon lower (func $inner "sleep") async (memory $memory "mem")))
    (core func $callback (canon lower (func $inner "callback")))
    (core func $return (canon task.return (result u32)))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "sleep" (func $sleep (param i32 i32) (result i32)))
      (import "" "callback" (func $callback (param i32) (result i32)))
      (import "" "return" (func $return (param i32)))
      (func (export "both") (param i32)
        ;; The callee is suspended and not blocked: the call is over when it comes back.
        (if (i32.ne (call $sleep (local.get 0) (i32.const 8)) (i32.const 2)) (then unreachable))
        (call $return (i32.add (i32.load (i32.const 8)) (call $callback (i32.const 1000)))))
      (func (export "plain") (result i32) (i32.const 5)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem"))
      (export "sleep" (func $sleep)) (export "callback" (func $callback)) (export "return" (func $return))))))
    (func (export "both") async (param "x" u32) (result u32) (canon lift (core func $m "both") async))
    (func (export "plain") (result u32) (canon lift (core func $m "plain"))))
  (instance $inner (instantiate $Inner (with "nap" (func $nap))))
  (instance $outer (instantiate $Outer (with "inner" (instance $inner))))
  (export "inner" (instance $inner))
  (export "outer" (instance $outer))`

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 3))

eachBackEnd('suspended imports of tasks', (load) => {
  const start = async (nap: (x: number) => unknown) => (await load(nested)).instantiate({ nap })

  test('calls through two components come back with what the host said', async () => {
    for (const nap of [(x: number) => x + 1, (x: number) => later(x + 1)]) {
      const { exports } = await start(nap)
      assert.equal(await exports.outer.both(20), 1022)
      assert.equal(await exports.inner.callback(1), 2)
    }
  })

  test('others wait in order', async () => {
    const instance = await start((x) => later(x))
    const order: number[] = []
    const calls = [3, 1, 2].map(async (x) => {
      assert.equal(await instance.exports.inner.sleep(x), x)
      order.push(x)
    })
    calls.push(instance.exports.outer.both(4).then((sum: number) => assert.equal(sum, 1004)))
    await Promise.all(calls)
    assert.deepEqual(order, [3, 1, 2])
    assert.equal(instance.statistics.waitedCalls, 3)
  })

  test('a synchronous call is told that the instance is busy, and nothing is poisoned', async () => {
    const instance = await start((x) => later(x))
    const call = instance.exports.outer.both(1)
    assert.throws(() => instance.exports.outer.plain(), { code: 'instance-busy' })
    assert.equal(await instance.async.outer.plain(), 5)
    assert.equal(await call, 1001)
    assert.equal(instance.exports.outer.plain(), 5)
  })

  test('an import that fails ends the whole chain', async () => {
    const instance = await start(async () => {
      await later(0)
      throw new Error('bad dream')
    })
    const calls = [instance.exports.outer.both(1), instance.exports.inner.sleep(2)]
    await assert.rejects(calls[0], { code: 'host-error', message: /bad dream/ })
    await assert.rejects(calls[1], { code: 'cannot-enter' })
  })

  test('the end of the instance ends it, too', async () => {
    const instance = await start(() => new Promise(() => {}))
    const calls = [instance.exports.outer.both(1), instance.exports.inner.sleep(2)]
    await later(0)
    instance.dispose()
    for (const call of calls) await assert.rejects(call, { code: 'instance-disposed' })
  })
})
