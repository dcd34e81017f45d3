import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { CallEvent } from '../contract/run.ts'
import { type CallBegin, CallLog } from './call-log.ts'

const call = (from: string | undefined, to: string | undefined): CallBegin => ({
  from,
  to,
  interface: 'a:b/c',
  function: 'f',
  type: {
    kind: 'function',
    async: false,
    parameters: [{ name: 'n', type: { kind: 'u32' } }],
    result: undefined,
  },
  arguments: [1],
})

function logOf(limit: number): {
  readonly log: CallLog
  readonly batches: (readonly CallEvent[])[]
  dropped(): number
} {
  const batches: (readonly CallEvent[])[] = []
  let latest = 0
  const calls = (batch: readonly CallEvent[], dropped: number): void => {
    batches.push(batch)
    latest = dropped
  }
  return { log: new CallLog({ calls }, limit, (_, { name }) => `<${name}>`), batches, dropped: () => latest }
}

suite('the log of calls', () => {
  test('says what a call is inside of, also where calls overlap', () => {
    const { log, batches } = logOf(100)
    const outer = log.begin(call(undefined, 'a'))!
    const other = log.begin(call(undefined, 'b'))!
    const inner = log.begin(call('a', 'c'))!
    const innermost = log.begin(call('c', undefined))!
    const ofOther = log.begin(call('b', 'c'))!
    for (const end of [ofOther, innermost, inner, other, outer])
      end({ outcome: 'returned', value: undefined })
    log.begin(call('a', 'c'))
    log.flush()
    const depths = new Map(batches.flat().map(({ id, depth }) => [id, depth]))
    assert.deepEqual(
      [...depths],
      [
        [1, 0],
        [2, 0],
        [3, 1],
        [4, 2],
        [5, 1],
        [6, 0],
      ],
    )
  })

  test('few calls are told of at once: when they begin, and when they end', () => {
    const { log, batches } = logOf(100)
    const end = log.begin(call(undefined, 'a'))!
    assert.equal(batches.length, 1)
    end({ outcome: 'thrown', error: new Error('gone') })
    log.flush()
    assert.deepEqual(
      batches.map((batch) => batch.map(({ id, end }) => [id, end?.outcome, end?.result])),
      [[[1, undefined, undefined]], [[1, 'trap', 'gone']]],
    )
  })

  test('of a drop it is said what is dropped', () => {
    const { log, batches } = logOf(100)
    const drop = { ...call('a', undefined), function: '[resource-drop]counter', type: undefined }
    log.begin({ ...drop, arguments: [{}] })
    log.flush()
    assert.deepEqual(batches.flat()[0]!.parameters, ['<counter>'])
  })

  test('names and values of a hostile component stay short', () => {
    const { log, batches } = logOf(100)
    const name = 'a'.repeat(100_000)
    const parameters = Array.from({ length: 500 }, () => ({ name, type: { kind: 'string' as const } }))
    const type = { kind: 'function' as const, async: false, parameters, result: { kind: 'string' as const } }
    const begin = { ...call('a', 'b'), interface: name, function: name, type }
    const end = log.begin({ ...begin, arguments: parameters.map(() => 'x'.repeat(1_000_000)) })!
    end({ outcome: 'returned', value: 'x'.repeat(1_000_000) })
    log.begin(call('a', 'b'))!({ outcome: 'trap', error: new WebAssembly.RuntimeError(name) })
    log.flush()
    assert.ok(JSON.stringify(batches).length < 20_000)
    assert.equal(batches.flat()[0]!.parameters.at(-1), '… (cut)')
  })

  test('a guest that never stops fills batches, and the rest is counted', () => {
    const { log, batches, dropped } = logOf(2_500)
    for (let i = 0; i < 10_000; i++) log.begin(call('a', 'b'))?.({ outcome: 'returned', value: undefined })
    log.flush()
    assert.equal(dropped(), 7_500)
    assert.ok(batches.every((batch) => batch.length <= 1_000))
    assert.ok(batches.length < 100)
    // Those whose batch goes over while they are under way come twice.
    assert.equal(new Set(batches.flat().map(({ id }) => id)).size, 2_500)
  })
})
