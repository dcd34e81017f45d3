/** Synchronous code in an instance that has tasks: each call, `realloc` and destructor has a thread of its own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'

/** Each function notes what its thread's storage holds, and leaves something there. */
const storage = `
  (core func $get (canon context.get i32 0))
  (core func $set (canon context.set i32 0))
  (core module $M
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (memory (export "mem") 1)
    (global $notes (mut i32) (i32.const 0))
    (func $note (global.set $notes (i32.add (i32.mul (global.get $notes) (i32.const 10)) (call $get))))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (call $note)
      (call $set (i32.const 8))
      (i32.const 64))
    (func (export "measure") (param i32 i32) (result i32)
      (call $note)
      (call $set (i32.const 3))
      (local.get 1))
    (func (export "cleanup") (param i32) (call $note))
    (func (export "notes") (result i32) (global.get $notes)))
  (core instance $m (instantiate $M (with "" (instance
    (export "get" (func $get)) (export "set" (func $set))))))
  (func (export "measure") (param "text" string) (result u32) (canon lift (core func $m "measure")
    (memory $m "mem") (realloc (func $m "realloc")) (post-return (func $m "cleanup"))))
  (func (export "notes") (result u32) (canon lift (core func $m "notes")))`

eachBackEnd('the storage of threads', (load) => {
  for (const view of ['exports', 'async'] as const) {
    test(`is empty for a call and for its realloc, and post-return sees the call's: ${view}`, async () => {
      const instance = await (await load(storage)).instantiate()
      assert.equal(await instance[view].measure('four'), 4)
      assert.equal(await instance[view].measure('five!'), 5)
      // realloc, call, post-return: 0 0 3, twice.
      assert.equal(await instance[view].notes(), 3003)
    })
  }
})

/** A resource whose destructor yields, in an instance that has tasks; another component drops it. */
const destructors = `
  (component $Owner
    (core func $yield (canon thread.yield))
    (core func $set (canon context.set i32 0))
    (core func $get (canon context.get i32 0))
    (core module $M
      (import "" "yield" (func $yield (result i32)))
      (import "" "set" (func $set (param i32)))
      (import "" "get" (func $get (result i32)))
      (global $sum (mut i32) (i32.const 0))
      (func (export "dtor") (param i32)
        (if (call $get) (then unreachable))
        (call $set (i32.const 1))
        (drop (call $yield))
        (global.set $sum (i32.add (global.get $sum) (local.get 0))))
      (func (export "sum") (result i32) (global.get $sum)))
    (core instance $m (instantiate $M (with "" (instance
      (export "yield" (func $yield)) (export "set" (func $set)) (export "get" (func $get))))))
    (type $r' (resource (rep i32) (dtor (func $m "dtor"))))
    (core func $new (canon resource.new $r'))
    (export $r "r" (type $r'))
    (func (export "make") (param "rep" u32) (result (own $r)) (canon lift (core func $new)))
    (func (export "sum") (result u32) (canon lift (core func $m "sum"))))
  (component $User
    (import "owner" (instance $owner
      (export "r" (type $r (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $r))))))
    (alias export $owner "r" (type $r))
    (core func $make (canon lower (func $owner "make")))
    (core func $drop (canon resource.drop $r))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "use") (param i32) (call $drop (call $make (local.get 0)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make)) (export "drop" (func $drop))))))
    (func (export "use") (param "rep" u32) (canon lift (core func $m "use")))
    (func (export "use-async") async (param "rep" u32) (canon lift (core func $m "use"))))
  (instance $owner (instantiate $Owner))
  (instance $user (instantiate $User (with "owner" (instance $owner))))
  (export "owner" (instance $owner))
  (export "user" (instance $user))`

eachBackEnd('destructors of instances with tasks', (load) => {
  const start = async () => (await load(destructors)).instantiate()

  for (const view of ['exports', 'async'] as const) {
    test(`a guest drops: ${view}`, async () => {
      const instance = await start()
      await instance[view].user.use(3)
      await instance[view].user.useAsync(4)
      assert.equal(await instance[view].owner.sum(), 7)
    })
  }

  test('the host drops', async () => {
    const { exports } = await start()
    exports.owner.make(5)[Symbol.dispose]()
    assert.equal(exports.owner.sum(), 5)
  })
})

/** A start function that uses what only tasks have. */
const started = `
  (core func $index (canon thread.index))
  (core func $yield (canon thread.yield))
  (core module $M
    (import "" "index" (func $index (result i32)))
    (import "" "yield" (func $yield (result i32)))
    (global $seen (mut i32) (i32.const 0))
    (func $start (drop (call $yield)) (global.set $seen (call $index)))
    (start $start)
    (func (export "seen") (result i32) (global.get $seen)))
  (core instance $m (instantiate $M (with "" (instance
    (export "index" (func $index)) (export "yield" (func $yield))))))
  (func (export "seen") (result u32) (canon lift (core func $m "seen")))`

eachBackEnd('start functions of instances with tasks', (load) => {
  test('run in a thread', async () => {
    const instance = await (await load(started)).instantiate()
    assert.ok(instance.exports.seen() > 0)
  })
})
