/** What a careless program passes, and a hostile one: nothing of it changes the instance, and nothing poisons it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instance } from '../../src/index.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

/** Functions that take any flat arguments and return how often any of them was called. */
function takes(functions: readonly (readonly [name: string, params: string, flat: string])[]): string {
  const core = functions.map(
    ([name, , flat]) =>
      `(func (export "${name}") (param ${flat}) (result i32)
        (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))`,
  )
  const lifted = functions.map(
    ([name, params]) => `(func (export "${name}") ${params} (result u32)
      (canon lift (core func $m "${name}") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))`,
  )
  return `
    (type $rec' (record (field "a" u8) (field "constructor" (option u8)) (field "to-string" (option string))))
    (export $rec "a-rec" (type $rec'))
    (type $var' (variant (case "a" u8) (case "b"))) (export $var "a-var" (type $var'))
    (type $enum' (enum "a" "constructor")) (export $enum "an-enum" (type $enum'))
    (type $flags' (flags "a" "value-of" "constructor")) (export $flags "some-flags" (type $flags'))
    (core module $M (memory (export "memory") 1 8000) (global $n (mut i32) (i32.const 0))
      (global $next (mut i32) (i32.const 64))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
        (if (i32.gt_u (i32.add (global.get $next) (local.get 3)) (i32.shl (memory.size) (i32.const 16)))
          (then (drop (memory.grow (i32.add (i32.const 1) (i32.div_u (local.get 3) (i32.const 0x10000)))))))
        (global.get $next)
        (global.set $next (i32.add (global.get $next) (local.get 3))))
      ${core.join('\n')})
    (core instance $m (instantiate $M))
    ${lifted.join('\n')}`
}

const types: readonly (readonly [name: string, type: string, flat: string])[] = [
  ['bool', 'bool', 'i32'],
  ['u8', 'u8', 'i32'],
  ['s16', 's16', 'i32'],
  ['u32', 'u32', 'i32'],
  ['s64', 's64', 'i64'],
  ['u64', 'u64', 'i64'],
  ['f64', 'f64', 'f64'],
  ['char', 'char', 'i32'],
  ['string', 'string', 'i32 i32'],
  ['bytes', '(list u8)', 'i32 i32'],
  ['shorts', '(list u16)', 'i32 i32'],
  ['strings', '(list string)', 'i32 i32'],
  ['bools', '(list bool)', 'i32 i32'],
  ['options', '(list (option u8))', 'i32 i32'],
  ['lists', '(list (list u8))', 'i32 i32'],
  ['four', '(list u8 4)', 'i32 i32 i32 i32'],
  ['pair', '(tuple u8 u8)', 'i32 i32'],
  ['map', '(map string u8)', 'i32 i32'],
  ['rec', '$rec', 'i32 i32 i32 i32 i32 i32'],
  ['var', '$var', 'i32 i32'],
  ['enum', '$enum', 'i32'],
  ['flags', '$flags', 'i32'],
  ['result', '(result u8 (error string))', 'i32 i32 i32'],
]

const everything = takes(types.map(([name, type, flat]) => [name, `(param "x" ${type})`, flat]))

function detached(): Uint8Array {
  const array = new Uint8Array(4)
  structuredClone(array, { transfer: [array.buffer] })
  return array
}

/** A view that its buffer was shrunk away from. */
function outOfBounds(): Uint8Array {
  const buffer = new ArrayBuffer(8, { maxByteLength: 16 })
  const array = new Uint8Array(buffer, 4)
  buffer.resize(2)
  return array
}

function endless(): Iterable<unknown> {
  return {
    *[Symbol.iterator]() {
      for (;;) yield undefined
    },
  }
}

