import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { eachBackEnd, eachBackEndInMemory, loadComponent } from '../../test/support/load-component.ts'
import { ComponentError, hostFunction, Linker, Trap } from '../index.ts'
import type { ImportCall, ImportCallEnd } from './observe.ts'
import { canSuspend } from './switch.ts'

/** A component that passes its function `run` on to what it imports. */
const passing = (imports: string, alias: string, type: string): string => `
  ${imports}
  (core module $Memory (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $memory (instantiate $Memory))
  (core func $f (canon lower (func ${alias}) (memory $memory "memory") (realloc (func $memory "realloc"))))
  (core module $M
    (import "" "f" (func $f ${type}))
    (func (export "run") ${type} ${[...type.matchAll(/i32|i64/g)]
      .slice(0, type.includes('result') ? -1 : undefined)
      .map((_, i) => `(local.get ${i})`)
      .join(' ')} (call $f)))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))`

const adder = `${passing(
  '(import "a:b/math@1.0.0" (instance $i (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))',
  '$i "add"',
  '(param i32 i32) (result i32)',
)}
  (func (export "run") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $m "run")))`

/** Passes on a function of the world without parameters, whose result is a `result`. */
const failing = `${passing('(import "try" (func $try (result (result (error u32)))))', '$try', '(param i32)')}
  (core module $N
    (import "" "memory" (memory 1))
    (import "" "run" (func $run (param i32)))
    (func (export "run") (result i32)
      (call $run (i32.const 0))
      (i32.add (i32.load8_u (i32.const 0)) (i32.load (i32.const 4)))))
  (core instance $n (instantiate $N (with "" (instance
    (export "memory" (memory $memory "memory")) (export "run" (func $m "run"))))))
  (func (export "run") (result u32) (canon lift (core func $n "run")))`

/** Constructs a counter, bumps it, asks for the total, and drops it. */
const user = `
  (import "a:b/counters" (instance $i
    (export "counter" (type $r (sub resource)))
    (export "[constructor]counter" (func (param "start" u32) (result (own $r))))
    (export "[method]counter.bump" (func (param "self" (borrow $r)) (param "by" u32) (result u32)))
    (export "[static]counter.total" (func (result u32)))))
  (alias export $i "counter" (type $r))
  (core func $make (canon lower (func $i "[constructor]counter")))
  (core func $bump (canon lower (func $i "[method]counter.bump")))
  (core func $total (canon lower (func $i "[static]counter.total")))
  (core func $drop (canon resource.drop $r))
  (core module $M
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "bump" (func $bump (param i32 i32) (result i32)))
    (import "" "total" (func $total (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "run") (result i32) (local $h i32) (local $v i32)
      (local.set $h (call $make (i32.const 40)))
      (local.set $v (i32.add (call $bump (local.get $h) (i32.const 2)) (call $total)))
      (call $drop (local.get $h))
      (local.get $v))
    (func (export "keep") (drop (call $make (i32.const 0)))))
  (core instance $m (instantiate $M (with "" (instance (export "make" (func $make)) (export "bump" (func $bump))
    (export "total" (func $total)) (export "drop" (func $drop))))))
  (func (export "run") (result u32) (canon lift (core func $m "run")))
  (func (export "keep") (canon lift (core func $m "keep")))`

/** The same interface, as a component exports it: the total is always 1,000. */
const counters = `
  (component $C
    (core module $D (func (export "drop") (param i32)))
    (core instance $d (instantiate $D))
    (type $r (resource (rep i32) (dtor (func $d "drop"))))
    (export $e "counter" (type $r))
    (core func $new (canon resource.new $r))
    (core module $M (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "bump") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "total") (result i32) (i32.const 1000)))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "[constructor]counter") (param "start" u32) (result (own $e)) (canon lift (core func $m "make")))
    (func (export "[method]counter.bump") (param "self" (borrow $e)) (param "by" u32) (result u32) (canon lift (core func $m "bump")))
    (func (export "[static]counter.total") (result u32) (canon lift (core func $m "total"))))
  (instance $c (instantiate $C))
  (export "a:b/counters" (instance $c))`

