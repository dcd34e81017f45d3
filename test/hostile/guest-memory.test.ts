/** Guests that pass pointers, lengths and bytes that are no values. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

/** 64 KiB with some bytes to point at. */
const memory = `
  (memory (export "memory") 1)
  (data (i32.const 0x100) "\\ff\\fe")                  ;; no UTF-8 at all
  (data (i32.const 0x110) "\\c0\\80")                  ;; overlong
  (data (i32.const 0x120) "\\ed\\a0\\80")              ;; a surrogate
  (data (i32.const 0x130) "\\f4\\90\\80\\80")          ;; beyond the last code point
  (data (i32.const 0x140) "ok\\e2\\82")                ;; cut short
  (data (i32.const 0x150) "\\00\\d8")                  ;; a surrogate in UTF-16
  (data (i32.const 0x160) "\\00\\d8\\00\\00")          ;; a surrogate as char
  (data (i32.const 0x170) "\\00\\00\\11\\00")          ;; beyond the last char
  (data (i32.const 0x180) "\\ff\\ff\\ff\\ff")          ;; any discriminant
  (data (i32.const 0x190) "\\ff\\ff\\ff\\ff\\08\\00\\00\\00") ;; a string that lies outside
  (data (i32.const 0x200) "${'x'.repeat(100)}\\ff")    ;; too long for short ways
  (data (i32.const 0x300) "${'abcd'.repeat(1)}")`

interface Attack {
  readonly name: string
  readonly type: string
  readonly options?: string
  readonly pointer: number
  readonly length: number
  readonly code: string
}

const END = 0x10000
const outside = (type: string, options?: string): readonly Attack[] =>
  [
    ['beyond the memory', 0xffff_fff0, 8],
    ['over the end', END - 8, 1000],
    ['over the end of 32 bits', 0xffff_fff8, 0xffff_ffff],
    ['at 0, of all there can be', 0, 0xffff_ffff],
    ['half of all there can be', 8, 0x7fff_ffff],
    ['just behind the end', END + 8, 0],
  ].map(([name, pointer, length]) => ({
    name: `${type} ${options ?? ''} ${name}`,
    type,
    ...(options ? { options } : {}),
    pointer: pointer as number,
    length: length as number,
    code: 'out-of-bounds',
  }))

const utf8 = (name: string, pointer: number, length: number): Attack => ({
  name: `a string ${name}`,
  type: 'string',
  pointer,
  length,
  code: 'invalid-utf8',
})

const attacks: readonly Attack[] = [
  ...outside('string'),
  ...outside('string', 'string-encoding=utf16'),
  ...outside('string', 'string-encoding=latin1+utf16'),
  ...outside('(list u8)'),
  ...outside('(list f64)'),
  ...outside('(list string)'),
  ...outside('(list bool)'),
  ...outside('(list (tuple u8 u64))'),
  ...outside('(map string u32)'),
  utf8('of bytes that nothing begins with', 0x100, 2),
  utf8('that is overlong', 0x110, 2),
  utf8('with a surrogate', 0x120, 3),
  utf8('beyond the last code point', 0x130, 4),
  utf8('that is cut short', 0x140, 4),
  utf8('that is long, and wrong at its end', 0x200, 101),
  {
    name: 'UTF-16 with a surrogate',
    type: 'string',
    options: 'string-encoding=utf16',
    pointer: 0x150,
    length: 1,
    code: 'invalid-string',
  },
  {
    name: 'tagged UTF-16 with a surrogate',
    type: 'string',
    options: 'string-encoding=latin1+utf16',
    pointer: 0x150,
    length: 0x8000_0001,
    code: 'invalid-string',
  },
  {
    name: 'UTF-16 that is not aligned',
    type: 'string',
    options: 'string-encoding=utf16',
    pointer: 0x301,
    length: 1,
    code: 'unaligned',
  },
  {
    name: 'Latin-1 that is not aligned',
    type: 'string',
    options: 'string-encoding=latin1+utf16',
    pointer: 0x301,
    length: 1,
    code: 'unaligned',
  },
  { name: 'numbers that are not aligned', type: '(list u32)', pointer: 0x301, length: 1, code: 'unaligned' },
  { name: 'none, not aligned', type: '(list u64)', pointer: 0x301, length: 0, code: 'unaligned' },
  {
    name: 'tuples that are not aligned',
    type: '(list (tuple u8 u16))',
    pointer: 0x301,
    length: 1,
    code: 'unaligned',
  },
  { name: 'a surrogate as char', type: '(list char)', pointer: 0x160, length: 1, code: 'invalid-char' },
  { name: 'a char that is none', type: '(list char)', pointer: 0x170, length: 1, code: 'invalid-char' },
  {
    name: 'an enum that has no such case',
    type: '(list $e)',
    pointer: 0x180,
    length: 1,
    code: 'invalid-discriminant',
  },
  {
    name: 'an option that is neither',
    type: '(list (option u8))',
    pointer: 0x180,
    length: 1,
    code: 'invalid-discriminant',
  },
  {
    name: 'a result that is neither',
    type: '(list (result u8))',
    pointer: 0x180,
    length: 1,
    code: 'invalid-discriminant',
  },
  {
    name: 'a list of a string that lies outside',
    type: '(list string)',
    pointer: 0x190,
    length: 1,
    code: 'out-of-bounds',
  },
  {
    name: 'lists in a list that lie outside',
    type: '(list (list u8))',
    pointer: 0x190,
    length: 1,
    code: 'out-of-bounds',
  },
]

