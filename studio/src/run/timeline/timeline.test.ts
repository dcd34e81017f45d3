import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Graph } from '../../contract/graph.ts'
import type { CallEvent, PassageEvent } from '../../contract/run.ts'
import { CallLog } from './call-log.ts'
import { countedOnly, passageState, passedText } from './passages.ts'
import { barOf, functionName, rowsOf, spanOf } from './rows.ts'
import { placesOfCall } from './wire-of-call.ts'

function call(id: number, depth: number, name: string, changes: Partial<CallEvent> = {}): CallEvent {
  return {
    id,
    from: 'calc',
    to: 'adder',
    interface: 'docs:adder/add',
    function: name,
    parameters: [],
    end: { outcome: 'ok', result: undefined, milliseconds: 1 },
    start: id,
    depth,
    passages: [],
    morePassages: 0,
    ...changes,
  }
}

/** `run` makes two calls, the first of which logs twice; then `again` makes none. */
const calls = [
  call(1, 0, 'run', { from: undefined, to: 'calc', interface: 'wasi:cli/run@0.2.3' }),
  call(2, 1, 'add', { parameters: ['1', '2'], end: { outcome: 'ok', result: '3', milliseconds: 4 } }),
  call(3, 2, 'log', { from: 'adder', to: undefined, interface: 'wasi:logging/log' }),
  call(4, 2, 'log', { from: 'adder', to: undefined, interface: 'wasi:logging/log' }),
  call(5, 1, 'sub'),
  call(6, 0, 'again', { from: undefined, to: 'calc' }),
]
const all = { search: '', hostCalls: true, folded: new Set<number>() }
const shape = (rows: ReturnType<typeof rowsOf>) =>
  rows.map(({ call: { id }, level }) => `${level}:${id}`).join(' ')

