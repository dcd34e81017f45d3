/** Streams and futures between guests and JavaScript. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'
import { limits } from '../../component/limits.ts'
import { Trap } from '../../index.ts'

/** Writes what it reads, so many bytes at a time. */
const bytes = `
  (core module $Memory (memory (export "mem") 4))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (type $s (stream u8))
  (core func $new (canon stream.new $s))
  (core func $read (canon stream.read $s (memory $mem)))
  (core func $write (canon stream.write $s (memory $mem)))
  (core func $drop-readable (canon stream.drop-readable $s))
  (core func $drop-writable (canon stream.drop-writable $s))
  (core func $return (canon task.return (result $s)))
  (core func $return-count (canon task.return (result u32)))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "return" (func $return (param i32)))
    (import "" "return-count" (func $return-count (param i32)))
    (func (export "count") (param $first i32) (param $size i32)
      (local $ends i64) (local $writer i32) (local $i i32) (local $result i32)
      (local.set $ends (call $new))
      (call $return (i32.wrap_i64 (local.get $ends)))
      (local.set $writer (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (loop $fill
        (i32.store8 (local.get $i) (i32.add (local.get $i) (local.get $first)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $fill (i32.lt_u (local.get $i) (local.get $size))))
      (local.set $i (i32.const 0))
      (loop $rest
        (local.set $result (call $write (local.get $writer) (local.get $i) (i32.sub (local.get $size) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.shr_u (local.get $result) (i32.const 4))))
        (br_if $rest (i32.and
          (i32.lt_u (local.get $i) (local.get $size))
          (i32.eqz (i32.and (local.get $result) (i32.const 0xf))))))
      (call $drop-writable (local.get $writer)))
    (func (export "copy") (param $reader i32) (param $size i32)
      (local $ends i64) (local $writer i32) (local $result i32)
      (local.set $ends (call $new))
      (call $return (i32.wrap_i64 (local.get $ends)))
      (local.set $writer (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (block $done
        (loop $more
          (local.set $result (call $read (local.get $reader) (i32.const 0) (local.get $size)))
          (if (i32.shr_u (local.get $result) (i32.const 4)) (then
            (br_if $done (i32.and (i32.const 0xf)
              (call $write (local.get $writer) (i32.const 0) (i32.shr_u (local.get $result) (i32.const 4)))))))
          (br_if $more (i32.eqz (i32.and (local.get $result) (i32.const 0xf))))))
      (call $drop-readable (local.get $reader))
      (call $drop-writable (local.get $writer)))
    (func (export "sum") (param $reader i32)
      (local $result i32) (local $i i32) (local $sum i32)
      (loop $more
        (local.set $result (call $read (local.get $reader) (i32.const 0) (i32.const 7)))
        (local.set $i (i32.const 0))
        (loop $add
          (if (i32.lt_u (local.get $i) (i32.shr_u (local.get $result) (i32.const 4))) (then
            (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $add))))
        (br_if $more (i32.eqz (i32.and (local.get $result) (i32.const 0xf)))))
      (call $drop-readable (local.get $reader))
      (call $return-count (local.get $sum)))
    (func (export "ignore") (param $reader i32)
      (call $drop-readable (local.get $reader))
      (call $return-count (i32.const 0))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem))
    (export "new" (func $new))
    (export "read" (func $read))
    (export "write" (func $write))
    (export "drop-readable" (func $drop-readable))
    (export "drop-writable" (func $drop-writable))
    (export "return" (func $return))
    (export "return-count" (func $return-count))))))
  (func (export "count") async (param "first" u32) (param "size" u32) (result $s) (canon lift (core func $m "count") async))
  (func (export "copy") async (param "in" $s) (param "size" u32) (result $s) (canon lift (core func $m "copy") async))
  (func (export "sum") async (param "in" $s) (result u32) (canon lift (core func $m "sum") async))
  (func (export "ignore") async (param "in" $s) (result u32) (canon lift (core func $m "ignore") async))`

async function collect(stream: AsyncIterable<Uint8Array>): Promise<number[]> {
  const all: number[] = []
  for await (const chunk of stream) {
    assert.ok(chunk instanceof Uint8Array)
    for (const byte of chunk) all.push(byte)
  }
  return all
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i % 256)

