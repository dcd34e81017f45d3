import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { counter, eachBackEnd, type Load, loadComponent } from '../../test/support/load-component.ts'
import { hostFunction, type Imports, LinkError, Linker } from '../index.ts'

eachBackEnd('imports', (load, transpiled) => {
  // A transpiled module is no component that could be given.
  const loadValue: Load = transpiled ? loadComponent : load

  test('another instance, its functions and its classes', {
    skip: transpiled && 'a Linker takes loaded components',
  }, async () => {
    const provider = await (
      await load(`
      (component $C
        (type $r (resource (rep i32)))
        (export $e "counter" (type $r))
        (core func $new (canon resource.new $r))
        (core module $M (import "" "new" (func $new (param i32) (result i32)))
          (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
          (func (export "get") (param i32) (result i32) (local.get 0)))
        (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
        (func (export "[constructor]counter") (param "start" u32) (result (own $e)) (canon lift (core func $m "make")))
        (func (export "[method]counter.get") (param "self" (borrow $e)) (result u32) (canon lift (core func $m "get")))
        (func (export "twice") (param "n" u32) (result u32) (canon lift (core func $m "get"))))
      (instance $c (instantiate $C))
      (export "t:t/counters@1.1.0" (instance $c))`)
    ).instantiate()
    const user = await load(`
    (import "t:t/counters@1.0.0" (instance $i
      (export "counter" (type $r (sub resource)))
      (export "[constructor]counter" (func (param "start" u32) (result (own $r))))
      (export "[method]counter.get" (func (param "self" (borrow $r)) (result u32)))))
    (alias export $i "counter" (type $r))
    (core func $make (canon lower (func $i "[constructor]counter")))
    (core func $get (canon lower (func $i "[method]counter.get")))
    (core func $drop (canon resource.drop $r))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "get" (func $get (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "run") (param i32) (result i32) (local $h i32) (local $v i32)
        (local.set $h (call $make (local.get 0)))
        (local.set $v (call $get (local.get $h)))
        (call $drop (local.get $h))
        (local.get $v)))
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make)) (export "get" (func $get)) (export "drop" (func $drop))))))
    (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run")))`)
    const linkers = [
      new Linker().define('t:t/counters@1.1.0', provider.exports.counters),
      new Linker().define({ ...provider.exports }),
    ]
    for (const linker of linkers) {
      const instance = await linker.instantiate(user)
      assert.equal(instance.exports.run(42), 42)
      assert.equal(await instance.async.run(43), 43)
    }
  })

  test('a function of another component, but of another type', async () => {
    const provider = await (await load(counter)).instantiate()
    const user = await load('(import "bump" (func (param "n" u32) (result u32)))')
    await assert.rejects(user.instantiate({ bump: provider.exports.bump }), (error) => {
      assert.ok(error instanceof LinkError)
      assert.deepEqual(error.problems, [
        { name: 'bump', expected: '`func(n: u32) -> u32`', actual: '`func() -> u32`', candidates: [] },
      ])
      return true
    })
  })

  test('what is missing is said as WIT', async () => {
    const user = await load(`
    (import "log" (func (param "msg" string)))
    (import "a:b/c@1.0.0" (instance (export "get" (func (result u32))) (export "r" (type (sub resource)))))
    (import "m" (core module)) (import "c" (component))`)
    await assert.rejects(user.instantiate({ lag: () => {} }), (error) => {
      assert.ok(error instanceof LinkError)
      assert.deepEqual(error.message.split('\n'), [
        '4 imports are missing or mistyped:',
        '  `log`: wanted `func(msg: string)`, nothing was given; did you mean `lag`?',
        '  `a:b/c@1.0.0`: wanted an interface with `get`, `r`, nothing was given',
        '  `m`: wanted a core module (a WebAssembly.Module, or bytes), nothing was given',
        '  `c`: wanted a component, nothing was given',
      ])
      return true
    })
  })

  test('where WASI comes from is said once, where it is missing', async () => {
    const user = await load(`
    (import "wasi:cli/exit@0.2.0" (instance (export "exit" (func))))
    (import "wasi:cli/stdin@0.2.0" (instance (export "f" (func))))`)
    const cure = /\nwhat begins with `wasi:` comes from `wasi\(\)` of `tenon\/wasi`$/
    const message = async (imports: Imports): Promise<string> =>
      user.instantiate(imports).then(
        () => '',
        (error: Error) => error.message,
      )
    assert.match(await message({}), cure)
    assert.doesNotMatch(await message({ 'wasi:cli/exit': { exit: 1 }, 'wasi:cli/stdin': { f() {} } }), cure)
  })

  test('core modules, as modules or bytes, matched by name', async () => {
    const user = await load(`
    (import "m" (core module $M (import "" "f" (func)) (export "get" (func (result i32)))))
    (core module $F (func (export "f")))
    (core instance $f (instantiate $F))
    (core instance $m (instantiate $M (with "" (instance $f))))
    (func (export "get") (result u32) (canon lift (core func $m "get")))`)
    const bytes = new Uint8Array(await assemble('(module (func (export "get") (result i32) i32.const 5))'))
    for (const m of [bytes, bytes.buffer, new WebAssembly.Module(bytes)]) {
      assert.equal((await user.instantiate({ m })).exports.get(), 5)
    }
    const wrong = await assemble(
      '(module (import "" "g" (func)) (func (export "get") (result i32) i32.const 5))',
    )
    await assert.rejects(user.instantiate({ m: wrong }), {
      name: 'LinkError',
      message: /imports the function `` `g`/,
    })
    const mistyped = await assemble(
      '(module (import "" "f" (func (param i32))) (func (export "get") (result i32) i32.const 5))',
    )
    await assert.rejects(user.instantiate({ m: mistyped }), {
      name: 'LinkError',
      message: /incompatible core import/,
    })
  })

  test('a component, which is instantiated with what the importing one gives it', async () => {
    const host = await load(`
    (component $Svc ${counter})
    (instance $svc (instantiate $Svc))
    (import "user" (component $U
      (import "svc" (instance (export "bump" (func (result u32)))))
      (export "run" (func (result u32)))))
    (instance $a (instantiate $U (with "svc" (instance $svc))))
    (instance $b (instantiate $U (with "svc" (instance $svc))))
    (func (export "a") (alias export $a "run"))
    (func (export "b") (alias export $b "run"))`)
    const user = await loadValue(`
    (import "svc" (instance $svc (export "bump" (func (result u32)))))
    (core func $bump (canon lower (func $svc "bump")))
    (core module $U (import "svc" "bump" (func $bump (result i32)))
      (func (export "run") (result i32) (i32.mul (i32.const 10) (call $bump))))
    (core instance $u (instantiate $U (with "svc" (instance (export "bump" (func $bump))))))
    (func (export "run") (result u32) (canon lift (core func $u "run")))`)
    const { exports } = await host.instantiate({ user })
    assert.deepEqual([exports.a(), exports.b(), exports.a()], [10, 20, 30])
    await assert.rejects(host.instantiate({ user: await loadValue(counter) }), {
      name: 'LinkError',
      message: /without the export `run`/,
    })
    const mistyped = await loadValue(`
    (import "svc" (instance (export "bump" (func (result u64)))))
    (core module $M (func (export "run") (result i64) i64.const 0)) (core instance $m (instantiate $M))
    (func (export "run") (result u64) (canon lift (core func $m "run")))`)
    await assert.rejects(host.instantiate({ user: mistyped }), { name: 'LinkError', message: /`bump`/ })
    await assert.rejects(host.instantiate({ user: {} }), { name: 'LinkError', message: /found an object/ })
  })

  test('a resource of a component that is only known at run time', async () => {
    const host = await load(`
    (import "definer" (component $D
      (export "r" (type $r (sub resource)))
      (export "make" (func (result (own $r))))
      (export "drops" (func (result u32)))))
    (instance $one (instantiate $D)) (instance $two (instantiate $D))
    (alias export $one "r" (type $r1))
    (core func $make (canon lower (func $one "make")))
    (core func $drop (canon resource.drop $r1))
    (core module $M (import "" "make" (func $make (result i32))) (import "" "drop" (func $drop (param i32)))
      (func (export "run") (call $drop (call $make))))
    (core instance $m (instantiate $M (with "" (instance (export "make" (func $make)) (export "drop" (func $drop))))))
    (func (export "run") (canon lift (core func $m "run")))
    (func (export "drops-one") (alias export $one "drops"))
    (func (export "drops-two") (alias export $two "drops"))`)
    const definer = await loadValue(`
    (core module $D (global $drops (mut i32) (i32.const 0))
      (func (export "dtor") (param i32) (global.set $drops (i32.add (global.get $drops) (i32.const 1))))
      (func (export "drops") (result i32) (global.get $drops)))
    (core instance $d (instantiate $D))
    (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
    (export $e "r" (type $r))
    (core func $new (canon resource.new $r))
    (core module $M (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 1))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "make") (result (own $e)) (canon lift (core func $m "make")))
    (func (export "drops") (result u32) (canon lift (core func $d "drops")))`)
    const { exports } = await host.instantiate({ definer })
    exports.run()
    exports.run()
    assert.deepEqual([exports.dropsOne(), exports.dropsTwo()], [2, 0])
  })

  test('a start function that waits for the host', async () => {
    const component = await load(`
    (import "ask" (func $ask (result u32)))
    (core func $ask (canon lower (func $ask)))
    (core module $M (import "" "ask" (func $ask (result i32)))
      (global $answer (mut i32) (i32.const 0))
      (func $start (global.set $answer (call $ask)))
      (start $start)
      (func (export "answer") (result i32) (global.get $answer)))
    (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask))))))
    (func (export "answer") (result u32) (canon lift (core func $m "answer")))`)
    const later = await component.instantiate({ ask: () => Promise.resolve(42) })
    assert.equal(later.exports.answer(), 42)
    const now = await component.instantiate({ ask: () => 43 })
    assert.equal(now.exports.answer(), 43)
    await assert.rejects(component.instantiate({ ask: () => Promise.reject(new Error('no answer')) }), {
      code: 'host-error',
      message: /no answer/,
    })
  })

  const asking = `
    (import "ask" (func $ask (result u32)))
    (core func $ask (canon lower (func $ask)))
    (core module $A (import "" "ask" (func $ask (result i32)))
      (func (export "ask") (result i32) (i32.add (i32.const 1) (call $ask))))
    (core instance $a (instantiate $A (with "" (instance (export "ask" (func $ask))))))
    (func (export "ask") (result u32) (canon lift (core func $a "ask")))`

  test('a call may wait for the host through other components, and through other instances', async () => {
    const ask = (): Promise<number> => Promise.resolve(40)
    const provider = await (await load(asking)).instantiate({ ask })
    const linked = await (await load(asking)).instantiate({ ask: provider.exports.ask })
    assert.equal(await linked.async.ask(), 42)
    const nested = await (
      await load(`
        (import "ask" (func $ask (result u32)))
        (component $C ${asking})
        (instance $one (instantiate $C (with "ask" (func $ask))))
        (instance $two (instantiate $C (with "ask" (func $one "ask"))))
        (func (export "ask") (alias export $two "ask"))`)
    ).instantiate({ ask })
    assert.equal(await nested.async.ask(), 42)
    for (const instance of [linked, nested]) {
      assert.throws(() => instance.exports.ask(), { name: 'Trap', code: 'cannot-block' })
    }
  })

  test('what never waits is called without a switch', async () => {
    const inner = await (await load(asking)).instantiate({ ask: hostFunction({ blocks: false }, () => 40) })
    const outer = await (await load(asking)).instantiate({ ask: inner.exports.ask })
    assert.equal(outer.exports.ask(), 42)
    assert.equal(await outer.async.ask(), 42)
  })
})
