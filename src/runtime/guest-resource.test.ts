/** Handles of a guest's resource, as users hold them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { eachBackEnd } from '../../test/support/load-component.ts'
import type { CoreFunction } from './back-end.ts'
import { ComponentInstance } from './component-instance.ts'
import { Border } from './entering.ts'
import { GuestResource } from './guest-resource.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

interface Blob extends Disposable {
  size(): number
}

/** A component with a resource `blob`, whose destructor counts; `sum-sizes` takes many handles, `lend` lends one to the host. */
const blobs = `
  (component $B
    (core module $D
      (global $dropped (export "dropped") (mut i32) (i32.const 0))
      (func (export "dtor") (param i32)
        (global.set $dropped (i32.add (global.get $dropped) (local.get 0)))))
    (core instance $d (instantiate $D))
    (type $blob' (resource (rep i32) (dtor (core func $d "dtor"))))
    (export $blob "blob" (type $blob'))
    (core func $new (canon resource.new $blob'))
    (core module $M
      (import "d" "dropped" (global $dropped (mut i32)))
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "new") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "size") (param i32) (result i32) (local.get 0))
      (func (export "dropped") (result i32) (global.get $dropped)))
    (core instance $m (instantiate $M
      (with "d" (instance $d)) (with "" (instance (export "new" (func $new))))))
    (func (export "[constructor]blob") (param "size" u32) (result (own $blob))
      (canon lift (core func $m "new")))
    (func (export "[method]blob.size") (param "self" (borrow $blob)) (result u32)
      (canon lift (core func $m "size")))
    (func (export "dropped") (result u32) (canon lift (core func $m "dropped"))))
  (instance $b (instantiate $B))
  (alias export $b "blob" (type $blob))
  (import "look" (func $look (param "n" u32) (result u32)))
  (component $U
    (import "blob" (type $blob (sub resource)))
    (import "look" (func $look (param "n" u32) (result u32)))
    (core func $look (canon lower (func $look)))
    (core func $drop (canon resource.drop $blob))
    (core module $M
      (import "" "drop" (func $drop (param i32)))
      (import "" "look" (func $look (param i32) (result i32)))
      (func (export "take-two") (param i32 i32) (call $drop (local.get 0)) (call $drop (local.get 1)))
      (func (export "take-and-borrow") (param i32 i32)
        (call $drop (local.get 1)) (call $drop (local.get 0)))
      (func (export "keep") (param i32))
      (func (export "give-back") (param i32) (result i32) (local.get 0))
      (func (export "borrow") (param i32) (result i32)
        (call $look (i32.const 1)) (call $drop (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance
      (export "drop" (func $drop)) (export "look" (func $look))))))
    (func (export "take-two") (param "a" (own $blob)) (param "b" (own $blob))
      (canon lift (core func $m "take-two")))
    (func (export "take-and-borrow") (param "a" (own $blob)) (param "b" (borrow $blob))
      (canon lift (core func $m "take-and-borrow")))
    (func (export "keep") (param "b" (borrow $blob)) (canon lift (core func $m "keep")))
    (func (export "give-back") (param "b" (own $blob)) (result (own $blob)) (canon lift (core func $m "give-back")))
    (func (export "borrow") (param "b" (borrow $blob)) (result u32) (canon lift (core func $m "borrow"))))
  (instance $u (instantiate $U (with "blob" (type $blob)) (with "look" (func $look))))
  (export "blobs" (instance $b))
  (export "users" (instance $u))`