interface Seen extends ImportCall {
  end?: ImportCallEnd
}

/** Keeps what it is told. */
function recorder(): {
  readonly calls: Seen[]
  readonly observe: (call: ImportCall) => (end: ImportCallEnd) => void
} {
  const calls: Seen[] = []
  return {
    calls,
    observe(call) {
      const seen: Seen = { ...call }
      calls.push(seen)
      return (end) => {
        assert.equal(seen.end, undefined, 'told of one end')
        assert.ok(end.duration >= 0 && seen.start > 0)
        seen.end = end
      }
    },
  }
}

eachBackEndInMemory('observed calls', (load) => {
  test('of functions of an interface that comes from a fragment of a page', async () => {
    const { calls, observe } = recorder()
    const name = 'url=<https://a.b/c#d>'
    const add = (a: number, b: number) => a + b
    const inner = adder.replace('(export "add" (func', '(export "in" (instance (export "add" (func')
    const nested = inner
      .replace('"a:b/math@1.0.0"', `"${name}"`)
      .replace('(result u32)))))', '(result u32)))))))')
      .replace('(func $i "add")', '(func $i "in" "add")')
    const component = await load(nested)
    const { exports } = await component.instantiate({ [name]: { in: { add } } }, { observe })
    assert.equal(exports.run(1, 2), 3)
    const flat = await load(adder.replace('a:b/math@1.0.0', name))
    const instance = await flat.instantiate({ [name]: { add } }, { observe })
    assert.equal(instance.exports.run(1, 2), 3)
    const names = calls.map((call) => [call.import, call.function])
    assert.deepEqual(names, [
      [name, 'in#add'],
      [name, 'add'],
    ])
  })

  test('of a function of an interface', async () => {
    const { calls, observe } = recorder()
    const add = (a: number, b: number) => a + b
    const instance = await (await load(adder)).instantiate({ 'a:b/math@1.2.0': { add } }, { observe })
    assert.equal(instance.exports.run(1, 2), 3)
    assert.equal(await instance.async.run(3, 4), 7)
    const names = calls.map((call) => [
      call.import,
      call.function,
      call.kind,
      call.arguments,
      call.type?.kind,
    ])
    assert.deepEqual(names, [
      ['a:b/math@1.0.0', 'add', 'function', [1, 2], 'function'],
      ['a:b/math@1.0.0', 'add', 'function', [3, 4], 'function'],
    ])
    const [first, second] = calls.map(({ end }) => end)
    assert.ok(first?.outcome === 'returned' && second?.outcome === 'returned')
    assert.deepEqual([first.value, first.waited, second.value, second.waited], [3, false, 7, false])
  })

  test('by a linker, for one component or for a run of it', async () => {
    const { calls, observe } = recorder()
    const linker = new Linker().define('a:b/math', { add: (a: number, b: number) => a * b })
    const instance = await linker.instantiate(await load(adder), { observe })
    assert.equal(instance.exports.run(3, 4), 12)
    const command = await load(`
      (import "a:b/math" (instance $i (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))
      (core func $add (canon lower (func $i "add")))
      (core module $M (import "" "add" (func $add (param i32 i32) (result i32)))
        (func (export "run") (result i32) (call $add (i32.const 0) (i32.const 9))))
      (core instance $m (instantiate $M (with "" (instance (export "add" (func $add))))))
      (func $run (result (result)) (canon lift (core func $m "run")))
      (instance $shell (export "run" (func $run)))
      (export "wasi:cli/run@0.2.0" (instance $shell))`)
    assert.equal(await linker.run(command, { observe }), 0)
    assert.deepEqual(
      calls.map((call) => call.arguments),
      [
        [3, 4],
        [0, 9],
      ],
    )
  })

  test('that ends in different ways', async () => {
    const component = await load(failing)
    const end = async (run: () => unknown): Promise<ImportCallEnd> => {
      const { calls, observe } = recorder()
      const instance = await component.instantiate({ try: run }, { observe })
      try {
        instance.exports.run()
      } catch {
        // That is the guest's; what is told is looked at.
      }
      assert.deepEqual(
        calls.map((call) => [call.import, call.function]),
        [['try', 'try']],
      )
      return calls[0]!.end!
    }
    const raise = (error: unknown) => () => {
      throw error
    }
    const [ok, declared, thrown, trapped] = [
      await end(() => {}),
      await end(raise(new ComponentError(7))),
      await end(raise('broken')),
      await end(raise(new Trap('unreachable', 'over'))),
    ]
    assert.ok(ok.outcome === 'returned' && ok.value === undefined)
    assert.ok(declared.outcome === 'error' && declared.payload === 7)
    assert.ok(thrown.outcome === 'thrown' && thrown.error === 'broken')
    assert.ok(trapped.outcome === 'trap' && trapped.error.message === 'over')
  })

  test('that nothing was given for', async () => {
    const { calls, observe } = recorder()
    const instance = await (await load(failing)).instantiate({}, { observe, trapUnknown: true })
    assert.throws(() => instance.exports.run(), /nothing was given for it/)
    assert.equal(calls[0]!.end!.outcome, 'trap')
  })

  const resourceCalls = [
    ['constructor', '[constructor]counter'],
    ['method', '[method]counter.bump'],
    ['static', '[static]counter.total'],
    ['drop', '[resource-drop]counter'],
  ]

  test('of resources that the host implements', async () => {
    let disposed = 0
    class Counter {
      readonly start: number
      constructor(start: number) {
        this.start = start
      }
      bump(by: number): number {
        return this.start + by
      }
      static total(): number {
        return 1000
      }
      [Symbol.dispose](): void {
        disposed++
      }
    }
    const { calls, observe } = recorder()
    const component = await load(user)
    const instance = await component.instantiate({ 'a:b/counters': { Counter } }, { observe })
    assert.equal(instance.exports.run(), 1042)
    assert.deepEqual(
      calls.map(({ kind, function: name }) => [kind, name]),
      resourceCalls,
    )
    const [made, bumped, , dropped] = calls
    assert.ok(made?.end?.outcome === 'returned' && made.end.value instanceof Counter)
    assert.deepEqual(bumped?.arguments, [made.end.value, 2])
    assert.deepEqual(dropped?.arguments, [made.end.value])
    assert.equal(disposed, 1)
    instance.exports.keep()
    instance.dispose()
    assert.equal(disposed, 2)
    assert.deepEqual(
      [calls.length, calls.at(-1)!.kind],
      [5, 'constructor'],
      'disposing is no call of the guest',
    )
  })

  test('of another instance: values and handles are lifted', async () => {
    const { calls, observe } = recorder()
    const provider = await (await load(counters)).instantiate()
    const instance = await (await load(user)).instantiate(provider.exports, { observe })
    assert.equal(instance.exports.run(), 1042)
    assert.deepEqual(
      calls.map(({ kind, function: name }) => [kind, name]),
      resourceCalls,
    )
    assert.ok(calls[1]!.arguments[0] instanceof provider.exports.counters.Counter)
    assert.equal(provider.statistics.liveHandles, 0)
  })

  test('that waits', { skip: !canSuspend }, async () => {
    const { calls, observe } = recorder()
    let answer: (value: number) => void = () => {}
    const add = () => new Promise<number>((resolve) => (answer = resolve))
    const instance = await (await load(adder)).instantiate({ 'a:b/math': { add } }, { observe })
    const running = instance.async.run(1, 2)
    assert.deepEqual(
      calls.map(({ end }) => end),
      [undefined],
    )
    answer(9)
    assert.equal(await running, 9)
    const { end } = calls[0]!
    assert.ok(end?.outcome === 'returned' && end.value === 9 && end.waited)
    const failed = assert.rejects(
      (async () => {
        const again = instance.async.run(1, 2)
        answer(Promise.reject(new Error('gone')) as unknown as number)
        await again
      })(),
      /gone/,
    )
    await failed
    assert.ok(calls[1]!.end!.outcome === 'thrown' && calls[1]!.end!.waited)
  })

  test('the synchronous view is that of the callee, and bytes are copies', async () => {
    const { calls, observe } = recorder()
    const component = await load(`${passing(
      '(import "put" (func $put (param "bytes" (list u8)) (result u32)))',
      '$put',
      '(param i32 i32) (result i32)',
    )}
    (func (export "run") (param "bytes" (list u8)) (result u32)
      (canon lift (core func $m "run") (memory $memory "memory") (realloc (func $memory "realloc"))))`)
    const put = hostFunction({ sync: () => 1, borrowsBytes: true }, async () => 2)
    const instance = await component.instantiate({ put }, { observe })
    assert.equal(instance.exports.run([1, 2, 3]), 1)
    assert.equal(instance.exports.run([4, 5, 6]), 1)
    assert.deepEqual(
      calls.map((call) => call.arguments),
      [[new Uint8Array([1, 2, 3])], [new Uint8Array([4, 5, 6])]],
    )
  })

  test('an observer that throws disturbs neither guest nor callee', async (t) => {
    const uncaught: unknown[] = []
    t.mock.method(globalThis, 'queueMicrotask', (run: () => void) => {
      try {
        run()
      } catch (error) {
        uncaught.push(error)
      }
    })
    const add = (a: number, b: number) => a + b
    const component = await load(adder)
    const raise = (text: string) => {
      throw new Error(text)
    }
    for (const observe of [() => raise('at the start'), () => () => raise('at the end')]) {
      const instance = await component.instantiate({ 'a:b/math': { add } }, { observe })
      assert.equal(instance.exports.run(1, 2), 3)
    }
    assert.deepEqual(uncaught, [new Error('at the start'), new Error('at the end')])
  })
})

