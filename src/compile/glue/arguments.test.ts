/** What users pass: read once, checked before anything happens, and said precisely where it does not fit. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { literal } from '../../abi/literal/literal.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { BackEnd, CoreFunction, LiftedFunction } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import { assemble } from '../../../test/support/assemble.ts'
import * as t from '../../../test/support/type-builders.ts'
import { glue } from './glue.ts'

/** A guest that takes anything, counts its calls, and gives back the list or string that it got. */
const guest = new WebAssembly.Module(
  new Uint8Array(
    await assemble(`(module
      (memory (export "memory") 4)
      (global $next (mut i32) (i32.const 1024))
      (global $calls (export "calls") (mut i32) (i32.const 0))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $p i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (local.set $p (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
        (global.set $next (i32.add (local.get $p) (local.get 3)))
        (local.get $p))
      (func (export "echo") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0)))`),
  ),
)

interface Echo {
  readonly call: (...args: unknown[]) => unknown
  readonly promise: LiftedFunction['promise']
  readonly instance: ComponentInstance
  /** Calls of `realloc`. */
  readonly reallocs: () => number
}

function echo(backEnd: BackEnd, type: FunctionType): Echo {
  const { exports } = new WebAssembly.Instance(guest)
  const instance = new ComponentInstance(undefined, 'guest')
  const options = {
    stringEncoding: 'utf8',
    pointer: 'i32',
    async: false,
    postReturn: false,
    callback: false,
  } as const
  const lifted = backEnd.lift({ name: 'echo', type, options })({
    instance,
    memory: exports.memory as WebAssembly.Memory,
    realloc: exports.realloc as CoreFunction,
    callee: exports.echo as CoreFunction,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
    resource: () => assert.fail('no resources here'),
  })
  return {
    call: (...args) => lifted(...(args as never[])),
    promise: lifted.promise,
    instance,
    reallocs: () => (exports.calls as WebAssembly.Global).value as number,
  }
}

const echoes = (type: ValueType): FunctionType => ({
  ...t.func([type], type),
  parameters: [{ name: 'a', type }],
})

