/** Functions of async type as hosts see them: promises in both views, imports that may return promises. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'
import { ComponentError, type Trap } from '../../index.ts'

/** Doubles at once, after a yield, or with what an import returns; each function in one way of lifting. */
const functions = `
  (import "ask" (func $ask async (param "x" u32) (result u32)))
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "task.return" (func $return (param i32)))
    (import "" "ask" (func $ask (param i32) (result i32)))
    (import "" "ask-async" (func $ask-async (param i32 i32) (result i32)))
    (import "" "new" (func $new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "wait" (func $wait (param i32 i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "yield" (func $yield (result i32)))
    (global $x (mut i32) (i32.const 0))
    (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
    (func (export "double-callback") (param i32) (result i32)
      (call $return (i32.mul (local.get 0) (i32.const 2)))
      (i32.const 0))
    (func (export "double-later") (param i32) (result i32)
      (global.set $x (local.get 0))
      (i32.const 1))
    (func (export "later") (param i32 i32 i32) (result i32)
      (call $return (i32.mul (global.get $x) (i32.const 2)))
      (i32.const 0))
    (func (export "double-stackful") (param i32)
      (drop (call $yield))
      (call $return (i32.mul (local.get 0) (i32.const 2))))
    (func (export "ask") (param i32) (result i32) (i32.mul (call $ask (local.get 0)) (i32.const 2)))
    (func (export "ask-callback") (param i32) (result i32)
      (local $status i32) (local $set i32)
      (local.set $status (call $ask-async (local.get 0) (i32.const 64)))
      (if (i32.eq (local.get $status) (i32.const 2))
        (then (call $return (i32.mul (i32.load (i32.const 64)) (i32.const 2))) (return (i32.const 0))))
      (local.set $set (call $new))
      (call $join (i32.shr_u (local.get $status) (i32.const 4)) (local.get $set))
      (i32.or (i32.const 2) (i32.shl (local.get $set) (i32.const 4))))
    (func (export "answered") (param $code i32) (param $handle i32) (param $state i32) (result i32)
      (if (i32.or (i32.ne (local.get $code) (i32.const 1)) (i32.ne (local.get $state) (i32.const 2))) (then unreachable))
      (call $drop (local.get $handle))
      (call $return (i32.mul (i32.load (i32.const 64)) (i32.const 2)))
      (i32.const 0))
    (func (export "forget") (param i32) (result i32) (i32.const 0))
    (func (export "return-twice") (param i32)
      (call $return (i32.const 1))
      (call $return (i32.const 2)))
    (func (export "trap-later") (param i32) (drop (call $yield)) unreachable)
    (func (export "never") (param i32) (drop (call $wait (call $new) (i32.const 0)))))
  (core func $return (canon task.return (result u32)))
  (core func $ask' (canon lower (func $ask)))
  (core func $ask-async (canon lower (func $ask) async (memory $mem)))
  (core func $new (canon waitable-set.new))
  (core func $join (canon waitable.join))
  (core func $wait (canon waitable-set.wait (memory $mem)))
  (core func $drop (canon subtask.drop))
  (core func $yield (canon thread.yield))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem))
    (export "task.return" (func $return))
    (export "ask" (func $ask'))
    (export "ask-async" (func $ask-async))
    (export "new" (func $new))
    (export "join" (func $join))
    (export "wait" (func $wait))
    (export "drop" (func $drop))
    (export "yield" (func $yield))))))
  (type $f (func async (param "x" u32) (result u32)))
  (func (export "double") (type $f) (canon lift (core func $m "double")))
  (func (export "double-callback") (type $f) (canon lift (core func $m "double-callback") async (callback (core func $m "later"))))
  (func (export "double-later") (type $f) (canon lift (core func $m "double-later") async (callback (core func $m "later"))))
  (func (export "double-stackful") (type $f) (canon lift (core func $m "double-stackful") async))
  (func (export "ask") (type $f) (canon lift (core func $m "ask")))
  (func (export "ask-callback") (type $f) (canon lift (core func $m "ask-callback") async (callback (core func $m "answered"))))
  (func (export "forget") (type $f) (canon lift (core func $m "forget") async (callback (core func $m "later"))))
  (func (export "return-twice") (type $f) (canon lift (core func $m "return-twice") async))
  (func (export "trap-later") (type $f) (canon lift (core func $m "trap-later") async))
  (func (export "never") (type $f) (canon lift (core func $m "never") async))`

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 5))

