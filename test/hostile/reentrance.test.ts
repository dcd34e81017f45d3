/** Calls from inside of calls, and what is disposed from inside of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Component, hostFunction, type Instance } from '../../src/index.ts'
import { assertTyped, thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(value))
  })
}

/** Calls its import twice, and counts; asks for strings, which takes its \`realloc\`. */
const guest = `
  (import "host" (func $host (param "n" u32) (result u32)))
  (import "text" (func $text (result string)))
  (core module $Mem (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $mem (instantiate $Mem))
  (core func $host (canon lower (func $host)))
  (core func $text (canon lower (func $text)
    (memory (core memory $mem "memory")) (realloc (core func $mem "realloc"))))
  (core module $M (import "" "memory" (memory 1))
    (import "" "host" (func $host (param i32) (result i32))) (import "" "text" (func $text (param i32)))
    (global $calls (mut i32) (i32.const 0))
    (func (export "call") (param i32) (result i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (i32.add (call $host (local.get 0)) (call $host (local.get 0))))
    (func (export "measure") (result i32) (call $text (i32.const 16)) (i32.load (i32.const 20)))
    (func (export "calls") (result i32) (global.get $calls)))
  (core instance $m (instantiate $M (with "" (instance
    (export "memory" (memory $mem "memory")) (export "host" (func $host)) (export "text" (func $text))))))
  (func (export "call") (param "n" u32) (result u32) (canon lift (core func $m "call")))
  (func (export "measure") (result u32) (canon lift (core func $m "measure")))
  (func (export "calls") (result u32) (canon lift (core func $m "calls")))`

