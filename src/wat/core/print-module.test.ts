import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { encodeModule } from '../../binary/core/encode-module.ts'
import { decodeModule } from '../../binary/core/decode-module.ts'
import { encodeNames, namesOfNone } from '../../binary/core/names.ts'
import { DecodeError } from '../../errors.ts'
import { Source } from '../../diagnostics/source.ts'
import { Printer } from '../printer.ts'
import { parseModuleText } from './parse-module.ts'
import { printCoreModule, printModule } from './print-module.ts'

const parse = (text: string) => parseModuleText(new Source('test.wat', text))

/** What is printed of the text's bytes, which must come back from it. */
function printed(text: string): string {
  const bytes = parse(text)
  const result = printModule(bytes)
  assert.deepEqual(parse(result), bytes, result)
  return result
}

test('all sorts of fields', () => {
  const text = `(module $m
  (@custom "first" (before first) "x")
  (type $s (;0;) (struct (field $a i32) (field (mut i8)) (field (ref null $s))))
  (rec
    (type $x (;1;) (sub (array (mut f64))))
    (type (;2;) (sub final $x (array (mut f64))))
  )
  (type $f (;3;) (func (param i32 i32 i64) (result i32)))
  (type (;4;) (func (param i32)))
  (type (;5;) (shared (func)))
  (import "a" "b" (func $i (;0;) (type 4)))
  (import "a" (item "c" (tag (;0;) (type 4) (param i32))) (item "d" (memory $a (;0;) 1 2 shared)))
  (import "a" (item "e") (item "f") (global (mut i32)))
  (import "a" (memory 1))
  (import "a")
  (table $t (;0;) 3 4 funcref ref.null func)
  (memory (;1;) i64 1 (pagesize 0x1))
  (memory (;2;) 1 (pagesize 0x10000))
  (tag $e (;1;) (type 4) (param i32))
  (global $g (;2;) f64 f64.const 0x1.921fb6p+2 (;=6.2831854820251465;))
  (global (;3;) f32 f32.const nan:0x200000 (;=NaN;))
  (global (;4;) v128 v128.const i32x4 0x00000001 0xffffffff 0x00000003 0x00000004)
  (global (;5;) i32 i32.const 1 i32.const 2 i32.add)
  (export "q" (table $t))
  (export "x\\0a\\22é" (func $i))
  (start 1)
  (elem $el (;0;) (i32.const 1) func $i 1)
  (elem (;1;) (table $t) (i32.const 1) funcref (ref.func $i) (item i32.const 1 drop ref.null func))
  (elem (;2;) declare func 1)
  (elem (;3;) externref)
  (func (;1;) (type $f) (param $p i32) (param i32 i64) (result i32)
    (local i64) (local $l (ref null $s)) (local i32 i32)
    block $b (result i32)
      i32.const -1
      loop ;; label = @2
        br 0 (;@2;)
        br $b
        br 2
      end
      if (type 4) (param i32) ;; label = @2
        i32.load offset=4 align=2
      else
        i64.const -9223372036854775808
      end
      block $b
        br $b
        br 1
      end
    end
    try_table (catch $e 0) (catch_all_ref 0) ;; label = @1
      f32.const -0x1.99999ap-4 (;=-0.1;)
    end
    try ;; label = @1
    catch $e
      rethrow 0 (;@1;)
    catch_all
    end
    local.get $p
    call_indirect (type $f)
  )
  (func $"a b" (;2;) (type 4) (param i32)
    (@metadata.code.branch_hint "\\01")
    if ;; label = @1
      nop
    end
  )
  (func $"#func3 a b" (@name "a b") (;3;) (type 4) (param i32))
  (func $"#func4 " (@name "") (;4;) (type 4) (param $x i32)
    (local $"#local1 x" (@name "x") i64)
  )
  (data $d (;0;) (i32.const 0) "a\\00\\ff\\22\\5c")
  (data (;1;) "x")
  (data (;2;) (memory 1) (i64.const 0) "zz")
  (@producers
    (language "C" "1")
    (processed-by "x" "2")
  )
  (@custom "last" "\\01")
)
`
  assert.equal(printed(text), text)
})

