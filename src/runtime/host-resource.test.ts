/** Resources that the host implements with a class. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../test/support/load-component.ts'
import { HostResource } from './host-resource.ts'

class Thing implements Disposable {
  disposed = 0;

  [Symbol.dispose](): void {
    this.disposed++
  }
}

test('an object has one rep while a guest knows it, and is disposed when its last owner is gone', () => {
  const resource = new HostResource('thing', Thing)
  const [a, b] = [new Thing(), new Thing()]
  assert.deepEqual([resource.takeOwn(a), resource.takeOwn(b), resource.takeOwn(a)], [1, 2, 1])
  resource.dropped(1, true)
  assert.equal(a.disposed, 0)
  resource.dropped(1, true)
  assert.equal(a.disposed, 1)
  assert.equal(resource.takeOwn(new Thing()), 1)
  assert.deepEqual([resource.liftOwn(2), b.disposed], [b, 0])
})

test('an object that is borrowed stays until that is over', () => {
  const resource = new HostResource('thing', Thing)
  const thing = new Thing()
  const rep = resource.takeOwn(thing)
  assert.equal(resource.lend(thing), rep)
  assert.equal(resource.liftBorrow(rep), thing)
  assert.equal(resource.liftOwn(rep), thing)
  assert.equal(resource.liftBorrow(rep), thing)
  resource.dropped(rep, false)
  assert.equal(thing.disposed, 0)
})

test('only instances of the class are passed', () => {
  const resource = new HostResource('thing', Thing)
  assert.equal(resource.claimOwn(new (class extends Thing {})()), undefined)
  assert.equal(resource.claimOwn({}), 'an object, no instance of Thing')
  assert.equal(resource.claimBorrow(undefined), 'undefined, no instance of Thing')
})

const holder = `
  (import "thing" (type $thing (sub resource)))
  (import "make" (func $make (result (own $thing))))
  (import "look" (func $look (param "t" (borrow $thing)) (result u32)))
  (import "take" (func $take (param "t" (own $thing))))
  (core func $make (canon lower (func $make)))
  (core func $look (canon lower (func $look)))
  (core func $take (canon lower (func $take)))
  (core func $drop (canon resource.drop $thing))
  (core module $M
    (import "" "make" (func $make (result i32)))
    (import "" "look" (func $look (param i32) (result i32)))
    (import "" "take" (func $take (param i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "keep") (result i32) (call $make))
    (func (export "look") (param i32) (result i32) (call $look (local.get 0)))
    (func (export "take") (param i32) (call $take (local.get 0)))
    (func (export "drop") (param i32) (call $drop (local.get 0))))
  (core instance $m (instantiate $M (with "" (instance
    (export "make" (func $make)) (export "look" (func $look))
    (export "take" (func $take)) (export "drop" (func $drop))))))
  (func (export "keep") (result u32) (canon lift (core func $m "keep")))
  (func (export "look") (param "n" u32) (result u32) (canon lift (core func $m "look")))
  (func (export "take") (param "n" u32) (canon lift (core func $m "take")))
  (func (export "drop") (param "n" u32) (canon lift (core func $m "drop")))`

eachBackEnd('objects of the host', (load) => {
  async function world() {
    const things: Thing[] = []
    const seen: unknown[] = []
    const instance = await (await load(holder)).instantiate({
      Thing,
      make() {
        things.push(new Thing())
        return things.at(-1)
      },
      look(thing: unknown) {
        seen.push(thing)
        return 7
      },
      take(thing: unknown) {
        seen.push(thing)
      },
    })
    const disposed = (): number[] => things.map((thing) => thing.disposed)
    const exports = instance.exports as Record<'keep' | 'look' | 'take' | 'drop', (n?: number) => unknown>
    return { instance, things, seen, disposed, exports }
  }

  test('are lent as they are, taken back undisposed, and disposed when they are dropped', async () => {
    const { exports, things, seen, disposed } = await world()
    const { keep, look, take, drop } = exports
    assert.deepEqual([keep(), keep()], [1, 2])
    assert.equal(look(1), 7)
    take(2)
    assert.deepEqual(seen, things)
    drop(1)
    assert.deepEqual(disposed(), [1, 0])
  })

  test('are disposed with the instance that holds them', async () => {
    const { instance, exports, disposed } = await world()
    for (let i = 0; i < 3; i++) exports.keep()
    exports.drop(2)
    instance[Symbol.dispose]()
    instance[Symbol.dispose]()
    assert.deepEqual(disposed(), [1, 1, 1])
  })

  test('that were dropped are unknown', async () => {
    for (const use of ['drop', 'look', 'take'] as const) {
      const { exports } = await world()
      exports.keep()
      exports.drop(1)
      assert.throws(() => exports[use](1), {
        name: 'Trap',
        code: 'unknown-handle',
        message: 'unknown handle index 1',
      })
    }
  })

  test('whose destructor throws end the guest', async () => {
    const mistake = new Error('a mistake')
    class Bad {
      [Symbol.dispose](): void {
        throw mistake
      }
    }
    const instance = await (await load(holder)).instantiate({
      Thing: Bad,
      make: () => new Bad(),
      look: () => 0,
      take: () => {},
    })
    const { keep, drop } = instance.exports as Record<'keep' | 'drop', (n?: number) => unknown>
    keep()
    assert.throws(() => drop(1), { name: 'Trap', code: 'host-error', cause: mistake })
  })
})
