/** Damaged texts and bytes give typed errors and nothing else; what they still mean survives the way there and back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { random } from '../../../test/hostile/mutate.ts'
import { Source } from '../../diagnostics/source.ts'
import { DecodeError, WatError } from '../../errors.ts'
import { parseModuleText } from './parse-module.ts'
import { printModule } from './print-module.ts'

const parse = (text: string) => parseModuleText(new Source('mutant.wat', text))

const sources = [
  `(module $m (type $s (struct (field $a i32) (field (mut i8)))) (rec (type (array (mut f64))) (type $o (sub (func (param (ref null $s))))))
    (import "env" "tick" (func $tick (param i32))) (memory (import "env" "m") 1 2) (table $t 1 funcref) (tag $e (param i32))
    (global $g (mut i64) (i64.const -0x1_f)) (export "g" (global $g)) (start $go) (elem $el (i32.const 0) func $tick) (data $d (i32.const 8) "a\\00\\u{1f30a}")
    (func $go (local $x i32) (local i64 f32)
      (block $l (result i32) (i32.add (local.get $x) (i32.load offset=4 align=2 (i32.const 1)))) drop
      try_table (catch $e $l2) (catch_all 0) end
      (@metadata.code.branch_hint "\\01") if (result f32) f32.const nan:0x12 else f32.const -0x1.8p3 end drop
      (call_indirect $t (param i32 i32) (result i64) (block (result i32 i32) unreachable) (i32.const 0)) drop
      v128.const f32x4 1 2 -inf nan i8x16.extract_lane_s 3 v128.load8_lane 0 offset=1 2 br_table 0 1 0 memory.init $d
      struct.get $s $a ref.test (ref null $o) br_on_cast 0 anyref (ref i31) (try (do nop) (catch $e drop) (catch_all)) select (result i32))
    (@custom "c" (after code) "\\01") (@producers (language "C" "1")) (@unknown (x "y" 1)))`.replace(
    '$l2',
    '0',
  ),
  '(module (func (if (i32.const 1) (then (loop $a (br $a))) (else nop))) (memory i64 1 (pagesize 1)) (table i64 funcref (elem 0)) (@names (data 4 "x")))',
]

const words =
  '( ) " $x 0 -1 0x block end else (then (@name (import (export i32.const br_table (type (param (result memory.init offset= nan:0x1 delegate catch do (@ (; ;; \\ é $" if (@names select (local (item (field (rec (elem 1e999 99999999999'.split(
    ' ',
  )

const next = random(0x7e_40_53)
const below = (limit: number): number => next() % limit

/** A few edits: a piece gone, a word put in, a piece of the text put somewhere else. */
function mutateText(text: string): string {
  for (let edits = below(4); edits >= 0; edits--) {
    const at = below(text.length)
    const from = below(text.length)
    const pieces = ['', ` ${words[below(words.length)]} `, text.slice(from, from + below(60))]
    text = text.slice(0, at) + pieces[below(3)] + text.slice(at + below(2) * below(10))
  }
  return text
}

function mutateBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const mutant = new Uint8Array(bytes).slice(0, below(8) === 0 ? below(bytes.length) : bytes.length)
  for (let flips = below(3); flips >= 0; flips--) mutant[8 + below(bytes.length - 8)] = below(256)
  return mutant
}

/** Undefined where it throws an error of that class; others are thrown on. */
function unless<T>(Refusal: typeof WatError | typeof DecodeError, run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

test('damaged texts', () => {
  let parsed = 0
  for (let i = 0; i < 2500; i++) {
    const text = mutateText(sources[i % sources.length]!)
    const bytes = unless(WatError, () => parse(text))
    if (!bytes) continue
    parsed++
    // A size beyond 32 bits is written as it is; the module is not valid, and cannot be read again.
    const printed = unless(DecodeError, () => printModule(bytes))
    if (printed === undefined) assert.ok(!WebAssembly.validate(bytes), text)
    else {
      assert.deepEqual(parse(printed), bytes, text)
      assert.equal(printModule(parse(printed)), printed)
    }
  }
  assert.ok(parsed > 100, `only ${parsed} were parsed`)
})

test('damaged bytes', () => {
  const binaries = sources.map(parse)
  let printed = 0
  for (let i = 0; i < 2500; i++) {
    const bytes = mutateBytes(binaries[i % binaries.length]!)
    const text = unless(DecodeError, () => printModule(bytes))
    if (text === undefined) {
      assert.ok(!WebAssembly.validate(bytes), Buffer.from(bytes).toString('hex'))
      continue
    }
    printed++
    const again = parse(text)
    assert.equal(printModule(again), text)
    if (WebAssembly.validate(bytes)) assert.ok(WebAssembly.validate(again), text)
  }
  assert.ok(printed > 100, `only ${printed} were printed`)
})