/** Exports that return what they are told to, and that pass it to an import. */
const guest = ({ type, options = '' }: Attack): string => `
  (type $e' (enum "a" "b")) (export $e "e" (type $e'))
  (import "take" (func $take (param "x" ${type.replace('$e', '(option bool)')})))
  (core module $Mem ${memory})
  (core instance $mem (instantiate $Mem))
  (core func $take (canon lower (func $take) (memory (core memory $mem "memory")) ${options}))
  (core module $M
    (import "mem" "memory" (memory 1))
    (import "host" "take" (func $take (param i32 i32)))
    (func (export "give") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16))
    (func (export "at") (param i32) (result i32) (local.get 0))
    (func (export "pass") (param i32 i32) (call $take (local.get 0) (local.get 1))))
  (core instance $m (instantiate $M
    (with "mem" (instance $mem)) (with "host" (instance (export "take" (func $take))))))
  (func (export "give") (param "p" u32) (param "n" u32) (result ${type})
    (canon lift (core func $m "give") (memory (core memory $mem "memory")) ${options}))
  (func (export "at") (param "p" u32) (result ${type})
    (canon lift (core func $m "at") (memory (core memory $mem "memory")) ${options}))
  (func (export "pass") (param "p" u32) (param "n" u32)
    (canon lift (core func $m "pass") (memory (core memory $mem "memory")) ${options}))`

eachBackEnd('a guest passes', (load) => {
  for (const attack of attacks) {
    test(attack.name, async () => {
      const component = await load(guest(attack))
      let taken = 0
      const imports = { take: () => taken++ }
      const { pointer, length, code } = attack
      for (const view of views) {
        for (const call of ['give', 'pass'] as const) {
          // An enum cannot be declared inside of an import's type.
          if (call === 'pass' && attack.type.includes('$e')) continue
          const instance = await component.instantiate(imports)
          const error = await thrownBy(() => instance[view][call](pointer, length))
          assert.equal(error.code, code, `${view}.${call}: ${error.message}`)
          assert.equal((await thrownBy(() => instance[view].at(16))).code, 'cannot-enter')
        }
        assert.equal(taken, 0)
        for (const place of [END - 4, END, 0xffff_fffc]) {
          const instance = await component.instantiate(imports)
          const error = await thrownBy(() => instance[view].at(place))
          assert.equal(error.code, 'out-of-bounds', `${view}.at: ${error.message}`)
        }
        const instance = await component.instantiate(imports)
        assert.equal((await thrownBy(() => instance[view].at(17))).code, 'unaligned')
      }
    })
  }

  test('core values that are no values', async () => {
    const component = await load(`
      (type $e' (enum "a" "b")) (export $e "e" (type $e'))
      (type $v' (variant (case "a" u8) (case "b"))) (export $v "v" (type $v'))
      (type $f' (flags "a" "b")) (export $f "f" (type $f'))
      (import "take" (func $take (param "c" char)))
      (core func $take (canon lower (func $take)))
      (core module $M (import "" "take" (func $take (param i32)))
        (func (export "id") (param i32) (result i32) (local.get 0))
        (func (export "take") (param i32) (call $take (local.get 0))))
      (core instance $m (instantiate $M (with "" (instance (export "take" (func $take))))))
      (func (export "to-char") (param "x" u32) (result char) (canon lift (core func $m "id")))
      (func (export "to-enum") (param "x" u32) (result $e) (canon lift (core func $m "id")))
      (func (export "to-result") (param "x" u32) (result (result)) (canon lift (core func $m "id")))
      (func (export "to-u8") (param "x" u32) (result u8) (canon lift (core func $m "id")))
      (func (export "to-s8") (param "x" u32) (result s8) (canon lift (core func $m "id")))
      (func (export "to-bool") (param "x" u32) (result bool) (canon lift (core func $m "id")))
      (func (export "to-flags") (param "x" u32) (result $f) (canon lift (core func $m "id")))
      (func (export "pass-char") (param "x" u32) (canon lift (core func $m "take")))`)
    const instantiate = () => component.instantiate({ take: () => {} })
    for (const [call, value, code] of [
      ['toChar', 0xd800, 'invalid-char'],
      ['toChar', 0xdfff, 'invalid-char'],
      ['toChar', 0x11_0000, 'invalid-char'],
      ['toChar', 0xffff_ffff, 'invalid-char'],
      ['passChar', 0xd800, 'invalid-char'],
      ['passChar', 0xffff_ffff, 'invalid-char'],
      ['toEnum', 2, 'invalid-discriminant'],
      ['toEnum', 0xffff_ffff, 'invalid-discriminant'],
      ['toResult', 2, 'invalid-discriminant'],
      ['toResult', 0xffff_ffff, 'invalid-discriminant'],
    ] as const) {
      const { exports } = await instantiate()
      assert.equal((await thrownBy(() => exports[call](value))).code, code, `${call} ${value}`)
    }
    // What has no wrong values is cut to size.
    const { exports } = await instantiate()
    assert.deepEqual(
      [exports.toU8(0xffff_ff01), exports.toS8(0x1234_5680), exports.toBool(2), exports.toBool(0)],
      [1, -128, true, false],
    )
    assert.deepEqual(exports.toFlags(0xffff_fffe), { a: false, b: true })
  })
})
