import assert from 'node:assert/strict'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { assemble } from '../test/support/assemble.ts'
import { Component, DecodeError, ExitError, LinkError, Linker, Trap, ValidationError } from './index.ts'

async function load(text: string): Promise<Component> {
  return Component.fromBytes(await assemble(`(component ${text})`))
}

const counter = `
  (core module $M
    (global $g (mut i32) (i32.const 0))
    (func (export "bump") (result i32)
      (global.set $g (i32.add (global.get $g) (i32.const 1)))
      (global.get $g)))
  (core instance $m (instantiate $M))
  (func (export "bump") (result u32) (canon lift (core func $m "bump")))`

suite('loading', () => {
  const bytes = assemble(`(component ${counter})`)

  test('from bytes, a path, a URL, a Response and a stream', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'tenon-'))
    const file = join(folder, 'counter.wasm')
    await writeFile(file, await bytes)
    const server = createServer(async (request, response) => {
      response.statusCode = request.url === '/counter.wasm' ? 200 : 404
      response.end(await bytes)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as { port: number }
    const url = `http://127.0.0.1:${port}/counter.wasm`
    t.after(async () => {
      server.close()
      await rm(folder, { recursive: true })
    })
    const plain = new Uint8Array(await bytes)
    const sources = {
      bytes: plain,
      buffer: plain.buffer,
      view: new DataView(plain.buffer),
      path: file,
      'file URL': pathToFileURL(file),
      'file URL as text': pathToFileURL(file).href,
      URL: new URL(url),
      'URL as text': url,
      Response: new Response(plain),
      'promise of a Response': fetch(url),
      stream: new Blob([plain]).stream(),
    }
    for (const [name, source] of Object.entries(sources)) {
      await t.test(name, async () => {
        const instance = await (await Component.load(source)).instantiate()
        assert.equal(instance.exports.bump(), 1)
      })
    }
    await assert.rejects(Component.load(`${url}x`), /404/)
    await assert.rejects(Component.load(join(folder, 'none.wasm')), { code: 'ENOENT' })
  })

  test('what is no component', async () => {
    await assert.rejects(Component.load(new Uint8Array()), DecodeError)
    await assert.rejects(
      load('(core module (func (result i32)))').then((c) => c.instantiate()),
      ValidationError,
    )
    // @ts-expect-error: as JavaScript may call it
    await assert.rejects(Component.load(42), TypeError)
  })
})

test('reflection: names, kinds, and types that print themselves', async () => {
  const component = await load(`
    (type $point (record (field "x" s32) (field "y" s32)))
    (import "point" (type $p (eq $point)))
    (import "log" (func (param "msg" string)))
    (import "a:b/c@1.0.0" (instance (export "r" (type (sub resource))) (export "get" (func (param "p" (list u8)) (result (option string))))))
    ${counter}`)
  assert.deepEqual(
    component.imports.map(({ name, kind }) => [name, kind]),
    [
      ['point', 'type'],
      ['log', 'function'],
      ['a:b/c@1.0.0', 'instance'],
    ],
  )
  assert.deepEqual(component.exports.map(String), ['bump: func() -> u32'])
  const [, log, iface] = component.imports
  assert.ok(log?.type.kind === 'function')
  assert.equal(`${log.type.parameters[0]?.type}`, 'string')
  assert.equal(`${log.type}`, 'func(msg: string)')
  assert.equal(`${iface?.type}`, 'interface { resource r; get: func(p: list<u8>) -> option<string>; }')
})

suite('instances', () => {
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

  test('that trap when they start', async () => {
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

  test('that trap when a start function traps that has waited', async () => {
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

  test('tell where in the guest a call trapped', async () => {
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

  test('that need what cannot run yet', async () => {
    const component = await load('(core func (canon backpressure.inc)) (core func (canon task.return))')
    await assert.rejects(component.instantiate(), {
      code: 'unsupported',
      message: /`canon backpressure.inc`, `canon task.return`/,
    })
  })
})

suite('exports', () => {
  const exporting = (names: readonly string[]): string =>
    `${counter.replace('(export "bump") (result u32)', '$f (result u32)')} ${names.map((name) => `(export "${name}" (func $f))`).join('')}`

  test('short names where they are unique, exact names always', async () => {
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

  test('a core module and a component, each with what it captured', async () => {
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
})

suite('imports', () => {
  test('another instance, its functions and its classes', async () => {
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
    const user = await load(`
      (import "svc" (instance $svc (export "bump" (func (result u32)))))
      (core func $bump (canon lower (func $svc "bump")))
      (core module $U (import "svc" "bump" (func $bump (result i32)))
        (func (export "run") (result i32) (i32.mul (i32.const 10) (call $bump))))
      (core instance $u (instantiate $U (with "svc" (instance (export "bump" (func $bump))))))
      (func (export "run") (result u32) (canon lift (core func $u "run")))`)
    const { exports } = await host.instantiate({ user })
    assert.deepEqual([exports.a(), exports.b(), exports.a()], [10, 20, 30])
    await assert.rejects(host.instantiate({ user: await load(counter) }), {
      name: 'LinkError',
      message: /without the export `run`/,
    })
    const mistyped = await load(`
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
    const definer = await load(`
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
})

suite('commands', () => {
  const command = (body: string): string => `
    (import "exit" (func $exit))
    (core func $exit (canon lower (func $exit)))
    (core module $M (import "" "exit" (func $exit)) (func (export "run") (result i32) ${body}))
    (core instance $m (instantiate $M (with "" (instance (export "exit" (func $exit))))))
    (func $run (result (result)) (canon lift (core func $m "run")))
    (instance $i (export "run" (func $run)))
    (export "wasi:cli/run@0.2.3" (instance $i))`

  test('exit codes', async () => {
    const exit = (): never => {
      throw new ExitError(7)
    }
    const linker = new Linker().define({ exit })
    assert.equal(await linker.run(await load(command('i32.const 0'))), 0)
    assert.equal(await linker.run(await load(command('i32.const 1'))), 1)
    assert.equal(await linker.run(await load(command('call $exit i32.const 0'))), 7)
    await assert.rejects(linker.run(await load(command('unreachable'))), {
      name: 'Trap',
      code: 'unreachable',
    })
  })

  test('what is no command', async () => {
    await assert.rejects(new Linker().run(await load(counter)), { code: 'link', message: /exports `bump`/ })
  })

  test('imports that nobody defined as traps', async () => {
    const linker = new Linker().trapUnknown()
    assert.equal(await linker.run(await load(command('i32.const 0'))), 0)
    await assert.rejects(linker.run(await load(command('call $exit i32.const 0'))), {
      code: 'import-trapped',
      message: /`exit`/,
    })
  })
})
