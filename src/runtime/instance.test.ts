import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counter, eachBackEnd } from '../../test/support/load-component.ts'
import { Trap } from '../index.ts'

eachBackEnd('instances', (load, transpiled) => {
  test('of one component are independent', async () => {
    const component = await load(counter)
    const [a, b] = [await component.instantiate(), await component.instantiate()]
    assert.deepEqual([a.exports.bump(), a.exports.bump(), b.exports.bump()], [1, 2, 1])
  })

  test('both views are the same instance', async () => {
    const instance = await (await load(counter)).instantiate()
    assert.equal(instance.exports.bump(), 1)
    assert.equal(await instance.async.bump(), 2)
    assert.equal(instance.async, instance.async)
    assert.equal(Object.getPrototypeOf(instance.exports), null)
  })

  test('of nested components share what they are given', async () => {
    const instance = await (
      await load(`
      (component $Svc ${counter})
      (component $User
        (import "svc" (instance $svc (export "bump" (func (result u32)))))
        (core func $bump (canon lower (func $svc "bump")))
        (core module $U (import "svc" "bump" (func $bump (result i32))) (export "go" (func $bump)))
        (core instance $u (instantiate $U (with "svc" (instance (export "bump" (func $bump))))))
        (func (export "go") (result u32) (canon lift (core func $u "go"))))
      (instance $svc (instantiate $Svc))
      (instance $a (instantiate $User (with "svc" (instance $svc))))
      (instance $b (instantiate $User (with "svc" (instance $svc))))
      (func (export "go-a") (alias export $a "go"))
      (func (export "go-b") (alias export $b "go"))`)
    ).instantiate()
    const { goA, goB } = instance.exports
    assert.deepEqual([goA(), goB(), goA()], [1, 2, 3])
    assert.equal(instance.exports['go-a'], goA)
  })

  test('end when they are disposed, and everything that was held of them', async () => {
    const component = await load(`
    (component $C ${counter})
    (instance $c (instantiate $C))
    (export "x:y/c" (instance $c))
    (type $r (resource (rep i32)))
    (export $e "r" (type $r))
    (core func $new (canon resource.new $r))
    (core module $M (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 1)))
      (func (export "get") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "[constructor]r") (result (own $e)) (canon lift (core func $m "make")))
    (func (export "[method]r.get") (param "self" (borrow $e)) (result u32) (canon lift (core func $m "get")))`)
    const held = await component.instantiate()
    const { c, R } = held.exports
    const { bump } = held.async['x:y/c']
    const handle = new R()
    assert.equal(handle.get(), 1)
    {
      using instance = held
      assert.equal(instance.disposed, false)
    }
    const disposed = { name: 'TenonError', code: 'instance-disposed' }
    assert.throws(() => c.bump(), disposed)
    assert.throws(() => handle.get(), disposed)
    assert.throws(() => new R(), disposed)
    await assert.rejects(async () => bump(), disposed)
    assert.ok(held.disposed)
    held.dispose()
  })

  test('that trap when they start', {
    skip: transpiled && 'backtraces are read from a component’s file',
  }, async () => {
    const component = await load(
      '(core module $boom (func $start unreachable) (start $start)) (core instance (instantiate $boom))',
    )
    await assert.rejects(component.instantiate(), (error) => {
      assert.ok(error instanceof Trap)
      assert.equal(error.code, 'unreachable')
      assert.deepEqual(
        error.backtrace.map(({ name, module }) => `${module} ${name}`),
        ['boom start'],
      )
      return true
    })
  })

  test('that trap when a start function traps that has waited', {
    skip: transpiled && 'backtraces are read from a component’s file',
  }, async () => {
    const component = await load(`
    (import "wait" (func $wait))
    (core func $wait (canon lower (func $wait)))
    (core module $late (import "" "wait" (func $wait)) (func $start (call $wait) (unreachable)) (start $start))
    (core instance (instantiate $late (with "" (instance (export "wait" (func $wait))))))`)
    await assert.rejects(component.instantiate({ wait: async () => {} }), (error) => {
      assert.ok(error instanceof Trap)
      assert.deepEqual(
        error.backtrace.map(({ name, module }) => `${module} ${name}`),
        ['late start'],
      )
      return true
    })
  })

  test('tell where in the guest a call trapped', {
    skip: transpiled && 'backtraces are read from a component’s file',
  }, async () => {
    const component = await load(`
    (import "fail" (func $fail))
    (core func $fail (canon lower (func $fail)))
    (core module $guest (import "" "fail" (func $fail))
      (func $inner (call $fail))
      (func (export "run") (call $inner)))
    (core instance $g (instantiate $guest (with "" (instance (export "fail" (func $fail))))))
    (func (export "run") (canon lift (core func $g "run")))`)
    const fail = (): never => {
      throw new Error('no')
    }
    for (const view of ['exports', 'async'] as const) {
      const instance = await component.instantiate({ fail })
      await assert.rejects(
        async () => instance[view].run(),
        (error) => {
          assert.ok(error instanceof Trap)
          assert.deepEqual(
            error.backtrace.map(({ name }) => name),
            ['inner', 'run'],
          )
          return true
        },
      )
    }
  })

  test('that need what cannot run yet', {
    skip: transpiled && 'it is said when it is transpiled',
  }, async () => {
    const component = await load('binary "\\00asm\\0d\\00\\01\\00" "\\08\\03\\01\\42\\00"')
    await assert.rejects(component.instantiate(), {
      code: 'unsupported',
      message: /`canon thread.available-parallelism`/,
    })
  })
})