eachBackEnd('from inside of a call', (load) => {
  const text = (): string => 'four'
  async function instantiate(component: Component, host: (n: number) => unknown): Promise<Instance> {
    return component.instantiate({ host, text })
  }

  test('the same instance is not entered, and goes on', async () => {
    const component = await load(guest)
    for (const view of views) {
      const seen: unknown[] = []
      const instance: Instance = await instantiate(component, (n) => {
        for (const call of [() => instance.exports.calls(), () => instance.exports.call(n)]) {
          try {
            seen.push(call())
          } catch (error) {
            assertTyped(error)
            seen.push((error as { code?: string }).code)
          }
        }
        return n
      })
      assert.equal(await instance[view].call(5), 10)
      assert.deepEqual(seen, Array(4).fill('cannot-enter'))
      assert.equal(await instance[view].call(6), 12)
      assert.equal(instance.exports.calls(), 2)
    }
  })

  test('a refused entry that is not caught ends the call', async () => {
    const component = await load(guest)
    for (const view of views) {
      const instance: Instance = await instantiate(component, () => instance.exports.calls() as number)
      assert.equal((await thrownBy(() => instance[view].call(1))).code, 'cannot-enter')
      const error = await thrownBy(() => instance[view].calls())
      assert.equal(error.code, 'cannot-enter')
    }
  })

  test('the promise view of the same instance rejects', async () => {
    const component = await load(guest)
    for (const view of views) {
      const inner: Promise<unknown>[] = []
      const instance: Instance = await instantiate(component, (n) => {
        inner.push(thrownBy(() => instance.async.calls()))
        return n
      })
      assert.equal(await instance[view].call(5), 10)
      for (const error of await Promise.all(inner)) {
        assert.equal((error as { code: string }).code, 'cannot-enter')
      }
      assert.equal(instance.exports.calls(), 1)
    }
  })

  test('other instances are entered, in both views, as deep as it goes', async () => {
    const component = await load(guest)
    const last = await instantiate(component, (n) => n + 1)
    const middle = await instantiate(component, (n) => last.exports.call(n) as number)
    const first = await instantiate(component, (n) => middle.exports.call(n) as number)
    assert.equal(first.exports.call(1), 16)
    assert.equal(await first.async.call(1), 16)
    const waiting = await instantiate(component, (n) => first.async.call(n) as Promise<number>)
    assert.equal(await waiting.async.call(1), 32)
    assert.throws(() => waiting.exports.call(1), { code: 'cannot-block' })
    assert.equal(last.exports.calls(), 16 + 4)
  })

  test('an instance that comes round again is not entered', async () => {
    const component = await load(guest)
    const ring: Instance[] = []
    for (let i = 0; i < 3; i++) {
      ring.push(await instantiate(component, (n) => ring[(i + 1) % 3]!.exports.call(n) as number))
    }
    assert.equal((await thrownBy(() => ring[0]!.exports.call(1))).code, 'cannot-enter')
    for (const instance of ring)
      assert.equal((await thrownBy(() => instance.exports.calls())).code, 'cannot-enter')
  })

  test('a trap of another instance is caught by the host, and poisons only that one', async () => {
    const component = await load(guest)
    for (const view of views) {
      const failing = await instantiate(component, () => {
        throw new Error('no')
      })
      const caught: unknown[] = []
      const instance = await instantiate(component, (n) => {
        try {
          failing.exports.call(n)
        } catch (error) {
          caught.push((error as { code: string }).code)
        }
        return n
      })
      assert.equal(await instance[view].call(2), 4)
      assert.deepEqual(caught, ['host-error', 'cannot-enter'])
      assert.equal(await instance[view].call(2), 4)
    }
  })

  test('an instance is made, and its start function calls', async () => {
    const component = await load(guest)
    const starting = await load(`
      (import "host" (func $host (param "n" u32) (result u32)))
      (core func $host (canon lower (func $host)))
      (core module $S (import "" "host" (func $host (param i32) (result i32)))
        (func $start (drop (call $host (i32.const 3)))) (start $start))
      (core instance (instantiate $S (with "" (instance (export "host" (func $host))))))`)
    // What is compiled already is instantiated at once.
    await starting.instantiate({ host: () => 1 })
    for (const view of views) {
      const made: Promise<unknown>[] = []
      const instance: Instance = await instantiate(component, (n) => {
        made.push(
          starting.instantiate({
            host: hostFunction({ blocks: false }, () => instance.exports.calls() as number),
          }),
        )
        return n
      })
      assert.equal(await instance[view].call(2), 4)
      for (const { status } of await Promise.allSettled(made)) assert.equal(status, 'rejected')
      assert.equal(instance.exports.calls(), 1)
    }
  })

  test('the instance is disposed: it calls out no more', async () => {
    const component = await load(guest)
    for (const view of views) {
      let calls = 0
      const instance: Instance = await instantiate(component, (n) => {
        calls++
        instance.dispose()
        return n
      })
      assert.equal((await thrownBy(() => instance[view].call(2))).code, 'instance-disposed')
      assert.equal(calls, 1)
      assert.equal((await thrownBy(() => instance[view].calls())).code, 'instance-disposed')
      instance.dispose()
    }
  })

  test('the instance is disposed while it waits', async () => {
    const component = await load(guest)
    const instance: Instance = await instantiate(component, (n) =>
      later(n).then((value) => {
        instance.dispose()
        return value
      }),
    )
    const calls = [instance.async.call(1), instance.async.call(2), instance.async.calls()]
    for (const call of calls) assert.equal((await thrownBy(() => call)).code, 'instance-disposed')
    await later(undefined)
  })

  test('the instance is disposed while the host looks for the result', async () => {
    const component = await load(guest)
    for (const view of views) {
      const instance: Instance = await component.instantiate({
        host: () => 1,
        text: () => {
          instance.dispose()
          return 'four'
        },
      })
      const outcome = await Promise.resolve()
        .then(() => instance[view].measure())
        .catch((error: unknown) => {
          assertTyped(error)
          return (error as { code?: string }).code
        })
      assert.ok([4, 'instance-disposed'].includes(outcome as never), String(outcome))
      assert.equal((await thrownBy(() => instance[view].measure())).code, 'instance-disposed')
    }
  })

  test('another instance is disposed', async () => {
    const component = await load(guest)
    for (const view of views) {
      const other = await instantiate(component, (n) => n)
      const instance = await instantiate(component, (n) => {
        other.dispose()
        return n
      })
      assert.equal(await instance[view].call(2), 4)
      assert.equal((await thrownBy(() => other.exports.calls())).code, 'instance-disposed')
      assert.equal(instance.exports.calls(), 1)
    }
  })

  test('the host runs out of stack, in one instance and in many', async () => {
    const component = await load(guest)
    const deep = (n: number): number => deep(n) + 1
    const instance = await instantiate(component, deep)
    for (const view of views) {
      const fresh = await instantiate(component, deep)
      assert.equal((await thrownBy(() => fresh[view].call(2))).code, 'stack-exhausted')
    }
    assert.equal((await thrownBy(() => instance.exports.call(1))).code, 'stack-exhausted')
    // Each instance calls another one, until there is no stack left.
    const others: Instance[] = []
    const count = 3000
    for (let i = 0; i < count; i++) {
      others.push(
        await instantiate(component, (n) =>
          i + 1 < count ? (others[i + 1]!.exports.call(n) as number) : deep(n),
        ),
      )
    }
    const error = await thrownBy(() => others[0]!.exports.call(1))
    assert.match(error.message, /call stack/)
    const fine = await instantiate(component, (n) => n)
    assert.equal(fine.exports.call(1), 2)
    assert.equal(await fine.async.call(1), 2)
  })
})
