/** What hosts give as streams and futures may fail, be given twice, or come with a call that is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'
import type { Instance } from '../../index.ts'

/** Keeps one stream or future, reads it and drops it when it is told to. */
const keeper = `
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (type $r (resource (rep i32)))
  (export $thing "thing" (type $r))
  (type $s (stream u8))
  (type $f (future u8))
  (type $things (future (own $thing)))
  (type $many (stream $f))
  (core func $new (canon resource.new $r))
  (core func $read (canon stream.read $s (memory $memory "mem")))
  (core func $drop (canon stream.drop-readable $s))
  (core func $read-future (canon future.read $f (memory $memory "mem")))
  (core func $new-future (canon future.new $f))
  (core func $drop-future (canon future.drop-readable $f))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "read-future" (func $read-future (param i32 i32) (result i32)))
    (import "" "drop-future" (func $drop-future (param i32)))
    (import "" "new-future" (func $new-future (result i64)))
    (func (export "read-empty") (drop (call $read-future (i32.wrap_i64 (call $new-future)) (i32.const 16))))
    (global $end (mut i32) (i32.const 0))
    (func (export "keep") (param i32) (global.set $end (local.get 0)))
    (func (export "keep-with") (param i32 i32) (global.set $end (local.get 0)))
    (func (export "back") (param i32) (result i32) (local.get 0))
    (func (export "read") (result i32)
      (drop (call $read (global.get $end) (i32.const 16) (i32.const 1)))
      (i32.load8_u (i32.const 16)))
    (func (export "drop") (call $drop (global.get $end)))
    (func (export "read-future") (result i32)
      (drop (call $read-future (global.get $end) (i32.const 16)))
      (i32.load8_u (i32.const 16)))
    (func (export "drop-future") (call $drop-future (global.get $end))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem"))
    (export "read" (func $read)) (export "drop" (func $drop))
    (export "read-future" (func $read-future)) (export "drop-future" (func $drop-future))
    (export "new-future" (func $new-future))))))
  (func (export "make") (param "x" u32) (result (own $thing)) (canon lift (core func $new)))
  (func (export "keep") async (param "in" $s) (canon lift (core func $m "keep")))
  (func (export "keep-both") async (param "in" $s) (param "other" $s) (canon lift (core func $m "keep-with")))
  (func (export "read") async (result u8) (canon lift (core func $m "read")))
  (func (export "drop") async (canon lift (core func $m "drop")))
  (func (export "keep-future") async (param "in" $f) (canon lift (core func $m "keep")))
  (func (export "keep-with") async (param "in" $f) (param "x" u8) (canon lift (core func $m "keep-with")))
  (func (export "keep-things") async (param "in" $things) (param "x" u8) (canon lift (core func $m "keep-with")))
  (func (export "read-future") async (result u8) (canon lift (core func $m "read-future")))
  (func (export "drop-future") async (canon lift (core func $m "drop-future")))
  (func (export "read-empty") async (canon lift (core func $m "read-empty")))
  (func (export "back") (param "in" $many) (result $many) (canon lift (core func $m "back")))`

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2))

const wrong = { name: 'TypeError', message: /argument x: expected u8/ }

eachBackEnd('promises of the host', (load) => {
  const start = async () => (await load(keeper)).instantiate()

  test('end nothing where the call that they are for is refused', async () => {
    const { exports } = await start()
    const fails = Promise.withResolvers<number>()
    await assert.rejects(exports.keepWith(fails.promise, 256), wrong)
    fails.reject(new Error('too late'))
    await settled()
    await exports.keepFuture(Promise.resolve(7))
    assert.equal(await exports.readFuture(), 7)
  })

  test('keep what they bring where the call is refused', async () => {
    const { exports } = await start()
    const thing = exports.make(1)
    await assert.rejects(exports.keepThings(Promise.resolve(thing), 256), wrong)
    await settled()
    await exports.keepThings(Promise.resolve(thing), 1)
    await settled()
    await assert.rejects(exports.keepThings(thing, 1), { name: 'TypeError' })
  })

  test('answer once, whatever their own `then` does', async () => {
    const { exports } = await start()
    const promise = Promise.resolve(1)
    // biome-ignore lint/suspicious/noThenProperty: it is about thenables
    promise.then = (ok): never => {
      ok?.(2)
      ok?.(3)
      throw new Error('nothing more')
    }
    await exports.keepFuture(promise)
    await settled()
    assert.equal(await exports.readFuture(), 1)
  })

  const late: [name: string, settle: (one: PromiseWithResolvers<number>) => void][] = [
    ['is rejected', ({ reject }) => reject(new Error('too late'))],
    ['brings the wrong thing', ({ resolve }) => resolve(256)],
    ['brings the right thing', ({ resolve }) => resolve(7)],
  ]
  for (const [name, settle] of late) {
    test(`end nothing when the guest has dropped the future: one that ${name}`, async () => {
      const { exports } = await start()
      const promise = Promise.withResolvers<number>()
      await exports.keepFuture(promise.promise)
      await exports.dropFuture()
      settle(promise)
      await settled()
      await exports.keep([[7]])
      assert.equal(await exports.read(), 7)
    })
  }

  test('are waited for by nobody when the guest has dropped the future', async () => {
    const { exports } = await start()
    await exports.keepFuture(new Promise(() => {}))
    await exports.dropFuture()
    await assert.rejects(exports.readEmpty(), { name: 'Trap', code: 'deadlock' })
  })

  test('bring what they bring when a guest never looked at them', async () => {
    const { exports } = await start()
    const brought: unknown[] = []
    for await (const one of exports.back([Promise.resolve(1), Promise.resolve(2)])) brought.push(await one)
    assert.deepEqual(brought, [1, 2])
  })
})

