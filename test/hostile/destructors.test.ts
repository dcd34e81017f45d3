/** Destructors that do what they should not, and instances that are disposed when they should not be. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instance } from '../../src/index.ts'
import { collectGarbage } from '../support/collect-garbage.ts'
import { assertTyped, thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(value))
  })
}

/** A component with a resource whose destructor is that, and another one that can be asked how often it ran. */
const guest = (destructor: string): string => `
  (import "host" (func $host (param "n" u32)))
  (core func $host (canon lower (func $host)))
  (core module $Shim (table (export "t") 2 funcref) (type $f (func (param i32)))
    (func (export "drop") (param i32) (call_indirect (type $f) (local.get 0) (i32.const 0)))
    (func (export "host") (param i32) (call_indirect (type $f) (local.get 0) (i32.const 1))))
  (core instance $shim (instantiate $Shim))
  (core module $D (import "" "drop" (func $drop (param i32))) (import "" "host" (func $host (param i32)))
    (tag $t)
    (global $ran (mut i32) (i32.const 0))
    (func $deep (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0))))
    (func (export "dtor") (param i32) (global.set $ran (i32.add (global.get $ran) (i32.const 1))) ${destructor})
    (func (export "ran") (result i32) (global.get $ran)))
  (core instance $d (instantiate $D (with "" (instance $shim))))
  (type $r' (resource (rep i32) (dtor (core func $d "dtor"))))
  (export $r "thing" (type $r'))
  (core func $new (canon resource.new $r'))
  (core func $drop (canon resource.drop $r'))
  (core module $Fill (import "" "t" (table 2 funcref)) (import "" "drop" (func $drop (param i32)))
    (import "" "host" (func $host (param i32)))
    (elem (i32.const 0) func $drop $host))
  (core instance (instantiate $Fill (with "" (instance
    (export "t" (table $shim "t")) (export "drop" (func $drop)) (export "host" (func $host))))))
  (core module $M (import "" "drop" (func $drop (param i32))) (import "" "host" (func $host (param i32)))
    (func (export "drop-and-host") (param i32) (call $drop (local.get 0)) (call $host (i32.const 1)))
    (func (export "drop-and-catch") (param i32)
      (block $caught (try_table (catch_all $caught) (call $drop (local.get 0))))))
  (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop)) (export "host" (func $host))))))
  (func (export "make") (param "rep" u32) (result (own $r)) (canon lift (core func $new)))
  (func (export "take") (param "a" (own $r)) (canon lift (core func $drop)))
  (func (export "take-and-host") (param "a" (own $r)) (canon lift (core func $m "drop-and-host")))
  (func (export "take-and-catch") (param "a" (own $r)) (canon lift (core func $m "drop-and-catch")))
  (func (export "look") (param "a" (borrow $r)) (canon lift (core func $host)))
  (func (export "ask") (param "n" u32) (canon lift (core func $host)))
  (func (export "ran") (result u32) (canon lift (core func $d "ran")))`

const nothing = (): void => {}

/** A handle that is lent may say so. */
function disposeIfFree(handle: Disposable): void {
  try {
    handle[Symbol.dispose]()
  } catch (error) {
    assert.match(String(error), /^TypeError: .* is lent to a call that still runs$/)
  }
}