suite('the timeline', () => {
  test('rows of a tree', () => {
    const rows = rowsOf(calls, all)
    assert.equal(shape(rows), '1:1 2:2 3:3 3:4 2:5 1:6')
    assert.deepEqual(
      rows.map(({ hasCallsInside }) => hasCallsInside),
      [true, true, false, false, false, false],
    )
  })

  test('folded calls hide what is inside, and only that', () => {
    assert.equal(shape(rowsOf(calls, { ...all, folded: new Set([2, 6]) })), '1:1 2:2 2:5 1:6')
    assert.equal(shape(rowsOf(calls, { ...all, folded: new Set([1]) })), '1:1 1:6')
  })

  test('without calls of the host', () => {
    const rows = rowsOf(calls, { ...all, hostCalls: false })
    assert.equal(shape(rows), '1:1 2:2 2:5 1:6')
    assert.equal(rows[1]!.hasCallsInside, false)
  })

  test('a search keeps what surrounds its finds, and unfolds', () => {
    assert.equal(shape(rowsOf(calls, { ...all, search: 'LOGGING', folded: new Set([1]) })), '1:1 2:2 3:3 3:4')
    assert.equal(shape(rowsOf(calls, { ...all, search: 'again' })), '1:6')
    assert.equal(shape(rowsOf(calls, { ...all, search: 'nowhere' })), '')
  })

  test('calls, each inside of the one before, are searched in a time that grows with them and no faster', () => {
    const deep = (length: number) => Array.from({ length }, (_, id) => call(id, id, id % 2 ? 'odd' : 'even'))
    const [some, many] = [deep(5_000), deep(40_000)]
    const search = (calls: readonly CallEvent[]): number => {
      const before = performance.now()
      assert.equal(rowsOf(calls, { ...all, search: 'even' }).length, calls.length - 1)
      return performance.now() - before
    }
    const times = Array.from({ length: 7 }, () => [search(some), search(many)] as const)
    const [less, more] = [0, 1].map((which) => Math.min(...times.map((pair) => pair[which]!)))
    // 8 times as many calls; 64 times as long where each looks at all that are around it.
    assert.ok(more! / less! < 30, `${more} ms, ${less} ms`)
  })

  test('what went through streams is searched, too, and counted', () => {
    const piece = (values: string) => ({ time: 3, count: 2, values })
    const stream: PassageEvent = {
      kind: 'stream',
      place: 'x',
      count: 7,
      pieces: [piece('[1, 2]'), piece('["found", "lost"]')],
      end: { how: 'cancelled', time: 12 },
    }
    const future: PassageEvent = { kind: 'future', place: 'result', count: 0, pieces: [], end: undefined }
    const passing = call(7, 0, 'pass', { passages: [stream, future] })
    assert.equal(shape(rowsOf([...calls, passing], { ...all, search: 'found' })), '1:7')
    assert.deepEqual([passedText(passing), passedText(calls[0]!)], ['7 elements', undefined])
    assert.deepEqual([countedOnly(stream), countedOnly(future)], [3, 0])
    assert.equal(passageState(stream), '7 elements, not wanted any more 12.0 ms after the start')
    assert.equal(passageState(future), '0 elements, not ended')
  })

  test('names of functions', () => {
    const names = ['add', '[method]a.b', '[static]a.b', '[constructor]a', '[resource-drop]a']
    assert.deepEqual(names.map(functionName), ['add', 'a.b', 'a.b', 'a.constructor', 'drop of a'])
  })

  test('bars', () => {
    const span = spanOf(calls)
    assert.deepEqual(span, { start: 1, length: 6 })
    assert.deepEqual(barOf(call(4, 0, 'x', { end: { outcome: 'ok', result: '', milliseconds: 3 } }), span), {
      left: 50,
      width: 50,
    })
    assert.deepEqual(barOf(call(4, 0, 'x', { end: undefined }), span), { left: 50, width: 50 })
    assert.deepEqual(barOf(call(4, 0, 'x'), spanOf([])), { left: 0, width: 100 })
  })

  test('a call that ends takes the place of the one that began', () => {
    const log = new CallLog()
    log.add([call(1, 0, 'a', { end: undefined }), call(2, 1, 'b')], 0)
    log.add([call(1, 0, 'a')], 7)
    assert.deepEqual(
      log.calls.map(({ id, end }) => [id, end !== undefined]),
      [
        [1, true],
        [2, true],
      ],
    )
    assert.equal(log.dropped, 7)
    assert.equal(log.version, 2)
  })
})

suite('the wire of a call', () => {
  const port = (block: string, side: 'import' | 'export', name: string | undefined) => ({
    block,
    side,
    port: name,
  })
  const wire = (id: string, interfaceName: string) => ({
    id,
    from: port('adder', 'export', interfaceName),
    to: port('calc', 'import', interfaceName),
    place: undefined,
    problem: undefined,
  })
  const block = (id: string) => ({ id }) as Graph['blocks'][number]
  const graph: Graph = {
    blocks: [block('calc'), block('adder')],
    wires: [wire('w1', 'docs:adder/add@0.1.0'), wire('w2', 'docs:adder/more')],
    exports: [],
    open: [],
  }

  test('by its ends and its interface, whatever the version', () => {
    assert.deepEqual(placesOfCall(call(1, 0, 'add', { interface: 'docs:adder/more' }), graph), ['w2'])
    assert.deepEqual(placesOfCall(call(1, 0, 'add', { interface: 'docs:adder/add@0.1.3' }), graph), ['w1'])
  })

  test('of calls from and to the host, the block', () => {
    assert.deepEqual(placesOfCall(call(1, 0, 'run', { from: undefined }), graph), ['adder'])
    assert.deepEqual(placesOfCall(call(1, 0, 'log', { to: undefined }), graph), ['calc'])
    assert.deepEqual(placesOfCall(call(1, 0, 'log', { from: 'gone', to: undefined }), graph), [])
  })
})