/** By export: what it refuses. A function, because some of these are used up. */
const refused: readonly (readonly [call: string, name: string, value: () => unknown])[] = [
  ['bool', 'a number', () => 1],
  ['bool', 'a boxed boolean', () => Object(true)],
  ['u8', '256', () => 256],
  ['u8', '-1', () => -1],
  ['u8', '1.5', () => 1.5],
  ['u8', 'NaN', () => Number.NaN],
  ['u8', 'a bigint', () => 1n],
  ['u8', 'a numeric string', () => '1'],
  ['u8', 'a boxed number', () => Object(1)],
  ['u8', 'an object with valueOf', () => ({ valueOf: () => 1 })],
  ['s16', '32768', () => 32768],
  ['u32', '2^32', () => 2 ** 32],
  ['u32', 'Infinity', () => Number.POSITIVE_INFINITY],
  ['s64', 'a number', () => 1],
  ['s64', '2^63', () => 2n ** 63n],
  ['u64', '-1', () => -1n],
  ['u64', '2^64', () => 2n ** 64n],
  ['f64', 'a string', () => '1'],
  ['f64', 'null', () => null],
  ['char', 'nothing', () => ''],
  ['char', 'two characters', () => 'ab'],
  ['char', 'a lone surrogate', () => '\ud800'],
  ['char', 'a cluster', () => 'e\u0301'],
  ['string', 'undefined', () => undefined],
  ['string', 'a boxed string', () => Object('x')],
  ['string', 'a symbol', () => Symbol('x')],
  ['string', 'a String subclass', () => new (class extends String {})('x')],
  ['bytes', 'a string', () => 'bytes'],
  ['bytes', 'an ArrayBuffer', () => new ArrayBuffer(4)],
  ['bytes', 'a SharedArrayBuffer', () => new SharedArrayBuffer(4)],
  ['bytes', 'a DataView', () => new DataView(new ArrayBuffer(4))],
  ['bytes', 'a typed array that was transferred', detached],
  ['bytes', 'a typed array that was shrunk away', outOfBounds],
  ['bytes', 'numbers that do not fit', () => new Uint16Array([256])],
  ['bytes', 'holes', () => new Array(3)],
  ['bytes', 'a sparse array', () => new Array(2 ** 32 - 1)],
  ['bytes', 'a length of 2^53', () => ({ length: 2 ** 53 })],
  ['bytes', 'a length of 2^32 - 1', () => ({ length: 2 ** 32 - 1 })],
  ['bytes', 'a negative length', () => ({ length: -1 })],
  ['bytes', 'half a length', () => ({ length: 0.5 })],
  ['bytes', 'an iterator that is none', () => ({ [Symbol.iterator]: () => 1 })],
  ['bytes', 'no iterator', () => ({ [Symbol.iterator]: 1 })],
  ['bytes', 'a revoked proxy', () => revoked()],
  ['shorts', 'a typed array that was transferred', detached],
  ['shorts', 'a DataView', () => new DataView(new ArrayBuffer(4))],
  ['strings', 'one that is none', () => ['a', 1]],
  ['strings', 'a string', () => 'ab'],
  ['strings', 'a typed array that was transferred', detached],
  ['bools', 'a DataView', () => new DataView(new ArrayBuffer(4))],
  ['options', 'a sparse array', () => new Array(2 ** 32 - 1)],
  ['options', 'a length of 2^32 - 1', () => ({ length: 2 ** 32 - 1 })],
  ['lists', 'a list in it that was transferred', () => [new Uint8Array(4), detached()]],
  ['four', 'three', () => [1, 2, 3]],
  ['four', 'five', () => new Uint8Array(5)],
  ['four', 'a typed array that was transferred', detached],
  ['pair', 'one', () => [1]],
  ['pair', 'three', () => [1, 2, 3]],
  ['pair', 'an object', () => ({ 0: 1, 1: 2 })],
  ['map', 'an object', () => ({ a: 1 })],
  ['map', 'pairs that are none', () => [['a']]],
  ['map', 'a key of another type', () => new Map([[1, 1]])],
  ['rec', 'null', () => null],
  ['rec', 'nothing in it', () => ({})],
  ['rec', 'a string', () => 'rec'],
  ['rec', 'a wrong field', () => ({ a: 1, constructor: 'x' })],
  ['var', 'no tag', () => ({ val: 1 })],
  ['var', 'a tag that it inherits', () => ({ tag: 'constructor', val: 1 })],
  ['var', 'a tag that is an object', () => ({ tag: { toString: () => 'a' }, val: 1 })],
  ['var', 'no value', () => ({ tag: 'a' })],
  ['enum', 'a name that it inherits', () => 'toString'],
  ['enum', '`__proto__`', () => '__proto__'],
  ['enum', 'an index', () => 0],
  ['flags', 'a number', () => 1],
  ['flags', 'a flag that is no boolean', () => ({ a: 1 })],
  ['flags', 'a flag that is no boolean, under a name that all have', () => ({ constructor: 1 })],
  ['result', '`error` for `err`', () => ({ tag: 'error', val: 'x' })],
  ['result', 'null', () => null],
]

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  return proxy
}

