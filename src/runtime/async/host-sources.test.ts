/** What hosts give as streams and futures may fail, be given twice, or come with a call that is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'

/** Keeps one stream or future, reads it and drops it when it is told to. */
const keeper = `
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (type $r (resource (rep i32)))
  (export $thing "thing" (type $r))
  (type $s (stream u8))
  (type $f (future u8))
  (type $things (future (own $thing)))
  (type $many (stream $f))
  (core func $new (canon resource.new $r))
  (core func $read (canon stream.read $s (memory $memory "mem")))
  (core func $drop (canon stream.drop-readable $s))
  (core func $read-future (canon future.read $f (memory $memory "mem")))
  (core func $drop-future (canon future.drop-readable $f))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "read-future" (func $read-future (param i32 i32) (result i32)))
    (import "" "drop-future" (func $drop-future (param i32)))
    (global $end (mut i32) (i32.const 0))
    (func (export "keep") (param i32) (global.set $end (local.get 0)))
    (func (export "keep-with") (param i32 i32) (global.set $end (local.get 0)))
    (func (export "back") (param i32) (result i32) (local.get 0))
    (func (export "read") (result i32)
      (drop (call $read (global.get $end) (i32.const 16) (i32.const 1)))
      (i32.load8_u (i32.const 16)))
    (func (export "drop") (call $drop (global.get $end)))
    (func (export "read-future") (result i32)
      (drop (call $read-future (global.get $end) (i32.const 16)))
      (i32.load8_u (i32.const 16)))
    (func (export "drop-future") (call $drop-future (global.get $end))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem"))
    (export "read" (func $read)) (export "drop" (func $drop))
    (export "read-future" (func $read-future)) (export "drop-future" (func $drop-future))))))
  (func (export "make") (param "x" u32) (result (own $thing)) (canon lift (core func $new)))
  (func (export "keep") async (param "in" $s) (canon lift (core func $m "keep")))
  (func (export "keep-both") async (param "in" $s) (param "other" $s) (canon lift (core func $m "keep-with")))
  (func (export "read") async (result u8) (canon lift (core func $m "read")))
  (func (export "drop") async (canon lift (core func $m "drop")))
  (func (export "keep-future") async (param "in" $f) (canon lift (core func $m "keep")))
  (func (export "keep-with") async (param "in" $f) (param "x" u8) (canon lift (core func $m "keep-with")))
  (func (export "keep-things") async (param "in" $things) (param "x" u8) (canon lift (core func $m "keep-with")))
  (func (export "read-future") async (result u8) (canon lift (core func $m "read-future")))
  (func (export "drop-future") async (canon lift (core func $m "drop-future")))
  (func (export "back") (param "in" $many) (result $many) (canon lift (core func $m "back")))`

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2))

const wrong = { name: 'TypeError', message: /argument x: expected u8/ }

eachBackEnd('promises of the host', (load) => {
  const start = async () => (await load(keeper)).instantiate()

  test('end nothing where the call that they are for is refused', async () => {
    const { exports } = await start()
    const fails = Promise.withResolvers<number>()
    await assert.rejects(exports.keepWith(fails.promise, 256), wrong)
    fails.reject(new Error('too late'))
    await settled()
    await exports.keepFuture(Promise.resolve(7))
    assert.equal(await exports.readFuture(), 7)
  })

  test('keep what they bring where the call is refused', async () => {
    const { exports } = await start()
    const thing = exports.make(1)
    await assert.rejects(exports.keepThings(Promise.resolve(thing), 256), wrong)
    await settled()
    await exports.keepThings(Promise.resolve(thing), 1)
    await settled()
    await assert.rejects(exports.keepThings(thing, 1), { name: 'TypeError' })
  })

  test('answer once, whatever their own `then` does', async () => {
    const { exports } = await start()
    const promise = Promise.resolve(1)
    // biome-ignore lint/suspicious/noThenProperty: it is about thenables
    promise.then = (ok): never => {
      ok?.(2)
      ok?.(3)
      throw new Error('nothing more')
    }
    await exports.keepFuture(promise)
    await settled()
    assert.equal(await exports.readFuture(), 1)
  })

  test('bring what they bring when a guest never looked at them', async () => {
    const { exports } = await start()
    const brought: unknown[] = []
    for await (const one of exports.back([Promise.resolve(1), Promise.resolve(2)])) brought.push(await one)
    assert.deepEqual(brought, [1, 2])
  })
})
