/** Many strings at once: the helper stores eight in a call, and nobody can tell. The literal interpreter says what is right. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { assemble } from '../../../test/support/assemble.ts'
import * as t from '../../../test/support/type-builders.ts'
import { literal } from '../../abi/literal/literal.ts'
import type { StringEncoding } from '../../component/component.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { BackEnd, CoreFunction } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import { RUNNING_CALL, words } from '../../runtime/thread.ts'
import { glue } from './glue.ts'
import { stringLayout } from './string-layout.ts'
import { SHORT_TO_LOWER } from './strings.ts'

/** A guest whose `realloc` is JavaScript's. */
const guest = new WebAssembly.Module(
  new Uint8Array(
    await assemble(`(module
      (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1 16)
      (export "realloc" (func $realloc))
      (func (export "take") (param i32 i32)))`),
  ),
)

interface Options {
  readonly encoding?: StringEncoding
  /** The helper marks nothing. */
  readonly confined?: boolean
  /** What the n-th call of `realloc` does instead of returning the next free bytes. */
  readonly instead?: Readonly<Record<number, (memory: WebAssembly.Memory, free: number) => number>>
}

/** What the guest sees of a list, and what its caller does: the calls of `realloc`, the memory after it, what was thrown. */
function pass(backEnd: BackEnd, element: ValueType, list: readonly unknown[], options: Options) {
  const { encoding = 'utf8', confined = false, instead = {} } = options
  const calls: number[][] = []
  let free = 1024
  const realloc = (old: number, oldLength: number, alignment: number, length: number): number => {
    calls.push([old, oldLength, alignment, length])
    const other = instead[calls.length - 1]
    if (other !== undefined) return other(memory, free)
    free += -free & (alignment - 1)
    const pointer = free
    free += length
    return pointer
  }
  const { exports } = new WebAssembly.Instance(guest, { '': { realloc } })
  const memory = exports.memory as WebAssembly.Memory
  const instance = new ComponentInstance(undefined, 'guest')
  const lifted = backEnd.lift({
    name: 'take',
    type: t.func([t.list(element)]),
    options: { stringEncoding: encoding, pointer: 'i32', async: false, postReturn: false, callback: false },
  })({
    instance,
    memory,
    realloc: exports.realloc as CoreFunction,
    callee: exports.take as CoreFunction,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
    resource: () => assert.fail('no resources here'),
    confinedRealloc: confined,
  })
  let thrown: unknown
  try {
    lifted(...([list] as never[]))
  } catch (error) {
    thrown = error
  }
  return { calls, thrown, bytes: new Uint8Array(memory.buffer), state: words[instance.word] }
}

function compare(element: ValueType, list: readonly unknown[], options: Options = {}) {
  const expected = pass(literal, element, list, options)
  const actual = pass(glue, element, list, options)
  assert.deepEqual(actual.calls, expected.calls)
  assert.equal(String(actual.thrown), String(expected.thrown))
  assert.equal(actual.state, expected.state)
  assert.equal(words[RUNNING_CALL], 0)
  if (actual.thrown === undefined) assert.ok(Buffer.from(actual.bytes).equals(expected.bytes), 'memory')
  return actual
}

/** Short ones of all kinds, and where another way begins. */
const texts = [
  ...[
    'item 1',
    '',
    'a',
    'é',
    'abc',
    'four',
    'é☃🍰',
    'seven77',
    'eight888',
    '\ud800',
    'a\udc00b',
    'sixteen bytes ok',
  ],
  ...[
    'x'.repeat(17),
    'ö'.repeat(SHORT_TO_LOWER),
    'x'.repeat(SHORT_TO_LOWER),
    '🍰'.repeat(SHORT_TO_LOWER / 2),
  ],
]
const longer = [
  'x'.repeat(SHORT_TO_LOWER + 1),
  'ö'.repeat(64),
  'x'.repeat(65),
  '🍰'.repeat(600),
  'x'.repeat(3000),
]

const many = (count: number, from: readonly string[] = texts): string[] =>
  Array.from({ length: count }, (_, i) => from[i % from.length]!)

const three = t.record({ a: t.string, n: t.u64, b: t.string, inner: t.record({ yes: t.bool, c: t.string }) })
const threes = (strings: readonly string[]): unknown[] =>
  strings.map((a, i) => ({ a, n: BigInt(i), b: strings.at(-i)!, inner: { yes: i % 2 === 0, c: `${i}` } }))

/** Elements of so many strings. */
const tupleOf = (count: number): ValueType => t.tuple(...Array.from({ length: count }, () => t.string))

suite('a list of strings', () => {
  test('of any length, with others in between', () => {
    for (let count = 0; count < 40; count++) compare(t.string, many(count))
    for (const long of longer) {
      for (let at = 0; at < 10; at++) compare(t.string, many(20).with(at, long))
    }
    compare(t.string, many(20, longer))
  })

  for (const encoding of ['utf16', 'latin1+utf16'] as const)
    test(`in ${encoding}`, () => void compare(t.string, many(20), { encoding }))

  test('of more than room is made for at once', () => {
    const grow = (memory: WebAssembly.Memory, free: number): number => {
      memory.grow(10)
      return free
    }
    const { calls, thrown } = pass(glue, t.string, many(70_000, ['']), { instead: { 0: grow } })
    assert.deepEqual([calls.length, thrown], [70_001, undefined])
  })
})