const trap = (code: string, message: RegExp) => (error: Trap) => {
  assert.equal(error.code, code)
  assert.match(error.message, message)
  return true
}

eachBackEnd('async functions', (load, transpiled) => {
  const start = async (ask: (x: number) => unknown = (x) => x + 100) =>
    (await load(functions)).instantiate({ ask })

  for (const name of ['double', 'doubleCallback', 'doubleLater', 'doubleStackful']) {
    test(`${name} is a promise in both views`, async () => {
      const instance = await start()
      for (const view of [instance.exports, instance.async]) {
        const promise = view[name](21)
        assert.ok(promise instanceof Promise)
        assert.equal(await promise, 42)
      }
    })
  }

  for (const name of ['ask', 'askCallback']) {
    test(`${name}: the import returns a value, or a promise`, async () => {
      const now = await start()
      assert.equal(await now.exports[name](1), 202)
      const waits = await start((x) => later(x + 200))
      assert.equal(await waits.exports[name](1), 402)
      assert.equal(waits.statistics.waitedCalls, 0)
    })

    test(`${name}: a promise that is rejected is a trap, for every call`, async () => {
      const instance = await start(async () => {
        await later(0)
        throw new Error('no answer')
      })
      const all = [instance.exports[name](1), instance.exports.never(1)]
      for (const promise of all) await assert.rejects(promise, trap('host-error', /no answer/))
      await assert.rejects(instance.exports.double(1), trap('cannot-enter', /cannot enter/))
    })
  }

  test('tasks that wait leave the instance free for others', async () => {
    const answers: ((value: number) => void)[] = []
    const instance = await start(() => new Promise((resolve) => answers.push(resolve)))
    const first = instance.exports.askCallback(1)
    const second = instance.exports.askCallback(2)
    assert.equal(await instance.exports.doubleCallback(3), 6)
    await later(0)
    assert.equal(answers.length, 2)
    answers[1]!(5)
    assert.equal(await second, 10)
    answers[0]!(4)
    assert.equal(await first, 8)
  })

  test('a synchronously lifted one keeps the others waiting', async () => {
    const order: string[] = []
    const instance = await start((x) => later(x))
    const calls = [1, 2, 3].map(async (x) => {
      assert.equal(await instance.exports.ask(x), 2 * x)
      order.push(`${x}`)
    })
    await Promise.all(calls)
    assert.deepEqual(order, ['1', '2', '3'])
  })

  test('arguments are checked before anything runs', async () => {
    const instance = await start()
    await assert.rejects(instance.exports.double('x'), {
      name: 'TypeError',
      message: /double: argument x: expected u32/,
    })
    assert.equal(await instance.exports.double(1), 2)
  })

  test('a task that ends without a result traps, and so does one that has two', async () => {
    const forgetful = await start()
    await assert.rejects(forgetful.exports.forget(1), trap('task', /failed to produce a result/))
    const generous = await start()
    await assert.rejects(generous.exports.returnTwice(1), trap('task', /called more than once/))
    await assert.rejects(generous.exports.double(1), trap('cannot-enter', /cannot enter/))
  })

  test('what traps later ends all calls, with the guest’s own backtrace', {
    skip: transpiled && 'backtraces are read from a component’s file',
  }, async () => {
    const instance = await start((x) => later(x))
    const calls = [instance.exports.ask(1), instance.exports.trapLater(1), instance.exports.never(1)]
    for (const call of calls) {
      await assert.rejects(call, (error: Trap) => {
        assert.equal(error.code, 'unreachable')
        assert.equal(error.backtrace[0]?.name, 'trap-later')
        return true
      })
    }
  })

  test('a deadlock is found, and is a trap', async () => {
    const instance = await start()
    await assert.rejects(instance.exports.never(1), trap('deadlock', /deadlock detected/))
    await assert.rejects(instance.exports.double(1), trap('cannot-enter', /cannot enter/))
  })

  test('calls that wait end with the instance', async () => {
    const instance = await start(() => new Promise(() => {}))
    const calls = [instance.exports.ask(1), instance.exports.askCallback(1), instance.exports.never(1)]
    await later(0)
    instance.dispose()
    for (const call of calls) await assert.rejects(call, { code: 'instance-disposed' })
  })

  test('an answer that comes after the end changes nothing', async () => {
    let answer: ((value: number) => void) | undefined
    const instance = await start(() => new Promise((resolve) => (answer = resolve)))
    const call = instance.exports.askCallback(1)
    instance.dispose()
    answer!(1)
    await assert.rejects(call, { code: 'instance-disposed' })
  })

  test('an import that ends the instance that calls it', async () => {
    for (const answer of [() => 1, () => later(1)]) {
      const instance = await start(() => {
        instance.dispose()
        return answer()
      })
      const calls = [instance.exports.never(1), instance.exports.ask(1)]
      for (const call of calls) await assert.rejects(call, { code: 'instance-disposed' })
      await later(0)
      await assert.rejects(instance.exports.double(1), { code: 'instance-disposed' })
    }
  })

  test('an import that calls back', async () => {
    const inner: unknown[] = []
    const instance = await start(async (x) => {
      inner.push(await instance.exports.doubleCallback(x).catch((error: Trap) => error.code))
      return 1
    })
    // The caller waits inside of its task, which leaves the instance free.
    assert.equal(await instance.exports.askCallback(4), 2)
    assert.deepEqual(inner, ['cannot-enter'])
  })

  test('an import that returns a thenable, which may answer as it likes', async () => {
    const answers: Record<string, (ok: (value: unknown) => void, no: (error: Error) => void) => void> = {
      twice(ok) {
        ok(1)
        ok(2)
      },
      'with a promise': (ok) => ok(later(1)),
      'and then rejects'(ok, no) {
        ok(1)
        no(new Error('too late'))
      },
    }
    for (const [how, then] of Object.entries(answers)) {
      for (const when of [(answer: () => void) => answer(), (answer: () => void) => setTimeout(answer, 0)]) {
        const instance = await start(() => ({
          // biome-ignore lint/suspicious/noThenProperty: it is about thenables
          then: (...args: Parameters<typeof then>) => when(() => then(...args)),
        }))
        for (const name of ['ask', 'askCallback'] as const) {
          assert.equal(await instance.exports[name](1), 2, how)
        }
        // Nothing is waited for any more.
        await assert.rejects(instance.exports.never(1), trap('deadlock', /deadlock detected/))
      }
    }
  })

  test('an import whose thenable throws is a trap', async () => {
    const thrown = (): never => {
      throw new Error('no then')
    }
    for (const then of [{ value: thrown }, { get: thrown }]) {
      const instance = await start(() => Object.defineProperty({}, 'then', then))
      await assert.rejects(instance.exports.ask(1), trap('host-error', /ask: .* no then/))
    }
  })

  test('many tasks at once', async () => {
    const instance = await start((x) => later(x))
    const calls = Array.from({ length: 500 }, (_, x) => instance.exports.askCallback(x))
    // They share one place for the answer, which each reads as soon as it has come.
    assert.equal((await Promise.all(calls)).length, 500)
  })
})

