import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Trap } from '../../../errors.ts'
import { blocking, open } from '../../platform/testing/open-host.ts'

const millisecond = 1_000_000n

test('a list of none traps, and so does one beyond the limit', async () => {
  const wasi = open({ limits: { pollables: 2 } })
  assert.throws(
    () => wasi.poll([]),
    (error: Trap) => error instanceof Trap && /empty/.test(error.message),
  )
  const pollable = wasi.sleep(0n)
  assert.throws(() => wasi.poll([pollable, pollable, pollable]), Trap)
})

test('all that are ready are told, in both views, and the same pollable twice', async () => {
  const wasi = open({ stdin: 'x' })
  const list = [
    wasi.sleep(3_600_000n * millisecond),
    wasi.stdin().subscribe(),
    wasi.sleep(0n),
    wasi.sleep(0n),
  ]
  assert.deepEqual([...(await wasi.poll(list))], [1, 2, 3])
  assert.deepEqual([...blocking(undefined, wasi.poll, list)], [1, 2, 3])
  assert.deepEqual([...(await wasi.poll([list[2]!, list[2]!]))], [0, 1])
})

test('the earliest clock ends the wait', async () => {
  const wasi = open()
  for (const wait of [
    (list: never[]) => wasi.poll(list),
    (list: never[]) => blocking(undefined, wasi.poll, list),
  ]) {
    const start = performance.now()
    const list = [wasi.sleep(10_000n * millisecond), wasi.sleep(20n * millisecond)]
    assert.equal(list[1]!.ready(), false)
    assert.deepEqual([...(await wait(list as never[]))], [1])
    const took = performance.now() - start
    assert.ok(took >= 20 && took < 2_000, `${took} ms`)
    assert.equal(list[1]!.ready(), true)
  }
})

test('an instant far beyond any timer does not end the wait early', async () => {
  const wasi = open()
  const list = [wasi.sleep(2n ** 64n - 1n), wasi.sleep(millisecond)]
  assert.deepEqual([...(await wasi.poll(list))], [1])
  assert.deepEqual([...blocking(undefined, wasi.poll, [list[0]!, wasi.sleep(millisecond)])], [1])
})

test('a ready pollable does not suspend', () => {
  const wasi = open({ stdin: 'x' })
  const pollable = wasi.stdin().subscribe()
  assert.equal(pollable.block(), undefined)
  assert.ok(wasi.poll([pollable]) instanceof Uint32Array)
})

test('input that comes later ends the wait', async () => {
  const stdin = new ReadableStream<Uint8Array>({
    start(controller) {
      setTimeout(() => controller.enqueue(new Uint8Array(1)), 5)
    },
  })
  const wasi = open({ stdin })
  const pollable = wasi.stdin().subscribe()
  assert.equal(pollable.ready(), false)
  assert.deepEqual([...(await wasi.poll([wasi.sleep(5_000n * millisecond), pollable]))], [1])
})

test('a guest that polls without waiting lets the event loop bring its input', async () => {
  const stdin = (async function* () {
    await new Promise((resolve) => setTimeout(resolve, 1))
    yield 'x'
  })()
  const wasi = open({ stdin })
  const input = wasi.stdin()
  const pollable = input.subscribe()
  let rounds = 0
  while (input.read(1n).length === 0) {
    assert.ok(rounds++ < 100_000)
    await wasi.poll([pollable, wasi.sleep(0n)])
    wasi.host.handles.close()
  }
})

test('on a blocked thread a clock beside something that only the event loop brings still ends the wait', () => {
  const wasi = open({ stdin: new ReadableStream() })
  const list = [wasi.stdin().subscribe(), wasi.sleep(millisecond)]
  assert.deepEqual([...blocking(undefined, wasi.poll, list)], [1])
  assert.throws(
    () => blocking(list[0], list[0]!.block),
    (error: Trap) => error.code === 'cannot-block',
  )
})

test('a clock of the user’s own is the one that is waited for', async () => {
  let now = 0n
  const clock = {
    monotonic: () => now,
    later(duration: bigint, wake: () => void) {
      now += duration
      queueMicrotask(wake)
      return () => {}
    },
    sleep(duration: bigint) {
      now += duration
    },
  }
  const wasi = open({ clock })
  await wasi.sleep(3_600_000n * millisecond).block()
  assert.equal(now, 3_600_000n * millisecond)
  const pollable = wasi.sleep(millisecond)
  blocking(pollable, pollable.block)
  assert.equal(now, 3_600_001n * millisecond)
})