/** Iterators of the host that can be opened once. */
function iterable(iterator: object): AsyncIterable<unknown> {
  return { [Symbol.asyncIterator]: () => iterator as AsyncIterator<unknown> }
}

const refuse = (): never => {
  throw new Error('it will not')
}

const failsToEnd: [name: string, make: () => unknown][] = [
  [
    'a stream that has failed',
    () => new ReadableStream({ start: (controller) => controller.error(new Error('gone')) }),
  ],
  ['a stream that cannot be cancelled', () => new ReadableStream({ cancel: refuse })],
  ['an iterator that cannot return', () => iterable({ return: refuse })],
  [
    'an iterator that rejects to return',
    () => iterable({ return: () => Promise.reject(new Error('it will not')) }),
  ],
  ['what cannot be iterated', () => ({ [Symbol.iterator]: refuse })],
  ['an iterator that is none', () => ({ [Symbol.iterator]: undefined })],
]

const ends: [name: string, end: (instance: Instance) => unknown][] = [
  ['is disposed', (instance) => instance.dispose()],
  ['traps', ({ exports }) => assert.rejects(exports.dropFuture(), { name: 'Trap' })],
  ['drops them', ({ exports }) => exports.drop()],
]

/** Sources of more than one chunk that count how often they are let go. */
const counted: [name: string, make: () => { chunks: unknown; ended: number }][] = [
  [
    'a stream',
    () => {
      const source = { chunks: undefined as unknown, ended: 0 }
      const underlying = {
        pull: (controller: ReadableStreamDefaultController) => controller.enqueue(Uint8Array.of(7, 8)),
        cancel: () => void source.ended++,
      }
      source.chunks = new ReadableStream(underlying, { highWaterMark: 0 })
      return source
    },
  ],
  [
    'an iterator',
    () => {
      const source = { chunks: undefined as unknown, ended: 0 }
      const next = () => ({ done: false, value: [7, 8] })
      source.chunks = iterable({ next, return: () => ({ done: !!++source.ended }) })
      return source
    },
  ],
]

eachBackEnd('sources of the host', (load) => {
  const start = async () => (await load(keeper)).instantiate()

  for (const [name, make] of failsToEnd) {
    // An unhandled rejection fails a test, too.
    test(`that no guest reads may fail: ${name}`, async () => {
      const { exports } = await start()
      await exports.keep(make())
      await exports.drop()
      await settled()
      await exports.keep([[7]])
      assert.equal(await exports.read(), 7)
    })
  }

  for (const [name, make] of failsToEnd.slice(-2)) {
    test(`that a guest reads are a trap where they fail: ${name}`, async () => {
      const { exports } = await start()
      await exports.keep(make())
      await assert.rejects(exports.read(), { name: 'Trap', code: 'host-error' })
    })
  }

  test('are opened when no guest is on the stack', async () => {
    const { exports } = await start()
    let made = 0
    const source = {
      *[Symbol.iterator]() {
        exports.make(++made)
        yield 7
      },
    }
    await exports.keep(source)
    assert.equal(await exports.read(), 7)
    assert.equal(made, 1)
  })

  test('are one guest’s, if they are streams', async () => {
    const { exports } = await start()
    const stream = new Blob(['a']).stream()
    await exports.keep(stream)
    await assert.rejects(exports.keep(stream), { name: 'TypeError', message: /argument in: expected stream/ })
    assert.equal(await exports.read(), 97)
    await assert.rejects(exports.keep(stream), { name: 'TypeError' })
  })

  test('are that of the first place of two in one call', async () => {
    const { exports } = await start()
    const stream = new Blob(['a']).stream()
    await exports.keepBoth(stream, stream)
    await assert.rejects((await start()).exports.keep(stream), { name: 'TypeError' })
    assert.equal(await exports.read(), 97)
  })

  test('stay the caller’s where the call is refused', async () => {
    const { exports } = await start()
    const stream = new Blob(['a']).stream()
    await assert.rejects(exports.keepBoth(stream, 5), { name: 'TypeError' })
    await exports.keep(stream)
    assert.equal(await exports.read(), 97)
  })

  for (const [when, end] of ends) {
    for (const [name, make] of counted) {
      for (const reads of [false, true]) {
        test(`are let go when a guest ${when}: ${name}, ${reads ? 'read' : 'unread'}`, async () => {
          const instance = await start()
          const source = make()
          await instance.exports.keep(source.chunks)
          if (reads) assert.equal(await instance.exports.read(), 7)
          await settled()
          assert.equal(source.ended, 0)
          await end(instance)
          await settled()
          assert.equal(source.ended, 1)
        })
      }
    }
  }

  test('are let go while a guest waits for them', async () => {
    const instance = await start()
    let cancelled: unknown
    const stream = new ReadableStream({
      cancel: (reason) => {
        cancelled = { reason }
      },
    })
    await instance.exports.keep(stream)
    const waiting = instance.exports.read()
    await settled()
    instance.dispose()
    await assert.rejects(waiting, { code: 'instance-disposed' })
    assert.deepEqual(cancelled, { reason: undefined })
  })

  test('that have ended are not ended once more', async () => {
    const { exports } = await start()
    let returned = false
    const iterator = {
      next: () => ({ done: true }),
      return: () => {
        returned = true
      },
    }
    await exports.keep(iterable(iterator))
    await exports.read()
    await exports.drop()
    await settled()
    assert.ok(!returned)
  })
})
