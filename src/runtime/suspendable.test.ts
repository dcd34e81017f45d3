/** Calls that are suspended, and what comes meanwhile. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TenonError, Trap } from '../errors.ts'
import { eachBackEnd } from '../../test/support/load-component.ts'
import { canSuspend } from './switch.ts'

/** A promise that the test settles. */
interface Pending {
  readonly promise: Promise<number>
  resolve(value: number): void
  reject(error: unknown): void
}

function pending(): Pending {
  return Promise.withResolvers<number>()
}

function turns(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Keeps its argument on a shadow stack while it waits: interleaved calls would return each other's. */
const shadowStack = `
  (import "wait" (func $wait (param "n" u32) (result u32)))
  (core func $wait (canon lower (func $wait)))
  (core module $M
    (import "" "wait" (func $wait (param i32) (result i32)))
    (memory 1)
    (global $sp (mut i32) (i32.const 1024))
    (func (export "run") (param i32) (result i32) (local $frame i32)
      (global.set $sp (local.tee $frame (i32.sub (global.get $sp) (i32.const 16))))
      (i32.store (local.get $frame) (local.get 0))
      (drop (call $wait (local.get 0)))
      (i32.load (local.get $frame))
      (global.set $sp (i32.add (local.get $frame) (i32.const 16))))
    (func (export "quick") (result i32) (i32.const 7)))
  (core instance $m (instantiate $M (with "" (instance (export "wait" (func $wait))))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run")))
  (func (export "quick") (result u32) (canon lift (core func $m "quick")))`

eachBackEnd('while a call is suspended', (load) => {
  if (!canSuspend) {
    test('this engine suspends nothing', { skip: 'no JSPI' }, () => {})
    return
  }

  test('four calls take their turns, in whatever order the host would end them', async () => {
    const waits = new Map<number, Pending>()
    const entered: number[] = []
    const instance = await (await load(shadowStack)).instantiate({
      wait(n: number) {
        entered.push(n)
        waits.set(n, pending())
        return waits.get(n)!.promise
      },
    })
    const ended: unknown[] = []
    const calls = [111, 222, 333, 444].map((n) => {
      const call = instance.async.run(n) as Promise<unknown>
      call.then((value) => ended.push(value))
      return call
    })
    for (const n of [111, 222, 333, 444]) {
      await turns()
      assert.equal(entered.at(-1), n)
      waits.get(n)!.resolve(0)
    }
    assert.deepEqual(await Promise.all(calls), [111, 222, 333, 444])
    assert.deepEqual(ended, [111, 222, 333, 444])
    assert.equal(instance.statistics.waitedCalls, 3)
  })

  test('a synchronous call is refused, and nothing is poisoned', async () => {
    const wait = pending()
    const instance = await (await load(shadowStack)).instantiate({ wait: () => wait.promise })
    const call = instance.async.run(1)
    for (let i = 0; i < 2; i++) {
      assert.throws(
        () => instance.exports.quick(),
        (error) => error instanceof TenonError && !(error instanceof Trap) && error.code === 'instance-busy',
      )
      await turns()
    }
    wait.resolve(0)
    assert.equal(await call, 1)
    assert.equal(instance.exports.quick(), 7)
  })

  test('a synchronous call inside of the import that suspends it traps', async () => {
    const results: unknown[] = []
    const instance = await (await load(shadowStack)).instantiate({
      async wait() {
        results.push(attempt(() => instance.exports.quick()))
        await null
        results.push(attempt(() => instance.exports.quick()))
        return 0
      },
    })
    assert.equal(await instance.async.run(5), 5)
    assert.deepEqual(results, ['cannot-enter', 'instance-busy'])
    assert.equal(instance.exports.quick(), 7)
  })

  test('a synchronous call of another instance inside of the import is as ever', async () => {
    const component = await load(shadowStack)
    const other = await component.instantiate({ wait: () => 0 })
    const instance = await component.instantiate({
      async wait(n: number) {
        const first = other.exports.run(n + 1)
        await null
        return (first as number) + (other.exports.run(n) as number)
      },
    })
    assert.equal(await instance.async.run(5), 5)
  })

  test('imports that return at once and imports that wait may take turns', async () => {
    const instance = await (await load(shadowStack)).instantiate({
      wait: (n: number) => (n % 2 === 0 ? n : Promise.resolve(n)),
    })
    const calls = Array.from({ length: 10 }, (_, n) => instance.async.run(n))
    assert.deepEqual(await Promise.all(calls), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    assert.equal(instance.exports.run(4), 4)
  })

  test('an import that returns at once suspends nothing', async () => {
    let waited = 0
    const instance = await (await load(shadowStack)).instantiate({ wait: () => ++waited })
    const call = instance.async.run(5)
    assert.equal(waited, 1)
    assert.throws(() => instance.exports.quick(), { code: 'instance-busy' })
    assert.equal(await call, 5)
  })

  test('a call that traps lets those that wait know', async () => {
    const wait = pending()
    const instance = await (await load(shadowStack)).instantiate({ wait: () => wait.promise })
    const calls = [1, 2, 3].map((n) => instance.async.run(n))
    const mistake = new Error('a mistake')
    wait.reject(mistake)
    const [first, ...others] = await Promise.allSettled(calls)
    assert.equal(first?.status === 'rejected' && first.reason.cause, mistake)
    for (const other of others) {
      assert.equal(other.status === 'rejected' && other.reason.code, 'cannot-enter')
    }
  })

  test('disposing ends the call for its caller, and those that wait', async () => {
    const wait = pending()
    const instance = await (await load(shadowStack)).instantiate({ wait: () => wait.promise })
    const calls = [1, 2].map((n) => instance.async.run(n))
    instance[Symbol.dispose]()
    for (const call of await Promise.allSettled(calls)) {
      assert.equal(call.status === 'rejected' && call.reason.code, 'instance-disposed')
    }
    // The guest is not resumed into an instance that is no more.
    wait.resolve(0)
    await turns()
    assert.throws(() => instance.exports.quick(), { code: 'instance-disposed' })
  })

  test('arguments are checked when the call is made, and read then', async () => {
    const wait = pending()
    const instance = await (await load(shadowStack)).instantiate({ wait: () => wait.promise })
    const first = instance.async.run(1)
    await assert.rejects(instance.async.run('x'), {
      name: 'TypeError',
      message: 'run: argument n: expected u32 (0 to 4294967295), got "x"',
    })
    wait.resolve(0)
    assert.equal(await first, 1)
  })
})

eachBackEnd('the synchronous view', (load) => {
  test('cannot wait for a promise, and says what to do', async () => {
    const instance = await (await load(shadowStack)).instantiate({ wait: async () => 0 })
    assert.throws(() => instance.exports.run(1), {
      name: 'Trap',
      code: 'cannot-block',
      message: canSuspend ? /^wait: the host function returned a promise.*instance\.async/ : /no JSPI/,
    })
  })
})

function attempt(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return (error as TenonError).code
  }
}
