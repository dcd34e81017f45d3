/** Arguments whose getters, iterators and proxies do something while they are read. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instance } from '../../src/index.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

/**
 * A resource whose live ones are counted, and functions that take handles and numbers together with what runs code. The
 * guest traps when something is dropped twice.
 */
const guest = `
  (import "wait" (func $wait))
  (core func $wait (canon lower (func $wait)))
  (core module $D (memory (export "memory") 1 100)
    (global $next (mut i32) (i32.const 1024)) (global $live (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.get $next)
      (global.set $next (i32.add (global.get $next) (local.get 3))))
    (func (export "dtor") (param i32)
      (if (i32.eqz (i32.load8_u (local.get 0))) (then unreachable))
      (i32.store8 (local.get 0) (i32.const 0))
      (global.set $live (i32.sub (global.get $live) (i32.const 1))))
    (func (export "rep") (param i32) (result i32)
      (i32.store8 (local.get 0) (i32.const 1))
      (global.set $live (i32.add (global.get $live) (i32.const 1)))
      (local.get 0))
    (func (export "live") (result i32) (global.get $live)))
  (core instance $d (instantiate $D))
  (type $r' (resource (rep i32) (dtor (core func $d "dtor"))))
  (export $r "r" (type $r'))
  (type $box' (record (field "x" u8))) (export $box "box" (type $box'))
  (type $holder' (record (field "h" (own $r)) (field "x" u8))) (export $holder "holder" (type $holder'))
  (type $numbers' (record (field "a" (list u8)) (field "x" u8))) (export $numbers "numbers" (type $numbers'))
  (core func $new (canon resource.new $r'))
  (core func $drop (canon resource.drop $r'))
  (core module $M
    (import "" "memory" (memory 1 100)) (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "new" (func $new (param i32) (result i32))) (import "" "drop" (func $drop (param i32)))
    (import "" "wait" (func $wait))
    (func $alive (param i32) (if (i32.eqz (i32.load8_u (local.get 0))) (then unreachable)))
    (func (export "make") (param i32) (result i32) (call $new (call $rep (local.get 0))))
    (func (export "take") (param i32 i32) (call $drop (local.get 0)))
    (func (export "look") (param i32 i32) (call $alive (local.get 0)))
    (func (export "take-one") (param i32) (call $drop (local.get 0)))
    (func (export "take-two") (param i32 i32) (call $drop (local.get 0)) (call $drop (local.get 1)))
    (func (export "take-all") (param i32 i32)
      (loop $next (if (local.get 1) (then
        (call $drop (i32.load (local.get 0)))
        (local.set 0 (i32.add (local.get 0) (i32.const 4)))
        (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
        (br $next)))))
    (func (export "sum") (param i32 i32 i32) (result i32) (local $sum i32)
      (loop $next (if (local.get 1) (then
        (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get 0))))
        (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
        (br $next))))
      (local.get $sum))
    (func (export "sum-first") (param i32 i32) (result i32) (local $sum i32) (local $n i32)
      (local.set $n (i32.load offset=4 (local.get 0)))
      (local.set 0 (i32.load (local.get 0)))
      (loop $next (if (local.get $n) (then
        (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get 0))))
        (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next))))
      (local.get $sum))
    (func (export "slow") (call $wait)))
  (core instance $m (instantiate $M (with "" (instance
    (export "memory" (memory $d "memory")) (export "rep" (func $d "rep")) (export "wait" (func $wait))
    (export "new" (func $new)) (export "drop" (func $drop))))))
  (alias core export $d "memory" (core memory $memory))
  (alias core export $d "realloc" (core func $realloc))
  (func (export "make") (param "at" u32) (result (own $r)) (canon lift (core func $m "make")))
  (func (export "live") (result u32) (canon lift (core func $d "live")))
  (func (export "take") (param "h" (own $r)) (param "b" $box) (canon lift (core func $m "take")))
  (func (export "look") (param "h" (borrow $r)) (param "b" $box) (canon lift (core func $m "look")))
  (func (export "take-holder") (param "h" $holder) (canon lift (core func $m "take")))
  (func (export "take-two") (param "a" (own $r)) (param "b" (own $r)) (canon lift (core func $m "take-two")))
  (func (export "take-all") (param "all" (list (own $r)))
    (canon lift (core func $m "take-all") (memory $memory) (realloc $realloc)))
  (func (export "sum") (param "a" (list u8)) (param "b" $box) (result u32)
    (canon lift (core func $m "sum") (memory $memory) (realloc $realloc)))
  (func (export "sum-numbers") (param "n" $numbers) (result u32)
    (canon lift (core func $m "sum") (memory $memory) (realloc $realloc)))
  (func (export "sum-first") (param "lists" (list (list u8))) (result u32)
    (canon lift (core func $m "sum-first") (memory $memory) (realloc $realloc)))
  (func (export "slow") (canon lift (core func $m "slow")))`