eachBackEnd('streams of bytes', (load) => {
  const start = async () => (await load(bytes)).instantiate()

  test('a guest’s stream is a ReadableStream', async () => {
    const stream = await (await start()).exports.count(5, 10)
    assert.ok(stream instanceof ReadableStream)
    assert.deepEqual(await collect(stream), [5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  })

  test('of more bytes than go at once', async () => {
    const size = 3 * limits.copiedElements
    const stream = await (await start()).exports.count(0, size)
    assert.ok(Buffer.from(upTo(size)).equals(Buffer.from(await collect(stream))))
  })

  test('a reader that wants no more ends the guest’s write', async () => {
    const instance = await start()
    const stream = await instance.exports.count(0, 10)
    await stream.cancel()
    assert.deepEqual(await collect(await instance.exports.count(1, 1)), [1])
  })

  const sources: [name: string, make: () => unknown][] = [
    ['an array of chunks', () => [[1, 2, 3], Uint8Array.of(4), [], new Uint8Array(100).fill(1)]],
    ['bytes', () => Uint8Array.from([1, 2, 3, 4, ...new Array(100).fill(1)])],
    [
      'a generator of numbers',
      function* () {
        yield* [10, ...new Array(100).fill(1)]
      },
    ],
    [
      'an asynchronous generator',
      async function* () {
        for (const chunk of [[4], [6], new Array(100).fill(1)]) {
          await new Promise((resolve) => setTimeout(resolve, 1))
          yield chunk
        }
      },
    ],
    ['a ReadableStream', () => new Blob([Uint8Array.from([10, ...new Array(100).fill(1)])]).stream()],
  ]
  for (const [name, make] of sources) {
    test(`a guest reads ${name}`, async () => {
      assert.equal(await (await start()).exports.sum(typeof make === 'function' ? make() : make), 110)
    })
  }

  test('and what it read can come back, and go through two instances', async () => {
    const [one, other] = [await start(), await start()]
    const through = await one.exports.copy(await other.exports.copy([upTo(1000)], 64), 17)
    assert.deepEqual(await collect(through), upTo(1000))
  })

  test('a source that a guest does not read is let go', async () => {
    let returned = false
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => assert.fail('it is not read'),
        return: async () => {
          returned = true
          return { done: true, value: undefined }
        },
      }),
    }
    assert.equal(await (await start()).exports.ignore(source), 0)
    assert.ok(returned)
  })

  const wrong: [name: string, value: unknown][] = [
    ['a number', 5],
    ['nothing', undefined],
    ['a string', 'abc'],
    [
      'a stream that somebody else reads',
      (() => {
        const stream = new ReadableStream()
        stream.getReader()
        return stream
      })(),
    ],
  ]
  for (const [name, value] of wrong) {
    test(`${name} is no stream`, async () => {
      await assert.rejects((await start()).exports.sum(value), {
        name: 'TypeError',
        message: /sum: argument in: expected stream/,
      })
    })
  }

  const failing: [name: string, chunks: () => unknown, message: RegExp][] = [
    ['a chunk that is none', () => [[1], 'abc'], /argument in: element.*expected/],
    ['a number that is none of its type', () => [[1, 256]], /expected u8/],
    [
      'a source that throws',
      async function* () {
        yield [1]
        throw new Error('the disk is gone')
      },
      /the disk is gone/,
    ],
  ]
  for (const [name, chunks, message] of failing) {
    test(`${name} ends the guest that waits for it`, async () => {
      await assert.rejects((await start()).exports.sum(chunks()), (error) => {
        assert.ok(error instanceof Trap)
        assert.equal(error.code, 'host-error')
        assert.match(error.message, message)
        return true
      })
    })
  }

  test('a stream that is read fails when its instance traps or ends', async () => {
    const instance = await start()
    const stream = await instance.exports.copy(new ReadableStream(), 10)
    const reading = stream.getReader().read()
    instance.dispose()
    await assert.rejects(reading, { code: 'instance-disposed' })
  })
})

