/** Calls through several components: they wait, trap, come round again, or are disposed, at the far end. */
import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { fused } from '../../src/compile/fuse/fused.ts'
import { type Component, hostFunction, type Instance, type Trap } from '../../src/index.ts'
import { takenWords } from '../../src/runtime/thread.ts'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd, loadComponent } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(value))
  })
}

/**
 * Adds its argument, which it keeps on a stack in its memory, to what its import returns for one more. Whatever can be caught
 * becomes 1000000.
 */
const link = `
  (component $Link
    (import "f" (func $f (param "n" u32) (result u32)))
    (core func $f (canon lower (func $f)))
    (core module $M (import "" "f" (func $f (param i32) (result i32))) (memory 1)
      (global $sp (mut i32) (i32.const 1024))
      (func (export "f") (param i32) (result i32) (local $result i32)
        (global.set $sp (i32.sub (global.get $sp) (i32.const 4)))
        (i32.store (global.get $sp) (local.get 0))
        (block $done (block $caught
          (try_table (catch_all $caught)
            (local.set $result (call $f (i32.add (local.get 0) (i32.const 1)))) (br $done)))
          (local.set $result (i32.const 1000000)))
        (local.set $result (i32.add (local.get $result) (i32.load (global.get $sp))))
        (global.set $sp (i32.add (global.get $sp) (i32.const 4)))
        (local.get $result)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
    (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "f"))))`

/** Three of them, one after the other: `f(n)` is n + (n + 1) + (n + 2) + ask(n + 3). */
const chain = `
  (import "ask" (func $ask (param "n" u32) (result u32)))
  ${link}
  (instance $c (instantiate $Link (with "f" (func $ask))))
  (instance $b (instantiate $Link (with "f" (func $c "f"))))
  (instance $a (instantiate $Link (with "f" (func $b "f"))))
  (func (export "f") (alias export $a "f"))`

/** The same, each inside of the one that calls it. */
const nested = `
  (import "ask" (func $ask (param "n" u32) (result u32)))
  (component $Outer (import "ask" (func $ask (param "n" u32) (result u32)))
    ${link}
    (component $Middle (import "ask" (func $ask (param "n" u32) (result u32)))
      ${link}
      (component $Inner (import "ask" (func $ask (param "n" u32) (result u32)))
        ${link}
        (instance $c (instantiate $Link (with "f" (func $ask))))
        (export "f" (func $c "f")))
      (instance $inner (instantiate $Inner (with "ask" (func $ask))))
      (instance $b (instantiate $Link (with "f" (func $inner "f"))))
      (export "f" (func $b "f")))
    (instance $middle (instantiate $Middle (with "ask" (func $ask))))
    (instance $a (instantiate $Link (with "f" (func $middle "f"))))
    (export "f" (func $a "f")))
  (instance $outer (instantiate $Outer (with "ask" (func $ask))))
  (func (export "f") (alias export $outer "f"))`

const expected = (n: number): number => n + (n + 1) + (n + 2) + 10 * (n + 3)

