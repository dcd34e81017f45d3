/** Handles that JavaScript writes to streams and futures: whose they are until a guest has read them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'
import type { Trap } from '../../index.ts'

/** Reads handles one by one and drops them; the destructor adds up what they stand for. */
const owned = `
  (core module $D
    (global $sum (mut i32) (i32.const 0))
    (func (export "drop") (param i32) (global.set $sum (i32.add (global.get $sum) (local.get 0))))
    (func (export "sum") (result i32) (global.get $sum)))
  (core instance $d (instantiate $D))
  (type $r (resource (rep i32) (dtor (core func $d "drop"))))
  (export $thing "thing" (type $r))
  (core func $new (canon resource.new $r))
  (core func $drop (canon resource.drop $r))
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (type $s (stream (own $thing)))
  (type $f (future (own $thing)))
  (core func $read (canon stream.read $s (memory $memory "mem")))
  (core func $stop (canon stream.drop-readable $s))
  (core func $read-future (canon future.read $f (memory $memory "mem")))
  (core func $stop-future (canon future.drop-readable $f))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "stop" (func $stop (param i32)))
    (import "" "read-future" (func $read-future (param i32 i32) (result i32)))
    (import "" "stop-future" (func $stop-future (param i32)))
    (import "" "drop" (func $drop (param i32)))
    (global $end (mut i32) (i32.const 0))
    (func (export "keep") (param i32) (global.set $end (local.get 0)))
    (func (export "read")
      (drop (call $read (global.get $end) (i32.const 16) (i32.const 1)))
      (call $drop (i32.load (i32.const 16))))
    (func (export "stop") (call $stop (global.get $end)))
    (func (export "read-future")
      (drop (call $read-future (global.get $end) (i32.const 16)))
      (call $drop (i32.load (i32.const 16))))
    (func (export "stop-future") (call $stop-future (global.get $end))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem"))
    (export "read" (func $read))
    (export "stop" (func $stop))
    (export "read-future" (func $read-future))
    (export "stop-future" (func $stop-future))
    (export "drop" (func $drop))))))
  (func (export "make") (param "x" u32) (result (own $thing)) (canon lift (core func $new)))
  (func (export "sum") (result u32) (canon lift (core func $d "sum")))
  (func (export "keep") async (param "in" $s) (canon lift (core func $m "keep")))
  (func (export "read") async (canon lift (core func $m "read")))
  (func (export "stop") async (canon lift (core func $m "stop")))
  (func (export "keep-future") async (param "in" $f) (canon lift (core func $m "keep")))
  (func (export "read-future") async (canon lift (core func $m "read-future")))
  (func (export "stop-future") async (canon lift (core func $m "stop-future")))`

eachBackEnd('handles that the host writes', (load) => {
  const start = async () => (await load(owned)).instantiate()
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2))

  test('are the stream’s before a guest reads them', async () => {
    const { exports } = await start()
    const things = [exports.make(1), exports.make(10)]
    await exports.keep(things)
    await exports.read()
    await settled()
    // It is nobody's to dispose of any more.
    things[1][Symbol.dispose]()
    assert.equal(exports.sum(), 1)
    await exports.read()
    assert.equal(exports.sum(), 11)
  })

  test('are written once', async () => {
    const { exports } = await start()
    const thing = exports.make(1)
    await exports.keep([thing, thing])
    await assert.rejects(exports.read(), (error: Trap) => {
      assert.equal(error.code, 'host-error')
      assert.match(error.message, /was passed as own/)
      return true
    })
  })

  test('are dropped when nobody will read them', async () => {
    const instance = await start()
    const { exports } = instance
    await exports.keep([exports.make(1), exports.make(10), exports.make(100)])
    await exports.read()
    await settled()
    await exports.stop()
    await settled()
    // The third was never asked for.
    assert.equal(exports.sum(), 11)
    assert.equal(instance.statistics.liveHandles, 1)
  })

  test('are the future’s before a guest reads them', async () => {
    const { exports } = await start()
    const thing = exports.make(1)
    await exports.keepFuture(Promise.resolve(thing))
    await settled()
    thing[Symbol.dispose]()
    assert.equal(exports.sum(), 0)
    await exports.readFuture()
    assert.equal(exports.sum(), 1)
  })

  test('are dropped with the future', async () => {
    const { exports } = await start()
    await exports.keepFuture(Promise.resolve(exports.make(1)))
    await settled()
    await exports.stopFuture()
    await settled()
    assert.equal(exports.sum(), 1)
  })
})
