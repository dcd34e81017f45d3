import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Trap } from '../../../errors.ts'
import { traitsOf } from '../../../runtime/host-function.ts'
import { MemoryDirectory } from '../../host/memory-directory.ts'
import { blocking, decode, encode, open, payloadOf } from '../../platform/testing/open-host.ts'
import { InputStream } from './input-stream.ts'
import { OutputStream } from './output-stream.ts'

const closed = { tag: 'closed' }
const trap = (code: string) => (error: unknown) => error instanceof Trap && error.code === code

describe('input', () => {
  test('is read in pieces, then closed for good', async () => {
    const stdin = open({ stdin: 'hello' }).stdin()
    assert.equal(decode(stdin.read(2n)), 'he')
    assert.equal(stdin.skip(1n), 1n)
    assert.equal(decode(await stdin.blockingRead(100n)), 'lo')
    for (const read of [
      () => stdin.read(1n),
      () => stdin.blockingRead(1n),
      () => stdin.skip(0n),
      () => stdin.blockingSkip(1n),
    ]) {
      assert.deepEqual(await payloadOf(read), closed)
    }
  })

  test('reads nothing for a length of zero, while it is open', () => {
    const stdin = open({ stdin: 'x' }).stdin()
    assert.equal(stdin.read(0n).length, 0)
    assert.equal(stdin.read(2n ** 64n - 1n).length, 1)
  })

  test('is cut to the limit', () => {
    const stdin = open({ stdin: new Uint8Array(100), limits: { readBytes: 10 } }).stdin()
    assert.equal(stdin.read(2n ** 64n - 1n).length, 10)
    assert.equal(stdin.skip(50n), 10n)
  })

  test('is closed where none is granted', async () => {
    const stdin = open().stdin()
    assert.equal(stdin.subscribe().ready(), true)
    assert.deepEqual(await payloadOf(() => stdin.read(0n)), closed)
  })

  test('comes from a Web stream, an async iterable; is shared by all who get it', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(encode('one'))
        controller.enqueue(encode('two'))
        controller.close()
      },
    })
    async function* chunks() {
      yield 'one'
      yield new Uint8Array(0)
      yield encode('two')
    }
    for (const stdin of [stream, chunks()]) {
      const wasi = open({ stdin })
      const first = wasi.stdin()
      const second = wasi.stdin()
      assert.equal(first.read(10n).length, 0)
      assert.equal(decode(await first.blockingRead(2n)), 'on')
      assert.equal(decode(await second.blockingRead(10n)), 'e')
      assert.equal(await first.blockingSkip(10n), 3n)
      assert.deepEqual(await payloadOf(() => second.blockingRead(10n)), closed)
    }
  })

  test('that fails says so once', async () => {
    const broken = async function* () {
      yield 'x'
      throw new Error('cable cut')
    }
    const stdin = open({ stdin: broken() }).stdin()
    assert.equal(decode(await stdin.blockingRead(10n)), 'x')
    const failed = (await payloadOf(() => stdin.blockingRead(10n))) as {
      tag: string
      val: { toDebugString(): string }
    }
    assert.equal(failed.tag, 'last-operation-failed')
    assert.match(failed.val.toDebugString(), /cable cut/)
    assert.deepEqual(await payloadOf(() => stdin.blockingRead(10n)), closed)
  })

  test('that only the event loop brings cannot be waited for on a blocked thread', () => {
    const stdin = open({ stdin: new ReadableStream() }).stdin()
    assert.throws(
      () => blocking(stdin, stdin.blockingRead, 1n),
      (error: Trap) => {
        assert.equal(error.code, 'cannot-block')
        assert.match(
          error.message,
          /^cannot block a synchronous task before returning: wasi:io\/streams#\[method\]input-stream\.blocking-read: .*instance\.async/,
        )
        return true
      },
    )
  })
})

