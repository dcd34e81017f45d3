import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counter, eachBackEnd } from '../../test/support/load-component.ts'
import { Component } from '../index.ts'

eachBackEnd('exports', (load, transpiled) => {
  const exporting = (names: readonly string[]): string =>
    `${counter.replace('(export "bump") (result u32)', '$f (result u32)')} ${names.map((name) => `(export "${name}" (func $f))`).join('')}`

  test('short names where they are unique, exact names always', {
    skip: transpiled && 'collisions are said when it is transpiled',
  }, async () => {
    const component = await load(`${exporting(['get-value', 'a1', 'a-1'])}
    (component $C ${counter})
    (instance $c (instantiate $C))
    (export "a:b/one@1.2.0" (instance $c))
    (export "a:b/two@1.0.0" (instance $c))
    (export "a:c/two@1.0.0" (instance $c))`)
    const { exports } = await component.instantiate()
    assert.deepEqual(Object.keys(exports).sort(), [
      'a-1',
      'a1',
      'a:b/one',
      'a:b/one@1.2.0',
      'a:b/two',
      'a:b/two@1.0.0',
      'a:c/two',
      'a:c/two@1.0.0',
      'get-value',
      'getValue',
      'one',
    ])
    assert.deepEqual(component.collisions, [
      { short: 'a1', names: ['a1', 'a-1'] },
      { short: 'two', names: ['a:b/two@1.0.0', 'a:c/two@1.0.0'] },
    ])
    assert.equal(exports.one, exports['a:b/two@1.0.0'], 'one instance is one object')
  })

  test('an imported function that is exported again', async () => {
    const component = await load('(import "f" (func $f (param "a" u32) (result u32))) (export "g" (func $f))')
    const instance = await component.instantiate({ f: (a: number) => a + 1 })
    assert.equal(instance.exports.g(1), 2)
    assert.equal(await instance.async.g(1), 2)
    instance.dispose()
    assert.throws(() => instance.exports.g(1), { code: 'instance-disposed' })
  })

  test('a core module and a component, each with what it captured', {
    skip: transpiled && 'what is exported is no Component: test/transpile/values.test.ts',
  }, async () => {
    const component = await load(`
    (component $C
      (import "m" (core module $M (export "get" (func (result i32)))))
      (component $Inner
        (core instance $m (instantiate $M))
        (func (export "get") (result u32) (canon lift (core func $m "get"))))
      (export "inner" (component $Inner))
      (export "module" (core module $M)))
    (core module $M1 (func (export "get") (result i32) i32.const 1))
    (core module $M2 (func (export "get") (result i32) i32.const 2))
    (instance $c1 (instantiate $C (with "m" (core module $M1))))
    (instance $c2 (instantiate $C (with "m" (core module $M2))))
    (export "one" (instance $c1)) (export "two" (instance $c2))`)
    const { exports } = await component.instantiate()
    const gets = await Promise.all(
      [exports.one, exports.two].map(async ({ inner }) => {
        assert.ok(inner instanceof Component)
        assert.deepEqual(inner.exports.map(String), ['get: func() -> u32'])
        return (await inner.instantiate()).exports.get()
      }),
    )
    assert.deepEqual(gets, [1, 2])
    assert.ok(exports.one.module instanceof WebAssembly.Module)
  })

  test('the members of a resource class, in both views', async () => {
    const { exports, async } = await (
      await load(`
      (core module $D (global $drops (mut i32) (i32.const 0))
        (func (export "dtor") (param i32) (global.set $drops (i32.add (global.get $drops) (local.get 0))))
        (func (export "drops") (result i32) (global.get $drops)))
      (core instance $d (instantiate $D))
      (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
      (export $e "my-counter" (type $r))
      (core func $new (canon resource.new $r))
      (core module $M (import "" "new" (func $new (param i32) (result i32)))
        (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
        (func (export "get") (param i32) (result i32) (local.get 0))
        (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
      (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
      (func (export "[constructor]my-counter") (param "start" u32) (result (own $e)) (canon lift (core func $m "make")))
      (func (export "[static]my-counter.open-one") (param "start" u32) (result (own $e)) (canon lift (core func $m "make")))
      (func (export "[method]my-counter.add-to") (param "self" (borrow $e)) (param "n" u32) (result u32) (canon lift (core func $m "add")))
      (func (export "[method]my-counter.name") (param "self" (borrow $e)) (result u32) (canon lift (core func $m "get")))
      (func (export "drops") (result u32) (canon lift (core func $d "drops")))`)
    ).instantiate()
    const { MyCounter } = exports
    assert.equal(exports['my-counter'], MyCounter)
    assert.equal(MyCounter.name, 'MyCounter')
    const three = new MyCounter(3)
    const four = MyCounter.openOne(4)
    assert.ok(three instanceof MyCounter && four instanceof MyCounter)
    assert.deepEqual([three.addTo(1), three['add-to'](2), four.name_()], [4, 5, 4])
    assert.equal(exports['[method]my-counter.add-to'](three, 1), 4)

    const five = await new async.MyCounter(5)
    assert.ok(five instanceof MyCounter && five instanceof async.MyCounter)
    assert.equal(await five.async.addTo(1), 6)
    assert.equal(await async.MyCounter.prototype.addTo.call(five, 2), 7)
    assert.equal((await async.MyCounter.openOne(6)).name_(), 6)

    three[Symbol.dispose]()
    three[Symbol.dispose]()
    assert.equal(exports.drops(), 3)
    assert.throws(() => three.addTo(1), TypeError)
  })

  /** Its own members are functions of one interface only; the other has the class, under a name of its own. */
  const defining = `(component $A
      (core module $M
        (import "" "new" (func $new (param i32) (result i32)))
        (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
        (func (export "get") (param i32) (result i32) (local.get 0)))
      (type $r' (resource (rep i32)))
      (export $r "r" (type $r'))
      (core func $new (canon resource.new $r))
      (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
      (func (export "[constructor]r") (param "start" u32) (result (own $r)) (canon lift (core func $m "make")))
      (func (export "[method]r.get") (param "self" (borrow $r)) (result u32) (canon lift (core func $m "get"))))
    (component $B
      (import "r" (type $r (sub resource)))
      (export "other" (type $r)))
    (instance $a (instantiate $A))
    (alias export $a "r" (type $r))
    (instance $b (instantiate $B (with "r" (type $r))))`
  const [a, b] = ['(export "a:b/a" (instance $a))', '(export "a:b/b" (instance $b))']

  for (const [order, text] of [
    ['behind', `${a} ${b}`],
    ['before', `(export "r" (type $r)) ${b} ${a}`],
  ] as const) {
    test(`the class of another interface, ${order} its own`, async () => {
      const { exports, async } = await (await load(`${defining} ${text}`)).instantiate()
      const handle = new exports.b.Other(7)
      assert.ok(handle instanceof exports.a.R)
      assert.equal(await handle.async.get(), 7)
      assert.equal(async.a.R, async.b.Other)
      assert.equal((await new async.b.Other(8)).get(), 8)
    })
  }
})