eachBackEnd('through three components', (load) => {
  for (const [shape, text] of [
    ['a chain', chain],
    ['nested ones', nested],
  ] as const) {
    test(`${shape}: a call waits`, async () => {
      const instance = await (await load(text)).instantiate({ ask: (n: number) => later(10 * n) })
      assert.equal(await instance.async.f(1), expected(1))
      assert.equal(await instance.async.f(2), expected(2))
    })

    test(`${shape}: a call need not wait`, async () => {
      const instance = await (await load(text)).instantiate({ ask: (n: number) => 10 * n })
      assert.equal(instance.exports.f(1), expected(1))
      assert.equal(await instance.async.f(2), expected(2))
    })

    test(`${shape}: calls wait for each other, in order`, async () => {
      const asked: number[] = []
      const ask = (n: number): Promise<number> => {
        asked.push(n)
        return later(10 * n)
      }
      const instance = await (await load(text)).instantiate({ ask })
      const calls = [4, 3, 2, 1].map((n) => instance.async.f(n) as Promise<number>)
      assert.throws(() => instance.exports.f(9), { code: 'instance-busy' })
      assert.deepEqual(await Promise.all(calls), [4, 3, 2, 1].map(expected))
      assert.deepEqual(asked, [7, 6, 5, 4])
      assert.equal(instance.statistics.waitedCalls, 3)
    })

    test(`${shape}: the host fails`, async () => {
      const component = await load(text)
      const asks = [
        () => {
          throw new Error('no')
        },
        () => Promise.reject(new Error('no')),
        () => later('no number'),
      ]
      for (const ask of asks) {
        const instance = await component.instantiate({ ask })
        assert.equal((await thrownBy(() => instance.async.f(1))).code, 'host-error')
        assert.equal((await thrownBy(() => instance.async.f(1))).code, 'cannot-enter')
        assert.equal((await thrownBy(() => instance.exports.f(1))).code, 'cannot-enter')
      }
    })

    test(`${shape}: it is disposed while a call waits`, async () => {
      const component = await load(text)
      const before = takenWords()
      let answer = (_: number): void => assert.fail('nobody asked')
      const ask = (): Promise<number> =>
        new Promise((resolve) => {
          answer = resolve
        })
      const instance = await component.instantiate({ ask })
      const call = thrownBy(() => instance.async.f(1))
      await later(undefined)
      instance.dispose()
      assert.equal((await call).code, 'instance-disposed')
      answer(1)
      await later(undefined)
      assert.ok(takenWords() <= before, `${takenWords()} words, ${before} before`)
    })

    test(`${shape}: it is disposed from inside of a call`, async () => {
      const component = await load(text)
      const before = takenWords()
      for (const view of views) {
        const instance: Instance = await component.instantiate({
          ask(n: number) {
            instance.dispose()
            return n
          },
        })
        assert.equal((await thrownBy(() => instance[view].f(1))).code, 'instance-disposed')
      }
      assert.ok(takenWords() <= before, `${takenWords()} words, ${before} before`)
    })

    test(`${shape}: it is called again from inside of a call`, async () => {
      const component = await load(text)
      const codes: unknown[] = []
      const instance: Instance = await component.instantiate({
        ask(n: number) {
          try {
            instance.exports.f(n)
          } catch (error) {
            codes.push((error as { code: string }).code)
          }
          return 10 * n
        },
      })
      assert.equal(instance.exports.f(1), expected(1))
      assert.equal(await instance.async.f(1), expected(1))
      assert.deepEqual(codes, ['cannot-enter', 'cannot-enter'])
    })
  }

  test('a call that comes round again is refused', async () => {
    const component = await load(round)
    for (const view of views) {
      const instance = await component.instantiate()
      assert.equal(await instance[view].f(0), 7)
      assert.equal((await thrownBy(() => instance[view].f(1))).code, 'cannot-enter')
      assert.equal((await thrownBy(() => instance[view].f(0))).code, 'cannot-enter')
    }
  })
})

/** The parent's function, through a table that is filled at last, calls the first child again, if it is given what is not 0. */
const round = `
  (core module $Table (table (export "t") 1 funcref)
    (type $f (func (param i32) (result i32)))
    (func (export "ask") (param i32) (result i32)
      (if (result i32) (i32.gt_u (local.get 0) (i32.const 2))
        (then (call_indirect (type $f) (local.get 0) (i32.const 0)))
        (else (i32.const 6)))))
  (core instance $t (instantiate $Table))
  (func $ask (param "n" u32) (result u32) (canon lift (core func $t "ask")))
  ${link}
  (instance $b (instantiate $Link (with "f" (func $ask))))
  (instance $a (instantiate $Link (with "f" (func $b "f"))))
  (core func $again (canon lower (func $a "f")))
  (core module $Fill (import "" "t" (table 1 funcref)) (import "" "f" (func $f (param i32) (result i32)))
    (elem (i32.const 0) func $f))
  (core instance (instantiate $Fill (with "" (instance (export "t" (table $t "t")) (export "f" (func $again))))))
  (func (export "f") (alias export $a "f"))`

suite('adapters', () => {
  test('no JavaScript runs between the components', async () => {
    const component: Component = await loadComponent(chain, { backEnd: fused })
    let frames: readonly boolean[] = []
    const instance = await component.instantiate({
      ask: hostFunction({ blocks: false }, (n: number) => {
        const lines = new Error('here').stack!.split('\n').slice(1)
        frames = lines.map((line) => line.includes('wasm://'))
        return n
      }),
    })
    instance.exports.f(1)
    const wasm = frames.slice(frames.indexOf(true), frames.lastIndexOf(true) + 1)
    // Three components, and an adapter between each two.
    assert.deepEqual(wasm, Array(5).fill(true))
  })

  test('a backtrace has the frames of all components, and no others', async () => {
    const component: Component = await loadComponent(chain, { backEnd: fused })
    const ask = hostFunction({ blocks: false }, () => {
      throw new Error('no')
    })
    // There is glue on the stack, too.
    const limit = Error.stackTraceLimit
    after(() => {
      Error.stackTraceLimit = limit
    })
    Error.stackTraceLimit = 40
    for (const view of views) {
      const instance = await component.instantiate({ ask })
      const { backtrace } = (await thrownBy(() => instance[view].f(1))) as Trap
      const names = backtrace.map(({ module, name }) => `${module} ${name}`)
      assert.deepEqual(names, Array(3).fill('M f'))
    }
  })
})
