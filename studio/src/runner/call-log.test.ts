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
    for (const each of [ofOther, innermost, inner, other, outer])
      each.end({ outcome: 'returned', value: undefined })
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
    const logged = log.begin(call(undefined, 'a'))!
    assert.equal(batches.length, 1)
    logged.end({ outcome: 'thrown', error: new Error('gone') })
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

  test('what goes through streams: the first of it, also after the call has ended, and the rest counted', () => {
    const { log, batches } = logOf(150)
    const latest = () => new Map(batches.flat().map((event) => [event.id, event]))
    const logged = log.begin(call('a', 'b'))!
    const element = { kind: 'u8' } as const
    const bytes = logged.passage({ kind: 'stream', element, place: 'x' })!
    bytes.elements(Uint8Array.of(1, 2, 3))
    logged.end({ outcome: 'returned', value: undefined })
    const later = logged.passage({ kind: 'future', element: undefined, place: 'result' })!
    bytes.elements([4])
    later.elements([undefined])
    later.end('ended')
    log.flush()
    const [event] = latest().values()
    assert.equal(event!.end?.outcome, 'ok')
    assert.deepEqual(
      event!.passages.map(({ kind, place, count, pieces, end }) => [
        [kind, place, count, end?.how],
        ...pieces.map((piece) => [piece.count, piece.values]),
      ]),
      [
        [
          ['stream', 'x', 4, undefined],
          [3, '[1, 2, 3]'],
          [1, '4'],
        ],
        [
          ['future', 'result', 1, 'ended'],
          [1, undefined],
        ],
      ],
    )
    for (let i = 0; i < 100_000; i++) bytes.elements(new Uint8Array(1_000))
    const other = log.begin(call('a', 'b'))!
    for (let i = 0; i < 100; i++) other.passage({ kind: 'stream', element, place: 'y' })?.elements([1])
    for (let i = 0; i < 100; i++) other.passage({ kind: 'stream', element, place: 'z'.repeat(100_000) })
    log.flush()
    const [first, second] = latest().values()
    assert.deepEqual([first!.passages[0]!.count, first!.passages[0]!.pieces.length], [100_000_004, 100])
    assert.deepEqual([second!.passages.length, second!.morePassages], [20, 180])
    const more = log.begin(call('a', 'b'))!.passage({ kind: 'stream', element, place: 'x' })!
    for (let i = 0; i < 100; i++) more.elements([1])
    log.flush()
    // 150 in all: 101 and 20 of them came before.
    assert.equal([...latest().values()].at(-1)!.passages[0]!.pieces.length, 29)
    assert.ok(JSON.stringify([...latest().values()]).length < 100_000)
  })

  test('names and values of a hostile component stay short', () => {
    const { log, batches } = logOf(100)
    const name = 'a'.repeat(100_000)
    const parameters = Array.from({ length: 500 }, () => ({ name, type: { kind: 'string' as const } }))
    const type = { kind: 'function' as const, async: false, parameters, result: { kind: 'string' as const } }
    const begin = { ...call('a', 'b'), interface: name, function: name, type }
    const logged = log.begin({ ...begin, arguments: parameters.map(() => 'x'.repeat(1_000_000)) })!
    logged.end({ outcome: 'returned', value: 'x'.repeat(1_000_000) })
    log.begin(call('a', 'b'))!.end({ outcome: 'trap', error: new WebAssembly.RuntimeError(name) })
    log.flush()
    assert.ok(JSON.stringify(batches).length < 20_000)
    assert.equal(batches.flat()[0]!.parameters.at(-1), '… (cut)')
  })

  test('a guest that never stops fills batches, and the rest is counted', () => {
    const { log, batches, dropped } = logOf(2_500)
    for (let i = 0; i < 10_000; i++) log.begin(call('a', 'b'))?.end({ outcome: 'returned', value: undefined })
    log.flush()
    assert.equal(dropped(), 7_500)
    assert.ok(batches.every((batch) => batch.length <= 1_000))
    assert.ok(batches.length < 100)
    // Those whose batch goes over while they are under way come twice.
    assert.equal(new Set(batches.flat().map(({ id }) => id)).size, 2_500)
  })
})