eachBackEnd('a handle of a guest', (load) => {
  async function world(look: (n: number) => unknown = () => 0) {
    const instance = await (await load(blobs)).instantiate({ look })
    const { blobs: made, users } = instance.exports as { blobs: Made; users: Functions }
    return { instance, users, ...made }
  }
  interface Made {
    readonly Blob: new (size: number) => Blob
    dropped(): number
  }
  type Functions = Record<string, (...args: unknown[]) => unknown>
  type World = Awaited<ReturnType<typeof world>>
  const call = ({ users }: World, name: string, ...args: unknown[]): unknown => users[name]!(...args)

  test('is an object of its class, and disposed once', async () => {
    const { Blob, dropped } = await world()
    {
      using blob = new Blob(5)
      assert.ok(blob instanceof Blob)
      assert.equal(blob.size(), 5)
      assert.equal(dropped(), 0)
    }
    assert.equal(dropped(), 5)
    const blob = new Blob(7)
    blob[Symbol.dispose]()
    blob[Symbol.dispose]()
    assert.equal(dropped(), 12)
    assert.throws(() => blob.size(), {
      name: 'TypeError',
      message: /blob\.size: argument self: expected borrow<blob>, got a handle that was disposed$/,
    })
  })

  test('is of no use once it was passed as own', async () => {
    const the = await world()
    const [a, b] = [new the.Blob(1), new the.Blob(2)]
    call(the, 'takeTwo', a, b)
    assert.equal(the.dropped(), 3)
    assert.throws(() => a.size(), /got a handle that was passed as own$/)
    assert.throws(
      () => call(the, 'takeTwo', a, new the.Blob(4)),
      /argument a: expected own<blob>, got a handle that was passed as own$/,
    )
    b[Symbol.dispose]()
    assert.equal(the.dropped(), 3)
  })

  test('that comes back is another object', async () => {
    const the = await world()
    const blob = new the.Blob(3)
    const back = call(the, 'giveBack', blob) as Blob
    assert.ok(back instanceof the.Blob && back !== blob)
    assert.equal(back.size(), 3)
    back[Symbol.dispose]()
    assert.equal(the.dropped(), 3)
  })

  test('is not passed twice in one call, and then nothing has moved', async () => {
    const the = await world()
    const [a, b] = [new the.Blob(1), new the.Blob(2)]
    assert.throws(() => call(the, 'takeTwo', a, a), {
      name: 'TypeError',
      message: /argument b: expected own<blob>, got a handle that the same call passes as own already$/,
    })
    assert.throws(() => call(the, 'takeAndBorrow', a, a), /argument b: .*the same call passes as own$/)
    assert.throws(() => call(the, 'takeTwo', a, 'x'), TypeError)
    assert.deepEqual([a.size(), b.size(), the.dropped()], [1, 2, 0])
    call(the, 'takeAndBorrow', a, b)
    assert.deepEqual([b.size(), the.dropped()], [2, 1])
  })

  test('and what is none is told apart', async () => {
    const the = await world()
    const other = await world()
    for (const [value, got] of [
      [5, /got 5$/],
      [null, /got null$/],
      [Object.create(the.Blob.prototype), /got an object$/],
      [new other.Blob(1), /got a handle of another resource type, blob$/],
    ] as const) {
      assert.throws(() => call(the, 'giveBack', value), { name: 'TypeError', message: got })
    }
  })

  test('that a guest keeps traps', async () => {
    const the = await world()
    const blob = new the.Blob(1)
    assert.throws(() => call(the, 'keep', blob), {
      name: 'Trap',
      code: 'borrow-not-dropped',
      message: /^borrow handles still remain at the end of the call/,
    })
  })

  test('is not taken away while it is lent', async () => {
    const the: World = await world(() => {
      assert.throws(() => blob[Symbol.dispose](), /is lent to a call that still runs/)
      assert.throws(() => call(the, 'giveBack', blob), /got a handle that is lent to a call that still runs$/)
      return 0
    })
    const blob = new the.Blob(1)
    call(the, 'borrow', blob)
    blob[Symbol.dispose]()
    assert.equal(the.dropped(), 1)
  })

  test('is dropped when it was forgotten, and counted', async () => {
    const the = await world()
    for (let i = 0; i < 3; i++) new the.Blob(10).size()
    for (let i = 0; i < 50 && the.dropped() < 30; i++) {
      collectGarbage()
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.equal(the.dropped(), 30)
    assert.equal(the.instance.statistics.forgottenHandles, 3)
  })
})

test('a destructor waits until no call is inside its instance', () => {
  const owner = new ComponentInstance(undefined, 'owner')
  const dropped: number[] = []
  const destructor = (rep: number): void => {
    dropped.push(rep)
  }
  const resource = new GuestResource('thing', 'Thing', owner, destructor as CoreFunction)
  const handle = resource.liftOwn(1, false) as Disposable
  const border = new Border(owner, undefined)
  const saved = border.enter()
  handle[Symbol.dispose]()
  assert.deepEqual(dropped, [])
  border.leave(saved)
  assert.deepEqual(dropped, [1])
})

test('a destructor that traps poisons its instance, and the others are left out', () => {
  const owner = new ComponentInstance(undefined, 'owner')
  const destructor = (): void => {
    throw new WebAssembly.RuntimeError('unreachable')
  }
  const resource = new GuestResource('thing', 'Thing', owner, destructor)
  const [one, two] = [resource.liftOwn(1, false), resource.liftOwn(2, false)] as Disposable[]
  assert.throws(() => one![Symbol.dispose](), { name: 'Trap', code: 'unreachable' })
  two![Symbol.dispose]()
  assert.ok(owner.poisoned)
})

test('a borrowed handle ends with its call, and is not disposed', () => {
  const owner = new ComponentInstance(undefined, 'owner')
  const resource = new GuestResource('thing', 'Thing', owner, undefined)
  const handle = resource.liftBorrow(1)
  assert.throws(() => (handle as Disposable)[Symbol.dispose](), /a borrowed handle is not disposed/)
  assert.deepEqual([resource.repOf(handle), resource.claimBorrow(handle, 1)], [1, undefined])
  assert.equal(resource.claimOwn(handle, 2), 'a borrowed handle')
  resource.endBorrow(handle)
  assert.equal(resource.repOf(handle), undefined)
  assert.equal(resource.claimBorrow(handle, 3), 'a handle that was borrowed for a call that has returned')
})