eachBackEnd('a destructor', (load) => {
  const failing: readonly (readonly [name: string, body: string, code: string])[] = [
    ['traps', 'unreachable', 'unreachable'],
    ['throws', '(throw $t)', 'uncaught-exception'],
    ['never returns', '(drop (call $deep (i32.const 0)))', 'stack-exhausted'],
    ['drops what is none', '(call $drop (i32.const 77))', 'unknown-handle'],
    ['calls a host function that throws', '(call $host (i32.const 2))', 'host-error'],
  ]
  for (const [name, body, code] of failing) {
    const host = (n: number): void => {
      if (n === 2) throw new Error('the host')
    }
    for (const call of ['take', 'takeAndHost', 'takeAndCatch']) {
      for (const view of views) {
        test(`${name}, in ${view}.${call}`, async () => {
          const instance = await (await load(guest(body))).instantiate({ host })
          const error = await thrownBy(async () => instance[view][call](instance.exports.make(1)))
          assert.equal(error.code, code, error.message)
          assert.equal((await thrownBy(() => instance[view].ran())).code, 'cannot-enter')
        })
      }
    }

    test(`${name} when the host disposes`, async () => {
      const instance = await (await load(guest(body))).instantiate({ host })
      const handle = instance.exports.make(1) as Disposable
      const other = instance.exports.make(2) as Disposable
      assert.equal((await thrownBy(() => handle[Symbol.dispose]())).code, code)
      handle[Symbol.dispose]()
      other[Symbol.dispose]()
      assert.equal((await thrownBy(() => instance.exports.ran())).code, 'cannot-enter')
    })

    test(`${name} when the host disposes inside of a call: the call returns, and the next one is told`, async () => {
      let handle: Disposable | undefined
      const dispose = (n: number): void => {
        if (n === 2) throw new Error('the host')
        handle?.[Symbol.dispose]()
      }
      const instance = await (await load(guest(body))).instantiate({ host: dispose })
      for (const view of views) {
        handle = undefined
        const fresh = await (await load(guest(body))).instantiate({ host: dispose })
        handle = fresh.exports.make(1) as Disposable
        assert.equal(await fresh[view].ask(1), undefined)
        const error = await thrownBy(() => fresh[view].ran())
        assert.equal(error.code, 'cannot-enter')
        assert.equal((error as Error & { cause: { code: string } }).cause.code, code)
      }
      assert.equal(instance.exports.ran(), 0)
    })

    test(`${name} when the handle was forgotten`, async () => {
      const instance = await (await load(guest(body))).instantiate({ host })
      ;(() => void instance.exports.make(1))()
      assert.ok(await collectGarbage(() => instance.statistics.forgottenHandles === 1))
      assert.equal((await thrownBy(() => instance.exports.ran())).code, 'cannot-enter')
    })
  }

  test('that traps when the host disposes while others wait: they go first, and the next one is told', async () => {
    let handle: Disposable | undefined
    const instance = await (await load(guest('unreachable'))).instantiate({
      host: () => later(undefined).then(() => handle?.[Symbol.dispose]()),
    })
    handle = instance.exports.make(1) as Disposable
    const calls = [instance.async.ask(1), instance.async.ask(1), instance.async.ran()]
    assert.deepEqual(await Promise.all(calls), [undefined, undefined, 0])
    assert.equal((await thrownBy(() => instance.async.ran())).code, 'cannot-enter')
  })

  test('drops another handle', async () => {
    const instance = await (
      await load(guest('(if (local.get 0) (then (call $drop (local.get 0))))'))
    ).instantiate({ host: nothing })
    // The guest does not know the index of what the host holds: it drops nobody's.
    const handle = instance.exports.make(5)
    assert.equal((await thrownBy(() => instance.exports.take(handle))).code, 'unknown-handle')
  })

  test('calls its own instance through the host', async () => {
    for (const view of views) {
      const seen: unknown[] = []
      const instance: Instance = await (await load(guest('(call $host (i32.const 1))'))).instantiate({
        host() {
          try {
            seen.push(instance.exports.ran())
          } catch (error) {
            assertTyped(error)
            seen.push((error as { code?: string }).code)
          }
        },
      })
      await instance[view].take(instance.exports.make(1))
      ;(instance.exports.make(1) as Disposable)[Symbol.dispose]()
      assert.deepEqual(seen, ['cannot-enter', 'cannot-enter'])
      assert.equal(instance.exports.ran(), 2)
    }
  })

  test('waits, which the host cannot when it disposes', async () => {
    const instance = await (await load(guest('(call $host (i32.const 1))'))).instantiate({
      host: () => later(undefined),
    })
    await instance.async.take(instance.exports.make(1))
    assert.equal(instance.exports.ran(), 1)
    const handle = instance.exports.make(1) as Disposable
    assert.equal((await thrownBy(() => handle[Symbol.dispose]())).code, 'cannot-block')
  })

  test('runs once, however its handle is given up', async () => {
    let act: () => void = nothing
    const instance = await (await load(guest(''))).instantiate({ host: () => act() })
    const { exports, async } = instance
    const attempts: readonly ((handle: Disposable) => unknown)[] = [
      (handle) => exports.take(handle),
      (handle) => handle[Symbol.dispose](),
      (handle) => async.take(handle),
      (handle) => {
        act = () => disposeIfFree(handle)
        exports.look(handle)
      },
      async (handle) => {
        act = () => disposeIfFree(handle)
        await async.look(handle)
      },
    ]
    let ran = 0
    for (const attempt of attempts) {
      const handle = exports.make(1) as Disposable
      await attempt(handle)
      act = nothing
      handle[Symbol.dispose]()
      assert.equal(exports.ran(), ++ran)
      await assert.rejects(async () => exports.take(handle), TypeError)
      handle[Symbol.dispose]()
      assert.equal(exports.ran(), ran)
    }
  })
})