for (const backEnd of [glue, literal]) {
  suite(`arguments, ${backEnd.name}`, () => {
    const list = echoes(t.list(t.record({ x: t.s32, 'is-open': t.bool, name: t.string })))
    const good = { x: 1, isOpen: true, name: 'n' }

    const wrong: readonly (readonly [name: string, type: ValueType, value: unknown, message: string])[] = [
      ['no list', t.list(t.u8), 5, 'a: expected list<u8>, got 5'],
      ['text for a list', t.list(t.char), 'abc', 'a: expected list<char>, got "abc"'],
      ['an element', t.list(t.u8), [1, 256], 'a[1]: expected u8 (0 to 255), got 256'],
      ['a fraction', t.list(t.s32), [0.5], 'a[0]: expected s32 (-2147483648 to 2147483647), got 0.5'],
      [
        'a number for a bigint',
        t.list(t.u64),
        [1],
        'a[0]: expected u64 (a bigint from 0n to 18446744073709551615n), got 1',
      ],
      ['a bigint for a number', t.list(t.s8), [1n], 'a[0]: expected s8 (-128 to 127), got 1n'],
      ['a symbol for a number', t.list(t.f64), [Symbol('s')], 'a[0]: expected f64 (a number), got a symbol'],
      [
        'a field',
        list.result!,
        [good, { ...good, x: '1' }],
        'a[1].x: expected s32 (-2147483648 to 2147483647), got "1"',
      ],
      [
        'a missing field',
        list.result!,
        [{ x: 1, name: '' }],
        'a[0].isOpen: expected bool (true or false), got undefined',
      ],
      ['null for a record', list.result!, [null], 'a[0]: expected record { x, is-open, name }, got null'],
      [
        'a tag',
        t.list(t.variant({ a: t.u8, b: undefined })),
        [{ tag: 'b' }, { tag: 'c' }],
        'a[1].tag: expected variant ({ tag, val } with the tag "a" or "b"), got "c"',
      ],
      [
        'a payload',
        t.list(t.variant({ a: t.u8 })),
        [{ tag: 'a', val: -1 }],
        'a[0].val: expected u8 (0 to 255), got -1',
      ],
      [
        'a label',
        t.list(t.enumeration('red', 'green')),
        ['blue'],
        'a[0]: expected enum ("red" or "green"), got "blue"',
      ],
      [
        'a flag',
        t.list(t.flags('read', 'write')),
        [{ read: 1 }],
        'a[0].read: expected flags (an object of booleans: read, write), got 1',
      ],
      [
        'two chars',
        t.list(t.char),
        ['ab'],
        'a[0]: expected char (a string of one Unicode scalar value), got "ab"',
      ],
      [
        'half of a char',
        t.list(t.char),
        ['\ud83d'],
        'a[0]: expected char (a string of one Unicode scalar value), got "\\ud83d"',
      ],
      [
        'a short tuple',
        t.list(t.tuple(t.u8, t.u8)),
        [[1]],
        'a[0]: expected tuple<u8, u8> (an array of 2), got 1 elements',
      ],
      ['a key', t.map(t.u8, t.string), new Map([[300, 'x']]), 'a[0][0]: expected u8 (0 to 255), got 300'],
      [
        'deep inside',
        t.list(t.list(t.option(t.list(t.u8)))),
        [[undefined, ['x']]],
        'a[0][1][0]: expected u8 (0 to 255), got "x"',
      ],
    ]
    for (const [name, type, value, message] of wrong) {
      test(`${name} that does not fit`, async () => {
        const { call, promise, instance, reallocs } = echo(backEnd, echoes(type))
        const expected = { name: 'TypeError', message: `echo: argument ${message}` }
        assert.throws(() => call(value), expected)
        await assert.rejects(promise(value as never), expected)
        assert.deepEqual([instance.entered, instance.poisoned, reallocs()], [false, false, 0])
      })
    }

    test('a wrong number of arguments', () => {
      const { call } = echo(backEnd, echoes(t.string))
      assert.throws(() => call(), { name: 'TypeError', message: 'echo: expected 1 argument (a), got 0' })
      assert.throws(() => call('a', 'b'), { message: 'echo: expected 1 argument (a), got 2' })
    })

    test('options at the end may be left away', () => {
      const type = t.func([t.option(t.u8)], t.string)
      const { call } = echo(backEnd, type)
      assert.equal(call(), '')
      assert.throws(() => call(1, 2), { message: 'echo: expected 0 to 1 argument (p0), got 2' })
    })

    test('lone surrogates become U+FFFD, as JavaScript has it for USVString', () => {
      const { call } = echo(backEnd, echoes(t.string))
      assert.equal(call('a\ud800b'), 'a\ufffdb')
      assert.equal(call(`${'x'.repeat(100)}\udfff`), `${'x'.repeat(100)}\ufffd`)
    })

    test('getters, iterators and proxies run once, before the guest is entered', () => {
      const { call, instance } = echo(backEnd, list)
      const seen: string[] = []
      const watched = new Proxy(good, {
        get(target, property, receiver) {
          seen.push(`${String(property)} ${instance.entered}`)
          return Reflect.get(target, property, receiver)
        },
      })
      assert.deepEqual(call([watched]), [good])
      assert.deepEqual(seen, ['x false', 'isOpen false', 'name false'])
      const iterated = {
        *[Symbol.iterator]() {
          seen.push(`iterator ${instance.entered}`)
          yield good
          yield good
        },
      }
      seen.length = 0
      assert.deepEqual(call(iterated), [good, good])
      assert.deepEqual(seen, ['iterator false'])
    })

    test('a getter may call the same instance, and nothing gets mixed up', () => {
      const { call } = echo(backEnd, list)
      const other = { x: 7, isOpen: false, name: 'inner' }
      const nested = {
        x: 1,
        get isOpen() {
          assert.deepEqual(call(Array(3000).fill(other)), Array(3000).fill(other))
          return true
        },
        name: 'outer',
      }
      assert.deepEqual(call([good, nested, good]), [good, { x: 1, isOpen: true, name: 'outer' }, good])
    })

    test('a getter that throws leaves nothing behind', () => {
      const { call, instance, reallocs } = echo(backEnd, list)
      const mistake = new Error('a mistake')
      const bad = {
        ...good,
        get name(): string {
          throw mistake
        },
      }
      for (let i = 0; i < 3; i++) {
        assert.throws(
          () => call([good, bad]),
          (error) => error === mistake,
        )
      }
      assert.deepEqual([instance.entered, reallocs()], [false, 0])
      assert.deepEqual(call([good]), [good])
    })

    test('lists of numbers: typed arrays, arrays, array-likes and anything iterable', () => {
      const { call } = echo(backEnd, echoes(t.list(t.u8)))
      const expected = Uint8Array.of(1, 2, 3)
      const forms = [
        expected,
        Buffer.from([1, 2, 3]),
        [1, 2, 3],
        { length: 3, 0: 1, 1: 2, 2: 3 },
        new Set([1, 2, 3]),
        Float64Array.of(1, 2, 3),
        Uint8Array.of(0, 1, 2, 3).subarray(1),
      ]
      for (const form of forms) assert.deepEqual(call(form), expected)
      assert.deepEqual(call(new Uint8Array()), new Uint8Array())
      const wide = echo(backEnd, echoes(t.list(t.s64)))
      assert.deepEqual(wide.call([-1n, 2n]), BigInt64Array.of(-1n, 2n))
    })

    test('a typed array is what it is, whatever its properties say', () => {
      const { call } = echo(backEnd, echoes(t.list(t.u16)))
      class Liar extends Uint16Array {
        override get length(): number {
          return 1000
        }
        override get byteOffset(): number {
          return 77
        }
      }
      assert.deepEqual(call(new Liar([1, 2])), Uint16Array.of(1, 2))
    })
  })
}

test('a view of the very memory that it is lowered into survives its growth', async () => {
  const bytes = await assemble(`(module
    (memory (export "memory") 1)
    (data (i32.const 8) "\\01\\00\\02\\00")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))
    (func (export "sum") (param i32 i32) (result i32)
      (i32.add (i32.load16_u (local.get 0)) (i32.load16_u offset=2 (local.get 0)))))`)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)))
  const memory = exports.memory as WebAssembly.Memory
  const options = {
    stringEncoding: 'utf8',
    pointer: 'i32',
    async: false,
    postReturn: false,
    callback: false,
  } as const
  // The type of a lifted function says nothing of its parameters.
  const sum = glue.lift({ name: 'sum', type: t.func([t.list(t.u16)], t.u32), options })({
    instance: new ComponentInstance(undefined, 'guest'),
    memory,
    realloc: exports.realloc as CoreFunction,
    callee: exports.sum as CoreFunction,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
    resource: () => assert.fail('no resources here'),
  }) as unknown as (list: Uint16Array) => number
  for (let i = 0; i < 3; i++) assert.equal(sum(new Uint16Array(memory.buffer, 8, 2)), 3)
})