const accepted: readonly (readonly [call: string, name: string, value: () => unknown])[] = [
  ['u8', '-0', () => -0],
  ['string', 'a lone surrogate', () => 'a\ud800b'],
  ['string', 'nothing', () => ''],
  ['bytes', 'an array', () => [1, 2]],
  ['bytes', 'a set', () => new Set([1, 2])],
  ['bytes', 'something like an array', () => ({ length: 2, 0: 1, 1: 2 })],
  ['bytes', 'another typed array', () => new Uint8ClampedArray(4)],
  ['bytes', 'a subclass', () => new (class extends Uint8Array {})(4)],
  ['bytes', 'an empty one', () => new Uint8Array(0)],
  ['bytes', 'shared memory', () => new Uint8Array(new SharedArrayBuffer(4))],
  ['bytes', 'a resizable buffer', () => new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }))],
  [
    'bytes',
    'lies about its length',
    () => Object.defineProperty(new Uint8Array(4), 'length', { value: 2 ** 31 }),
  ],
  ['rec', 'fields that are left away, under names that all have', () => ({ a: 1 })],
  ['rec', 'the same of a class', () => new (class { a = 1 })()], // biome-ignore format: one line
  ['rec', 'no prototype', () => Object.assign(Object.create(null), { a: 1 })],
  ['rec', 'a getter of a class', () => new (class { get a() { return 1 } })()], // biome-ignore format: one line
  ['rec', 'fields under names that all have', () => ({ a: 1, constructor: 2, toString: 'x' })],
  ['flags', 'nothing set', () => ({})],
  ['flags', 'under names that all have', () => ({ valueOf: true, constructor: false })],
]

eachBackEnd('a wrong argument', (load) => {
  /** Refuses in both views, and counts as no call. */
  async function refuses(
    instance: Instance,
    call: string,
    args: readonly unknown[],
    say?: RegExp,
  ): Promise<void> {
    const before = instance.exports.u8(1)
    for (const view of views) {
      await assert.rejects(
        async () => instance[view][call](...args),
        (error) => error instanceof TypeError && (say === undefined || say.test(error.message)),
      )
    }
    assert.equal(instance.exports.u8(1), before + 1)
  }

  for (const [call, name, value] of refused) {
    test(`${call}: ${name}`, async () => {
      const instance = await (await load(everything)).instantiate()
      await refuses(instance, call, [value()])
    })
  }

  for (const [call, name, value] of accepted) {
    test(`${call}: ${name} is right`, async () => {
      const instance = await (await load(everything)).instantiate()
      for (const view of views) assert.equal(typeof (await instance[view][call](value())), 'number')
    })
  }

  test('the wrong number of them', async () => {
    const instance = await (await load(everything)).instantiate()
    for (const args of [[], [1, 2], [undefined, undefined]]) {
      await refuses(instance, 'u8', args, /^u8: expected 1 argument \(x\), got/)
    }
  })

  test('an iterator that never ends', async () => {
    const instance = await (await load(everything)).instantiate()
    assert.throws(() => instance.exports.options(endless()), TypeError)
    assert.equal(instance.exports.u8(1), 1)
  })
})