const results = `
  (import "try" (func $try async (result (result u32 (error string)))))
  (core module $Memory (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 256)))
  (core instance $memory (instantiate $Memory))
  (core func $try' (canon lower (func $try) (memory $memory "mem") (realloc (func $memory "realloc"))))
  (core func $return (canon task.return (result (result u32 (error string))) (memory $memory "mem")))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "try" (func $try (param i32)))
    (import "" "return" (func $return (param i32 i32 i32)))
    (func (export "run")
      (call $try (i32.const 16))
      (call $return (i32.load8_u (i32.const 16)) (i32.load (i32.const 20)) (i32.load (i32.const 24)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem"))
    (export "try" (func $try'))
    (export "return" (func $return))))))
  (func (export "run") async (result (result u32 (error string)))
    (canon lift (core func $m "run") async (memory $memory "mem")))`

eachBackEnd('results of async functions', (load) => {
  test('the error case is a ComponentError, thrown or rejected with, on both sides', async () => {
    const component = await load(results)
    const cases: [answer: () => unknown, wanted: unknown][] = [
      [() => 7, 7],
      [() => later(8), 8],
      [
        () => {
          throw new ComponentError('at once')
        },
        'at once',
      ],
      [() => later(0).then(() => Promise.reject(new ComponentError('later'))), 'later'],
    ]
    for (const [answer, wanted] of cases) {
      const instance = await component.instantiate({ try: answer })
      if (typeof wanted === 'number') assert.equal(await instance.exports.run(), wanted)
      else await assert.rejects(instance.exports.run(), { name: 'ComponentError', payload: wanted })
    }
  })
})