suite('records and tuples', () => {
  test('of several strings', () => {
    for (let count = 0; count < 20; count++) compare(three, threes(many(count)))
    for (const long of longer) compare(three, threes(many(20).with(9, long)))
    for (let each = 1; each <= 12; each++)
      compare(
        tupleOf(each),
        Array.from({ length: 11 }, (_, i) => many(each, texts.slice(i))),
      )
  })

  test('of as many strings as the value says', () => {
    const type = t.record({ name: t.string, more: t.option(t.string), all: t.list(t.string) })
    const value = many(20).map((name, i) => ({ name, more: i % 3 ? `${i}` : undefined, all: many(i) }))
    compare(type, value)
    const optional = t.record({ name: t.string, more: t.option(t.string) })
    for (const long of ['', ...longer])
      for (let at = 0; at < 10; at++)
        compare(
          optional,
          many(20).map((name, i) => ({ name: i === at ? long : name, more: i % 3 ? `${i}` : undefined })),
        )
  })

  test('are read in the order of their fields, before anything is lowered', () => {
    const log: string[] = []
    const element = (i: number) => ({
      get a() {
        log.push(`a${i}`)
        return 'a'
      },
      get n() {
        log.push(`n${i}`)
        return 1n
      },
      get b() {
        log.push(`b${i}`)
        return 'b'
      },
      inner: { yes: true, c: '' },
    })
    const { thrown } = pass(
      glue,
      three,
      many(9).map((_, i) => element(i)),
      {
        instead: {
          0: (_, free) => {
            log.push('realloc')
            return (free + 7) & -8
          },
        },
      },
    )
    assert.equal(thrown, undefined)
    assert.deepEqual(log, [
      ...Array.from({ length: 9 }, (_, i) => [`a${i}`, `n${i}`, `b${i}`]).flat(),
      'realloc',
    ])
  })

  test('are as they were read where a getter makes a larger call in between', () => {
    const grow = (memory: WebAssembly.Memory, free: number): number => {
      memory.grow(10)
      return free
    }
    const inner = () => {
      const { calls, thrown } = pass(glue, t.string, many(20_000, ['inner']), { instead: { 0: grow } })
      assert.deepEqual([calls.length, thrown], [20_001, undefined])
    }
    const type = t.record({ n: t.u64, list: t.list(t.u16, 3), name: t.string, more: t.list(t.char) })
    const list = many(12).map((name, i) => ({
      n: BigInt(i),
      list: [i, 2, 3],
      get name() {
        if (i % 5 === 1) inner()
        return name
      },
      more: ['a', 'b', `${i % 10}`],
    }))
    assert.equal(compare(type, list).thrown, undefined)
  })

  test('have a layout where all values have as many strings', () => {
    assert.deepEqual(stringLayout(t.string, 'i32'), { size: 8, offsets: [0] })
    assert.deepEqual(stringLayout(t.string, 'i64'), { size: 16, offsets: [0] })
    assert.deepEqual(stringLayout(three, 'i32'), { size: 40, offsets: [0, 16, 28] })
    assert.equal(stringLayout(tupleOf(8), 'i32')?.offsets.length, 8)
    for (const type of [
      tupleOf(9),
      t.u8,
      t.option(t.string),
      t.list(t.string),
      t.list(t.string, 2),
      t.record({ a: t.string, b: t.list(t.u8) }),
    ])
      assert.equal(stringLayout(type, 'i32'), undefined)
  })

  test('of which each contains two others are looked at once', () => {
    let type: ValueType = t.record({ a: t.u8 })
    for (let i = 0; i < 60; i++) type = t.record({ a: type, b: type })
    assert.equal(stringLayout(type, 'i32'), undefined)
    type = t.string
    for (let i = 0; i < 60; i++) type = t.record({ a: type, b: type })
    assert.equal(stringLayout(type, 'i32'), undefined)
  })
})

suite('realloc, at each of twenty strings', () => {
  const strings = many(20, texts.slice(0, 8))
  const ways: Record<string, NonNullable<Options['instead']>[number]> = {
    'lets the memory grow': (memory, free) => {
      memory.grow(1)
      return free + 100
    },
    'returns what is out of bounds': () => 65_536 - 1,
    'returns what is far out of bounds': () => -1,
    throws: () => {
      throw new WebAssembly.RuntimeError('unreachable')
    },
  }
  for (const [name, instead] of Object.entries(ways)) {
    for (const confined of [false, true]) {
      test(`${name}${confined ? ', without marks' : ''}`, () => {
        for (let at = 0; at <= 20; at++) {
          compare(t.string, strings, { confined, instead: { [at]: instead } })
          compare(t.option(t.string), strings, { confined, instead: { [at]: instead } })
        }
      })
    }
  }

  test('also where long ones are in between', () => {
    for (const instead of Object.values(ways))
      for (let at = 0; at <= 20; at++)
        compare(t.string, strings.with(3, longer[0]!).with(12, longer[3]!), { instead: { [at]: instead } })
  })

  test('is called while nothing may be suspended, and what was running goes on', () => {
    const seen = new Set<number>()
    const look = (_: WebAssembly.Memory, free: number): number => {
      seen.add(words[RUNNING_CALL]!)
      return free
    }
    const instead = Object.fromEntries(strings.map((_, i) => [i + 1, look]))
    words[RUNNING_CALL] = 4096
    try {
      assert.equal(pass(glue, t.string, strings, { instead }).thrown, undefined)
      assert.equal(words[RUNNING_CALL], 4096)
    } finally {
      words[RUNNING_CALL] = 0
    }
    assert.deepEqual([...seen], [0])
  })
})