suite('observed calls of async type', () => {
  test('end when the task has returned', async () => {
    const component = await loadComponent(`
      (import "ask" (func $ask async (param "x" u32) (result u32)))
      (core func $ask' (canon lower (func $ask)))
      (core func $return (canon task.return (result u32)))
      (core module $M
        (import "" "ask" (func $ask (param i32) (result i32)))
        (import "" "return" (func $return (param i32)))
        (func (export "run") (param i32) (call $return (call $ask (local.get 0)))))
      (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask')) (export "return" (func $return))))))
      (func (export "run") async (param "x" u32) (result u32) (canon lift (core func $m "run") async))`)
    const { calls, observe } = recorder()
    const plain = await component.instantiate({ ask: (x: number) => x + 1 }, { observe })
    assert.equal(await plain.exports.run(1), 2)
    assert.ok(calls[0]!.end?.outcome === 'returned' && !calls[0]!.end.waited)
    if (!canSuspend) return
    // Of another instance: a promise in both views.
    const outer = await component.instantiate({ ask: plain.exports.run }, { observe })
    assert.equal(await outer.exports.run(5), 6)
    assert.equal(calls.length, 3)
    assert.deepEqual(
      calls.map(({ end }) => end?.outcome === 'returned' && [end.value, end.waited]),
      [
        [2, false],
        [6, true],
        [6, false],
      ],
    )
  })
})

eachBackEnd('an observer of a transpiled component', (load, transpiled) => {
  test('is refused, and of a loaded one is none', async () => {
    const component = await load(adder)
    const { calls, observe } = recorder()
    const instantiating = component.instantiate({ 'a:b/math': { add: () => 1 } }, { observe })
    if (transpiled) await assert.rejects(instantiating, /transpiled component cannot be observed: load/)
    else assert.equal((await instantiating).exports.run(0, 0), calls.length)
  })
})