const records = `
  (type $pair' (record (field "left" u32) (field "right" u32)))
  (import "pair" (type $pair (eq $pair')))
  (import "ask" (func $ask async (result $pair)))
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (core func $ask' (canon lower (func $ask) (memory $memory "mem")))
  (core module $M (import "" "ask" (func $ask (param i32))) (func (export "run") (call $ask (i32.const 16))))
  (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask'))))))
  (func (export "run") async (canon lift (core func $m "run")))`

eachBackEnd('results that throw when they are read', (load) => {
  test('are traps, whatever they throw', async () => {
    const component = await load(records)
    for (const thrown of [new Error('no right'), new ComponentError('no right'), undefined]) {
      const answer = {
        left: 1,
        get right(): number {
          throw thrown
        },
      }
      for (const ask of [() => answer, () => later(answer)]) {
        const { exports } = await component.instantiate({ ask })
        await assert.rejects(exports.run(), trap('host-error', /ask: .*(no right|undefined)/))
        await assert.rejects(exports.run(), trap('cannot-enter', /cannot enter/))
      }
    }
  })
})

eachBackEnd('results for an instance that was disposed meanwhile', (load) => {
  test('are not taken', async () => {
    let taken = false
    const instance = await (await load(records)).instantiate({
      ask() {
        instance.dispose()
        return {
          get left(): number {
            taken = true
            return 1
          },
          right: 2,
        }
      },
    })
    await assert.rejects(instance.exports.run(), { code: 'instance-disposed' })
    assert.equal(taken, false)
  })
})

const awaiting = `
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (type $future (future u32))
  (core func $read (canon future.read $future (memory $memory "mem")))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (func (export "run") (param i32) (result i32)
      (drop (call $read (local.get 0) (i32.const 16)))
      (i32.load (i32.const 16))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem")) (export "read" (func $read))))))
  (func (export "run") async (param "future" $future) (result u32) (canon lift (core func $m "run")))`

eachBackEnd('futures of the host', (load) => {
  test('are fulfilled once, by a thenable that answers twice', async () => {
    const { exports } = await (await load(awaiting)).instantiate()
    const twice = {
      // biome-ignore lint/suspicious/noThenProperty: it is about thenables
      then(ok: (value: number) => void) {
        setTimeout(() => ok(1), 0)
        setTimeout(() => ok(2), 0)
      },
    }
    assert.equal(await exports.run(twice), 1)
    await later(0)
    assert.equal(await exports.run(later(3)), 3)
  })
})

/** Tasks do not begin while there is backpressure: what they were called with has to last. */
const kept = `
  (type $r (resource (rep i32)))
  (core module $M
    (memory (export "mem") 1)
    (global $free (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
      (local.set $at (global.get $free))
      (global.set $free (i32.add (local.get $at) (i32.and (i32.add (local.get 3) (i32.const 7)) (i32.const -8))))
      (local.get $at))
    (func (export "first") (param i32 i32 i32) (result i32)
      (i32.add (i32.load (local.get 0)) (local.get 2))))
  (core instance $m (instantiate $M))
  (core func $new (canon resource.new $r))
  (core func $inc (canon backpressure.inc))
  (core func $dec (canon backpressure.dec))
  (export $r' "thing" (type $r))
  (func (export "make") (param "x" u32) (result (own $r')) (canon lift (core func $new)))
  (func (export "stop") (canon lift (core func $inc)))
  (func (export "go") (canon lift (core func $dec)))
  (func (export "first") async (param "list" (list u32)) (param "thing" (own $r')) (result u32)
    (canon lift (core func $m "first") (memory $m "mem") (realloc (func $m "realloc"))))`

eachBackEnd('tasks that have to wait before they begin', (load) => {
  test('get what they were called with, whatever becomes of that meanwhile', async () => {
    const { exports } = await (await load(kept)).instantiate()
    exports.stop()
    const list = Uint32Array.of(7, 8)
    const thing = exports.make(1)
    const waiting = exports.first(list, thing)
    list[0] = 100
    structuredClone(list, { transfer: [list.buffer] })
    await assert.rejects(exports.first([1], thing), { name: 'TypeError', message: /was passed as own/ })
    // It is nobody's to dispose of any more.
    thing[Symbol.dispose]()
    exports.go()
    assert.equal(await waiting, 8)
  })

  test('give it up where the instance ends first', async () => {
    const instance = await (await load(kept)).instantiate()
    const { exports } = instance
    exports.stop()
    const waiting = exports.first([7], exports.make(1))
    instance.dispose()
    await assert.rejects(waiting, { code: 'instance-disposed' })
  })
})