describe('single things', () => {
  const cases: [what: string, text: string, line: string][] = [
    ['an identifier in quotes', '(func $"a\\"b")', '(func $"a\\22b" (;0;) (type 0))'],
    ['other letters', '(func $"größe")', '(func $"größe" (;0;) (type 0))'],
    ['a name that looks made', '(func $"#x")', '(func $"#func0 #x" (@name "#x") (;0;) (type 0))'],
    ['a nullable reference by its short name', '(table 1 (ref null func))', '(table (;0;) 1 funcref)'],
    ['a size that is too large', '(memory 4294967296)', '(memory (;0;) 4294967296)'],
    ['a data count that nobody needs', '(data "") (@data-count)', '(@data-count)'],
    ['a section of names that is not last', '(func $f) (@names) (@custom "c" "")', '(@names)'],
    [
      'names of what is not there',
      '(@names (data 3 ".bss") (local 0 1 "x") (field 0 2 "y"))',
      '(@names (data 3 ".bss") (local 0 1 "x") (field 0 2 "y"))',
    ],
    [
      'subsections of names that are not known',
      '(@names (subsection 99 "\\01x"))',
      '(@names (subsection 99 "\\01x"))',
    ],
    [
      'the parameters of an import',
      '(import "a" "b" (func (param $x i32) (param i64) (result f32)))',
      '(import "a" "b" (func (;0;) (type 0) (param $x i32) (param i64) (result f32)))',
    ],
    [
      'parameters of imports that share a type',
      '(type (func (param i32))) (import "a" (item "b") (func (type 0))) (@names (local 0 0 "x"))',
      '(@names (local 0 0 "x"))',
    ],
    [
      'dylink.0',
      '(memory 1) (@dylink.0 (mem-info (memory 1 2)) (needed "a" "b") (export-info "f" no-strip 0x8) (import-info "m" "g" undefined tls))',
      '(import-info "m" "g" undefined tls)',
    ],
    [
      'a section in between',
      '(memory 1) (table 1 funcref) (@custom "c" (after table) "")',
      '(@custom "c" (after table) "")',
    ],
    [
      'producers with fields of others',
      '(@custom "producers" "\\01\\01x\\00")',
      '(@custom "producers" "\\01\\01x\\00")',
    ],
    ['names that are malformed', '(@custom "name" "\\01\\ff")', '(@custom "name" "\\01\\ff")'],
    [
      'a subnormal float',
      '(global f64 (f64.const 0x1p-1074))',
      '(global (;0;) f64 f64.const 0x1p-1074 (;=5e-324;))',
    ],
    ['a negative zero', '(global f32 (f32.const -0))', '(global (;0;) f32 f32.const -0x0p+0 (;=-0;))'],
    ['no elements', '(elem func)', '(elem (;0;) func)'],
    ['no offset', '(data (offset) "")', '(data (;0;) (offset) "")'],
  ]
  for (const [what, text, line] of cases) {
    test(what, () => {
      const lines = printed(text).split('\n')
      assert.ok(
        lines.some((one) => one.trim() === line),
        lines.join('\n'),
      )
    })
  }
})

test('an identifier that says something else than the name section', () => {
  const contents = (text: string, name: string | undefined) => {
    const bytes = parse(text)
    const printer = new Printer().open('core module')
    printCoreModule(printer, bytes, { start: 0, end: bytes.length }, name)
    return printer.close().finish()
  }
  assert.equal(contents('(module $m)', 'm'), '(core module)')
  assert.equal(contents('(module $m)', 'other'), '(core module\n  (@names "m")\n)')
  assert.equal(contents('(module)', 'other'), '(core module\n  (@names none)\n)')
  assert.deepEqual(parse('(module $other (@names "m"))'), parse('(module $m)'))
  assert.deepEqual(parse('(module $other (@names none))'), parse('(module)'))
})

test('of two items with one name the first keeps it, in whatever order the section has them', () => {
  const func = new Map([
    [1, 'f'],
    [0, 'f'],
  ])
  const bytes = encodeNames({ ...namesOfNone, items: { ...namesOfNone.items, func } })!
  const { sections } = decodeModule(parse('(func) (func)'))
  const text = printModule(encodeModule({ sections: [...sections, { kind: 'custom', name: 'name', bytes }] }))
  assert.match(text, /\(func \$f \(;0;\).*\(func \$"#func1 f" \(@name "f"\) \(;1;\)/s)
  assert.equal(printModule(parse(text)), text)
})

test('a function that is malformed is an error that says where', () => {
  const { sections } = decodeModule(parse('(func nop nop)'))
  const bytes = encodeModule({ sections })
  bytes[bytes.length - 2] = 0x27
  const at = (bytes.length - 2).toString(16)
  assert.throws(
    () => printModule(bytes),
    new DecodeError('illegal opcode 0x27', bytes.length - 2, ['instructions']),
    at,
  )
})

test('deep nesting costs neither stack nor space', () => {
  const depth = 50_000
  const text = printModule(parse(`(func ${'block '.repeat(depth)}${'end '.repeat(depth)})`))
  assert.ok(text.length < 250 * depth, `${text.length} characters`)
})