/** A box whose getter does something. */
function acting(act: () => void): { readonly x: number } {
  return {
    get x() {
      act()
      return 1
    },
  }
}

/** An array whose second element does something when it is read. */
function actingArray<T>(first: T, act: () => void, second: T): T[] {
  return Object.defineProperty([first], 1, {
    enumerable: true,
    get() {
      act()
      return second
    },
  })
}

function detach(array: Uint8Array): void {
  structuredClone(array, { transfer: [array.buffer] })
}

eachBackEnd('while arguments are read', (load) => {
  let places = 2000
  const make = (instance: Instance): object => instance.exports.make(places++) as object

  async function instantiate(): Promise<Instance> {
    return (await load(guest)).instantiate({ wait: () => new Promise((resolve) => setImmediate(resolve)) })
  }

  const used: readonly (readonly [
    name: string,
    call: (instance: Instance, view: 'exports' | 'async', handle: object, act: () => void) => unknown,
  ])[] = [
    ['own', (instance, view, h, act) => instance[view].take(h, acting(act))],
    ['borrow', (instance, view, h, act) => instance[view].look(h, acting(act))],
    [
      'own in a record',
      (instance, view, h, act) => instance[view].takeHolder(Object.assign(acting(act), { h })),
    ],
    [
      'own in a list',
      (instance, view, h, act) => instance[view].takeAll(actingArray(h, act, make(instance))),
    ],
  ]
  for (const [name, call] of used) {
    for (const view of views) {
      test(`${name} is disposed, ${view}`, async () => {
        const instance = await instantiate()
        const handle = make(instance) as Disposable
        await assert.rejects(
          async () => call(instance, view, handle, () => handle[Symbol.dispose]()),
          /^TypeError: .*got a handle that was disposed/,
        )
        assert.ok(instance.exports.live() <= 1)
      })

      test(`${name} is passed on, ${view}`, async () => {
        const instance = await instantiate()
        const handle = make(instance)
        await assert.rejects(
          async () => call(instance, view, handle, () => instance.exports.take(handle, { x: 1 })),
          /^TypeError: .*got a handle that was passed as own/,
        )
        assert.ok(instance.exports.live() <= 1)
      })
    }
  }

  const changed: readonly (readonly [
    name: string,
    sum: (instance: Instance, bytes: Uint8Array, act: () => void) => unknown,
  ])[] = [
    ['a list', ({ exports }, bytes, act) => exports.sum(bytes, acting(act))],
    ['a list in a record', ({ exports }, a, act) => exports.sumNumbers(Object.assign(acting(act), { a }))],
    [
      'a list in a list',
      ({ exports }, bytes, act) => exports.sumFirst(actingArray(bytes, act, new Uint8Array(1))),
    ],
  ]
  for (const [name, sum] of changed) {
    // Whether the numbers were copied when they were read is nobody's business, but what is passed must be theirs.
    const harmless = (outcome: () => unknown, instance: Instance, allowed: readonly unknown[]): void => {
      try {
        assert.ok(allowed.includes(outcome()))
      } catch (error) {
        assert.match(String(error), /^TypeError: .*expected (list|record)/)
      }
      assert.equal(instance.exports.live(), 0)
      assert.equal(instance.exports.sum([1, 2], { x: 1 }), 3)
    }

    test(`${name} is detached`, async () => {
      const instance = await instantiate()
      const bytes = new Uint8Array([1, 2, 3])
      harmless(() => sum(instance, bytes, () => detach(bytes)), instance, [6])
    })

    test(`${name} is shrunk`, async () => {
      const instance = await instantiate()
      const buffer = new ArrayBuffer(4, { maxByteLength: 8 })
      const bytes = new Uint8Array(buffer).fill(1)
      harmless(() => sum(instance, bytes, () => buffer.resize(2)), instance, [4])
    })

    test(`${name} is shrunk away`, async () => {
      const instance = await instantiate()
      const buffer = new ArrayBuffer(8, { maxByteLength: 8 })
      const bytes = new Uint8Array(buffer, 4, 4).fill(1)
      harmless(() => sum(instance, bytes, () => buffer.resize(6)), instance, [4])
    })

    test(`${name} is grown`, async () => {
      const instance = await instantiate()
      const buffer = new ArrayBuffer(4, { maxByteLength: 8 })
      const bytes = new Uint8Array(buffer).fill(1)
      const grow = (): void => {
        buffer.resize(8)
        bytes.fill(1)
      }
      harmless(() => sum(instance, bytes, grow), instance, [4])
    })
  }

  test('an array is emptied by its iterator', async () => {
    const instance = await instantiate()
    const numbers: unknown[] = [1, { valueOf: () => 1 }]
    const shrinking = new Proxy(numbers, {
      get(target, key, receiver) {
        if (key === '0') target.length = 1
        return Reflect.get(target, key, receiver)
      },
    })
    assert.throws(
      () => instance.exports.sum(shrinking, { x: 1 }),
      /^TypeError: sum: argument a\[1\]: expected u8/,
    )
    assert.equal(instance.exports.live(), 0)
  })

  test('the instance is called', async () => {
    const instance = await instantiate()
    const inner: unknown[] = []
    const act = (): void => {
      inner.push(
        instance.exports.sum(
          [1, 1],
          acting(() => inner.push(instance.exports.sum([5], { x: 1 }))),
        ),
      )
    }
    assert.equal(instance.exports.sum(new Set([1, 2, 3]), acting(act)), 6)
    assert.equal(await instance.async.sum(new Set([1, 2, 3]), acting(act)), 6)
    assert.deepEqual(inner, [5, 2, 5, 2])
  })

  test('the instance is disposed', async () => {
    for (const view of views) {
      const instance = await instantiate()
      await assert.rejects(
        async () =>
          instance[view].sum(
            [1],
            acting(() => instance.dispose()),
          ),
        {
          code: 'instance-disposed',
        },
      )
    }
  })

  test('the instance traps', async () => {
    for (const view of views) {
      const instance = await instantiate()
      const handle = make(instance)
      const act = (): void => {
        assert.throws(() => instance.exports.make(0xffff_ffff), { name: 'Trap' })
      }
      await assert.rejects(async () => instance[view].take(handle, acting(act)), { code: 'cannot-enter' })
    }
  })

  test('a call is started that waits', async () => {
    const instance = await instantiate()
    const slow: Promise<unknown>[] = []
    const act = (): void => void slow.push(instance.async.slow())
    assert.throws(() => instance.exports.sum([1], acting(act)), { code: 'instance-busy' })
    assert.equal(await instance.async.sum([1, 2], acting(act)), 3)
    await Promise.all(slow)
    assert.equal(instance.exports.live(), 0)
  })

  test('an argument is missing its value, and throws what the caller threw', async () => {
    const instance = await instantiate()
    const handle = make(instance)
    const mine = new Error('mine')
    const act = (): never => {
      throw mine
    }
    for (const view of views) {
      await assert.rejects(async () => instance[view].take(handle, acting(act)), mine)
      await assert.rejects(async () => instance[view].sum([1], acting(act)), mine)
    }
    instance.exports.take(handle, { x: 1 })
    assert.equal(instance.exports.live(), 0)
  })
})