describe('output', () => {
  test('goes to a function, whatever that returns', () => {
    const chunks: string[] = []
    // Programs in JavaScript are not told that a number is nothing to wait for.
    const take = (bytes: Uint8Array): unknown => chunks.push(decode(bytes))
    const stdout = open({ stdout: take as (bytes: Uint8Array) => void }).stdout()
    stdout.checkWrite()
    stdout.write(encode('one'))
    blocking(stdout, stdout.blockingFlush)
    assert.deepEqual(chunks, ['one'])
  })

  test('needs a permit for each write', () => {
    const out: Uint8Array[] = []
    const stdout = open({ stdout: out, limits: { writeBytes: 10 } }).stdout()
    assert.throws(() => stdout.write(encode('x')), trap('host-error'))
    assert.equal(stdout.checkWrite(), 10n)
    assert.throws(() => stdout.write(encode('more than ten')), trap('host-error'))
    assert.equal(stdout.checkWrite(), 10n)
    stdout.write(encode('ten bytes!'))
    assert.throws(() => stdout.write(encode('x')), trap('host-error'))
    stdout.checkWrite()
    stdout.writeZeroes(3n)
    assert.throws(() => stdout.writeZeroes(1n), trap('host-error'))
    stdout.write(new Uint8Array(0))
    assert.deepEqual(out.map(decode), ['ten bytes!', '\0\0\0', ''])
  })

  test('takes 4096 bytes at once, flushed', async () => {
    const out: Uint8Array[] = []
    const stdout = open({ stdout: out }).stdout()
    await stdout.blockingWriteAndFlush(new Uint8Array(4096))
    await stdout.blockingWriteZeroesAndFlush(4096n)
    await stdout.blockingFlush()
    assert.throws(() => stdout.blockingWriteAndFlush(new Uint8Array(4097)), trap('host-error'))
    assert.throws(() => stdout.blockingWriteZeroesAndFlush(4097n), trap('host-error'))
    assert.deepEqual(
      out.map((bytes) => bytes.length),
      [4096, 4096],
    )
  })

  test('is copied: the guest may write over its memory', () => {
    const out: Uint8Array[] = []
    const stdout = open({ stdout: out }).stdout()
    const memory = encode('before')
    stdout.checkWrite()
    stdout.write(memory)
    memory.fill(0)
    assert.equal(decode(out[0]!), 'before')
  })

  test('is discarded where none is granted', async () => {
    const stdout = open().stdout()
    await stdout.blockingWriteAndFlush(encode('into the void'))
    assert.ok(stdout.checkWrite() > 0n)
  })

  test('to a slow sink waits for room and for the flush', async () => {
    const taken: number[] = []
    const takes: (() => void)[] = []
    const slow = (bytes: Uint8Array) =>
      new Promise<void>((resolve) => takes.push(() => resolve(void taken.push(bytes.length))))
    const stdout = open({ stdout: slow, limits: { writeBytes: 10 } }).stdout()
    assert.equal(stdout.checkWrite(), 10n)
    stdout.write(encode('12345678'))
    assert.equal(stdout.checkWrite(), 2n)
    const pollable = stdout.subscribe()
    assert.equal(pollable.ready(), true)
    stdout.flush()
    assert.equal(stdout.checkWrite(), 0n)
    assert.equal(pollable.ready(), false)
    setTimeout(() => takes.shift()!(), 5)
    await pollable.block()
    assert.equal(stdout.checkWrite(), 10n)
    const memory = encode('abcdefghijklmnopqrstuvwxyz')
    const written = stdout.blockingWriteAndFlush(memory)
    assert.ok(written instanceof Promise)
    memory.fill(0)
    const pump = setInterval(() => takes.shift()?.(), 1)
    await written
    clearInterval(pump)
    assert.deepEqual(taken, [8, 10, 10, 6])
  })

  test('that fails says so once, and is closed then', async () => {
    const stream = new WritableStream<Uint8Array>({
      write() {
        throw new Error('disk full')
      },
    })
    const stdout = open({ stdout: stream }).stdout()
    const failed = (await payloadOf(() => stdout.blockingWriteAndFlush(encode('x')))) as { tag: string }
    assert.equal(failed.tag, 'last-operation-failed')
    const calls = [
      () => stdout.checkWrite(),
      () => stdout.flush(),
      () => stdout.blockingFlush(),
      () => stdout.blockingWriteAndFlush(encode('x')),
      () => stdout.splice(open({ stdin: 'x' }).stdin(), 1n),
    ]
    for (const call of calls) assert.deepEqual(await payloadOf(call), closed)
    assert.equal(stdout.subscribe().ready(), true)
  })

  test('to a Web stream arrives in order; a blocked thread hands it over', async () => {
    const out: string[] = []
    const stdout = open({
      stdout: new WritableStream({ write: (bytes: Uint8Array) => void out.push(decode(bytes)) }),
    }).stdout()
    for (const word of ['a', 'b', 'c']) blocking(stdout, stdout.blockingWriteAndFlush, encode(word))
    await stdout.blockingWriteAndFlush(encode('d'))
    assert.equal(out.join(''), 'abcd')
  })

  test('that nobody takes while the thread is blocked ends in a trap, not in endless memory', () => {
    const stdout = open({ stdout: new WritableStream(), limits: { writeBytes: 10_000 } }).stdout()
    assert.throws(() => {
      for (let count = 0; count < 100; count++)
        blocking(stdout, stdout.blockingWriteAndFlush, new Uint8Array(4096))
    }, trap('cannot-block'))
  })
})

