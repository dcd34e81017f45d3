import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { random } from '../../../test/hostile/mutate.ts'
import { assemble } from '../../../test/support/assemble.ts'
import { DecodeError } from '../../errors.ts'
import { decodeModule } from './decode-module.ts'
import { encodeModule } from './encode-module.ts'
import type { CoreSectionSyntax } from './module.ts'

const everything = await assemble(`(module $m
  (type $pair (struct (field $a i32) (field (mut i8)))) (rec (type (array (mut i64))) (type (sub (func (param (ref null $pair))))))
  (import "env" "tick" (func (param i32))) (import "c" (item "x" (func)) (item "y" (global i32))) (import "c" (item "z") (item "w") (memory 1))
  (table $t 1 funcref) (table i64 1 2 externref) (table 1 (ref func) (ref.func 0))
  (memory 1 2 shared) (memory i64 1 (pagesize 1)) (tag (param i32)) (global (mut v128) (v128.const i32x4 1 2 3 4))
  (export "t" (table $t)) (export "e" (tag 0)) (start 1)
  (elem (i32.const 0) func 0) (elem func 0 1) (elem (table 1) (i64.const 0) func 0) (elem declare func 0)
  (elem (i32.const 0) funcref (ref.func 0)) (elem externref (ref.null extern)) (elem (table 1) (i64.const 0) externref (ref.null extern)) (elem declare (ref func) (ref.func 0))
  (func (param i32) (local i32 i32 i64) (@metadata.code.branch_hint "\\01") (br_if 0 (i32.const 1)) (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0)))
  (data "passive") (data (i32.const 0) "active") (data (memory 3) (i64.const 0) "far")
  (@custom "here" (after table) "\\00\\ff") (@custom "first" (before first) "") (@producers (language "C" "11")))`)

const kinds = (sections: readonly CoreSectionSyntax[]) =>
  sections.map((section) => (section.kind === 'custom' ? `custom ${section.name}` : section.kind))

test('all sections are decoded and encoded again, in their places', () => {
  const { sections } = decodeModule(everything)
  assert.deepEqual(kinds(sections), [
    'custom first',
    'type',
    'import',
    'function',
    'table',
    'custom here',
    'memory',
    'tag',
    'global',
    'export',
    'start',
    'element',
    'data count',
    'custom metadata.code.branch_hint',
    'code',
    'data',
    'custom producers',
    'custom name',
  ])
  assert.deepEqual(encodeModule({ sections }), everything)
})

test('segments keep the form that they were written in', () => {
  const { sections } = decodeModule(everything)
  const elements = sections.find(({ kind }) => kind === 'element')
  assert.ok(elements?.kind === 'element')
  const forms = elements.items.map(({ mode, elements }) => {
    const table = mode.kind === 'active' ? ` ${mode.table}` : ''
    return `${mode.kind}${table} ${elements.kind}`
  })
  assert.deepEqual(forms, [
    'active undefined functions',
    'passive functions',
    'active 1 functions',
    'declared functions',
    'active undefined expressions',
    'passive expressions',
    'active 1 expressions',
    'declared expressions',
  ])
})

test('a module within a file has the offsets of the file', () => {
  const bytes = new Uint8Array(everything.length + 7)
  bytes.set(everything, 7)
  const { sections } = decodeModule(bytes, { start: 7, end: bytes.length })
  const code = sections.find(({ kind }) => kind === 'code')
  assert.ok(code?.kind === 'code')
  const { offset } = code.items[0]!.code
  assert.deepEqual(
    bytes.subarray(offset, offset + code.items[0]!.code.bytes.length),
    code.items[0]!.code.bytes,
  )
  assert.deepEqual(encodeModule({ sections }), everything)
})

describe('malformed modules', () => {
  const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
  const cases: [what: string, sections: number[], message: RegExp][] = [
    [
      'functions without code',
      [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
      /function and code section have inconsistent lengths: found 1 and 0/,
    ],
    [
      'a data count that is not true',
      [12, 1, 1],
      /data count and data section have inconsistent lengths: found 1 and 0/,
    ],
    ['bytes after a section', [5, 4, 1, 0, 1, 0], /unexpected bytes at the end of the section/],
    ['a section twice', [5, 1, 0, 5, 1, 0], /section out of order/],
    [
      'an unknown kind of export',
      [7, 4, 1, 0, 9, 0],
      /invalid leading byte \(0x9\) for external kind.*export section › item 0/,
    ],
    ['an unknown kind of elements', [9, 2, 1, 8], /malformed elements segment kind: found 8/],
    ['an unknown kind of data', [11, 2, 1, 3], /malformed data segment flag: found 3/],
    ['data that goes on after its section', [11, 3, 1, 1, 9], /unexpected end-of-file/],
    [
      'a function that is longer than its section',
      [3, 2, 1, 0, 10, 3, 1, 9, 0],
      /unexpected end-of-file: a function of 9 bytes/,
    ],
    ['a table with an initial value, malformed', [4, 3, 1, 0x40, 1], /table with an initial value/],
    [
      'more locals than there may be',
      [10, 9, 1, 7, 2, 0xff, 0xff, 0x03, 0x7f, 1, 0x7f],
      /too many locals: found 65535/,
    ],
    ['a global without an end', [6, 4, 1, 0x7f, 0, 0x01], /unexpected end-of-file/],
  ]
  for (const [what, sections, message] of cases) {
    test(what, () => {
      const decode = () => decodeModule(Uint8Array.from([...preamble, ...sections]))
      assert.throws(decode, (error) => error instanceof DecodeError && message.test(error.message))
    })
  }
})

test('damaged modules give typed errors, and what is still decoded is encoded', () => {
  const next = random(0x7e_40_52)
  let decoded = 0
  for (let i = 0; i < 5000; i++) {
    const mutant = everything.slice(0, i % 5 === 0 ? next() % everything.length : everything.length)
    for (let flips = next() % 3; flips >= 0; flips--) mutant[next() % mutant.length] = next() % 256
    try {
      encodeModule(decodeModule(mutant))
      decoded++
    } catch (error) {
      assert.ok(error instanceof DecodeError, String((error as Error).stack))
    }
  }
  assert.ok(decoded > 100, `only ${decoded} were decoded`)
})
