import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ValueType } from '../component/value-type.ts'
import { type Passage, watchPassages } from './watch-passages.ts'

const u32: ValueType = { kind: 'u32' }
const text: ValueType = { kind: 'string' }
const stream = (element: ValueType | undefined): ValueType => ({ kind: 'stream', element })

function watching(value: unknown, type: ValueType) {
  const told: unknown[] = []
  const watched = watchPassages(value, type, 'x', ({ kind, place }: Passage) => ({
    elements: (values) => told.push([kind, place, ...Array.from(values)]),
    end: (how) => told.push([kind, place, how]),
  }))
  return { watched, told }
}

async function read(value: unknown): Promise<unknown[]> {
  const chunks: unknown[] = []
  for await (const chunk of value as ReadableStream<unknown>) chunks.push(chunk)
  return chunks
}

suite('streams and futures that are watched', () => {
  test('numbers come in the pieces in which the reader gets them, also out of what can be read once only', async () => {
    const once = (function* () {
      yield 3
      yield 4
    })()
    const pieces = [Uint32Array.of(1, 2), once, 5]
    const { watched, told } = watching(pieces, stream(u32))
    assert.deepEqual(await read(watched), [Uint32Array.of(1, 2), [3, 4], 5])
    assert.deepEqual(told, [
      ['stream', 'x', 1, 2],
      ['stream', 'x', 3, 4],
      ['stream', 'x', 5],
      ['stream', 'x', 'ended'],
    ])
  })

  test('nothing is read before somebody asks, and nothing after somebody went', async () => {
    let asked = 0
    let ended = false
    async function* endless() {
      try {
        for (;;) yield `${asked++}`
      } finally {
        ended = true
      }
    }
    const { watched, told } = watching(endless(), stream(text))
    const reader = (watched as ReadableStream<string>).getReader()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(asked, 0)
    assert.equal((await reader.read()).value, '0')
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(asked, 1)
    await reader.cancel()
    assert.ok(ended)
    assert.deepEqual(told, [
      ['stream', 'x', '0'],
      ['stream', 'x', 'cancelled'],
    ])
  })

  test('a reader that goes while it waits is all that is told', async () => {
    const silent = new ReadableStream({ pull: () => new Promise(() => {}) }, { highWaterMark: 0 })
    const { watched, told } = watching(silent, stream(text))
    const reader = (watched as ReadableStream<string>).getReader()
    const last = reader.read()
    await reader.cancel()
    assert.equal((await last).done, true)
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(told, [['stream', 'x', 'cancelled']])
  })

  test('what fails, fails for the reader, too', async () => {
    const failing = new ReadableStream({
      pull() {
        throw new Error('no more')
      },
    })
    const { watched, told } = watching(failing, stream(undefined))
    await assert.rejects(read(watched), /no more/)
    assert.deepEqual(told, [['stream', 'x', 'failed']])
    const future = watching(Promise.reject(new Error('never')), { kind: 'future', element: u32 })
    await assert.rejects(future.watched as Promise<unknown>, /never/)
    assert.deepEqual(future.told, [['future', 'x', 'failed']])
  })

  test('inside of other values, which stay as they are', async () => {
    const type: ValueType = {
      kind: 'record',
      fields: [
        { name: 'content-type', type: text },
        { name: 'bodies', type: { kind: 'list', element: stream(u32) } },
        { name: 'trailer', type: { kind: 'option', type: { kind: 'future', element: text } } },
        { name: 'rest', type: { kind: 'result', ok: stream(text), error: u32 } },
        { name: 'pair', type: { kind: 'tuple', types: [u32, stream(undefined)] } },
        { name: 'by-name', type: { kind: 'map', key: text, value: stream(u32) } },
      ],
    }
    const value = {
      contentType: 'a',
      bodies: [[[1]], [[2]]],
      trailer: Promise.resolve('t'),
      rest: { tag: 'ok', val: ['r'] },
      pair: [3, [undefined]],
      byName: new Map([['first', [[1]]]]),
    }
    const { watched, told } = watching(value, type)
    const { contentType, bodies, trailer, rest, pair, byName } = watched as typeof value
    assert.equal(contentType, 'a')
    for (const each of [...bodies, rest.val, pair[1], byName.get('first')]) await read(each)
    assert.equal(await trailer, 't')
    assert.equal(pair[0], 3)
    const places = told.flatMap((each) => ((each as string[])[2] === 'ended' ? [(each as string[])[1]] : []))
    const expected = ['x.bodies[0]', 'x.bodies[1]', 'x.by-name[0]', 'x.pair.1', 'x.rest.ok', 'x.trailer']
    assert.deepEqual(places.toSorted(), expected)
    const absent = { ...value, trailer: undefined, rest: { tag: 'err', val: 4 } }
    const { trailer: none, rest: error } = watching(absent, type).watched as typeof absent
    assert.deepEqual([none, error], [undefined, { tag: 'err', val: 4 }])
  })

  test('what is no value of the type, or has none in it, is passed on', () => {
    for (const wrong of [1, null, {}, 'text'])
      for (const type of [
        stream(u32),
        { kind: 'future', element: u32 },
        { kind: 'list', element: stream(u32) },
      ])
        assert.equal(watching(wrong, type as ValueType).watched, wrong)
    const list = [1, 2]
    assert.equal(watching(list, { kind: 'list', element: u32 }).watched, list)
  })
})