describe('splice', () => {
  test('moves what both sides can do', async () => {
    const out: Uint8Array[] = []
    const wasi = open({ stdin: 'hello world', stdout: out, limits: { writeBytes: 5 } })
    const [stdin, stdout] = [wasi.stdin(), wasi.stdout()]
    assert.equal(stdout.splice(stdin, 0n), 0n)
    assert.equal(stdout.splice(stdin, 2n), 2n)
    assert.equal(stdout.splice(stdin, 100n), 5n)
    assert.equal(await stdout.blockingSplice(stdin, 100n), 4n)
    assert.deepEqual(await payloadOf(() => stdout.splice(stdin, 1n)), closed)
    assert.deepEqual(await payloadOf(() => stdout.blockingSplice(stdin, 1n)), closed)
    assert.equal(out.map(decode).join(''), 'hello world')
  })

  test('takes nothing from the source when the sink is busy, and waits for both when blocking', async () => {
    let take = () => {}
    const slow = () => new Promise<void>((resolve) => (take = resolve))
    const wasi = open({
      stdin: (async function* () {
        yield 'abc'
      })(),
      stdout: slow,
      limits: { writeBytes: 2 },
    })
    const [stdin, stdout] = [wasi.stdin(), wasi.stdout()]
    stdout.checkWrite()
    stdout.write(encode('xx'))
    assert.equal(stdout.splice(stdin, 10n), 0n)
    setTimeout(() => take(), 5)
    assert.equal(await stdout.blockingSplice(stdin, 10n), 2n)
    assert.equal(decode(stdin.read(10n)), 'c')
  })
})

test('handles are counted, and given back once', () => {
  const wasi = open({ limits: { handles: 2 }, stdin: 'x' })
  const stdin = wasi.stdin()
  const pollable = stdin.subscribe()
  assert.throws(() => stdin.subscribe(), trap('table-full'))
  pollable[Symbol.dispose]()
  pollable[Symbol.dispose]()
  assert.equal(wasi.host.handles.live, 1)
  stdin.subscribe()
  assert.throws(() => wasi.stdout(), trap('table-full'))
})

test('a file that is full of zeroes is written without making them', async () => {
  const files = MemoryDirectory.from({})
  const file = await open({ preopens: [{ guest: '/', host: files }] })
    .preopen()
    .openAt({}, 'zero', { create: true }, { write: true })
  const out = file.writeViaStream(2n)
  assert.equal(out.checkWrite(), 1_048_576n)
  out.writeZeroes(1_000_000n)
  assert.equal(file.stat().size, 1_000_002n)
})

test('only what may wait has a twin; bytes are borrowed', () => {
  const waits = (prototype: object) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(
        ([name, { value }]) =>
          name !== 'constructor' && typeof value === 'function' && traitsOf(value).blocks !== false,
      )
      .map(([name, { value }]) => [name, typeof traitsOf(value).sync])
  assert.deepEqual(waits(InputStream.prototype), [
    ['blockingRead', 'function'],
    ['blockingSkip', 'function'],
  ])
  assert.deepEqual(
    waits(OutputStream.prototype).map(([name]) => name),
    ['blockingWriteAndFlush', 'blockingWriteZeroesAndFlush', 'blockingFlush', 'blockingSplice'],
  )
  for (const name of ['write', 'blockingWriteAndFlush'] as const) {
    assert.equal(traitsOf(OutputStream.prototype[name]).borrowsBytes, true)
  }
})