/** A future of a string, given and taken. */
const futures = `
  (import "give" (func $give (param "f" (future string))))
  (core module $Memory (memory (export "mem") 1)
    (data (i32.const 32) "from the guest")
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $next (i32.add (global.get $next) (local.get 3)))
      (i32.sub (global.get $next) (local.get 3))))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (alias core export $memory "realloc" (core func $realloc))
  (type $f (future string))
  (core func $new (canon future.new $f))
  (core func $read (canon future.read $f (memory $mem) (realloc $realloc)))
  (core func $write (canon future.write $f (memory $mem)))
  (core func $drop-readable (canon future.drop-readable $f))
  (core func $drop-writable (canon future.drop-writable $f))
  (core func $give' (canon lower (func $give)))
  (core func $return (canon task.return (result string) (memory $mem)))
  (core func $return-future (canon task.return (result $f)))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32) (result i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "give" (func $give (param i32)))
    (import "" "return" (func $return (param i32 i32)))
    (import "" "return-future" (func $return-future (param i32)))
    (func $say (param $writer i32)
      (i32.store (i32.const 0) (i32.const 32))
      (i32.store (i32.const 4) (i32.const 14))
      (if (call $write (local.get $writer) (i32.const 0)) (then unreachable))
      (call $drop-writable (local.get $writer)))
    (func (export "make")
      (local $ends i64)
      (local.set $ends (call $new))
      (call $return-future (i32.wrap_i64 (local.get $ends)))
      (call $say (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "hand-over")
      (local $ends i64)
      (local.set $ends (call $new))
      (call $give (i32.wrap_i64 (local.get $ends)))
      (call $say (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (call $return (i32.const 32) (i32.const 14)))
    (func (export "take") (param $reader i32)
      (if (call $read (local.get $reader) (i32.const 8)) (then unreachable))
      (call $drop-readable (local.get $reader))
      (call $return (i32.load (i32.const 8)) (i32.load (i32.const 12)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem))
    (export "new" (func $new))
    (export "read" (func $read))
    (export "write" (func $write))
    (export "drop-readable" (func $drop-readable))
    (export "drop-writable" (func $drop-writable))
    (export "give" (func $give'))
    (export "return" (func $return))
    (export "return-future" (func $return-future))))))
  (func (export "make") async (result $f) (canon lift (core func $m "make") async))
  (func (export "hand-over") async (result string) (canon lift (core func $m "hand-over") async (memory $mem)))
  (func (export "take") async (param "f" $f) (result string) (canon lift (core func $m "take") async (memory $mem)))`

eachBackEnd('futures', (load) => {
  const start = async (give: (f: Promise<string>) => void = () => {}) =>
    (await load(futures)).instantiate({ give })

  test('a guest’s future is a promise, as a result and as an argument', async () => {
    let given: Promise<string> | undefined
    const instance = await start((f) => {
      given = f
    })
    // An async function would return what the promise brings, and not the promise.
    assert.equal(await instance.exports.make(), 'from the guest')
    assert.equal(await instance.exports.handOver(), 'from the guest')
    assert.equal(await given, 'from the guest')
  })

  test('a guest takes a promise for a future', async () => {
    const instance = await start()
    assert.equal(await instance.exports.take(Promise.resolve('soon')), 'soon')
    const late = new Promise((resolve) => setTimeout(() => resolve('läter'), 5))
    assert.equal(await instance.exports.take(late), 'läter')
  })

  test('a value is no future', async () => {
    await assert.rejects((await start()).exports.take('now'), {
      name: 'TypeError',
      message: /expected future/,
    })
  })

  test('a promise that is rejected, or brings the wrong thing, ends the guest that waits', async () => {
    for (const [promise, message] of [
      [() => Promise.reject(new Error('not today')), /not today/],
      [() => Promise.resolve(5), /expected string/],
    ] as const) {
      await assert.rejects((await start()).exports.take(promise()), (error) => {
        assert.ok(error instanceof Trap)
        assert.equal(error.code, 'host-error')
        assert.match(error.message, message)
        return true
      })
    }
  })
})

/** A future that the host returns goes through the guest, and back to the host. */
const returned = `
  (import "soon" (func $soon (result (future u32))))
  (import "later" (func $later async (result (future u32))))
  (core func $soon' (canon lower (func $soon)))
  (core func $later' (canon lower (func $later)))
  (core module $M
    (import "" "soon" (func $soon (result i32)))
    (import "" "later" (func $later (result i32)))
    (func (export "soon") (result i32) (call $soon))
    (func (export "later") (result i32) (call $later)))
  (core instance $m (instantiate $M (with "" (instance
    (export "soon" (func $soon')) (export "later" (func $later'))))))
  (func (export "soon") (result (future u32)) (canon lift (core func $m "soon")))
  (func (export "later") async (result (future u32)) (canon lift (core func $m "later")))`

eachBackEnd('futures that the host returns', (load) => {
  test('are promises, which no call waits for', async () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    using instance = await (await load(returned)).instantiate({ soon: () => promise, later: () => promise })
    const [soon, later] = [instance.exports.soon(), instance.exports.later()]
    assert.ok(soon instanceof Promise)
    resolve(5)
    assert.deepEqual([await soon, await later, await instance.async.soon()], [5, 5, 5])
  })
})
