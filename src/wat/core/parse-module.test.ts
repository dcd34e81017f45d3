import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { WatError } from '../../errors.ts'
import { Source } from '../../diagnostics/source.ts'
import { parseSExpressions } from '../s-expression.ts'
import { parseCoreModule, parseModuleText } from './parse-module.ts'

const parse = (text: string) => parseModuleText(new Source('test.wat', text))
const hex = (text: string) => Buffer.from(parse(text)).toString('hex').slice(16)

describe('bytes, as wasm-tools writes them', () => {
  const cases: [text: string, hex: string][] = [
    ['', ''],
    ['(module)', ''],
    ['(func)', '010401600000030201000a040102000b'],
    ['(module binary "\\00asm" "\\01\\00\\00\\00")', ''],
    ['(module quote "(memory" "1)")', '0503010001'],
    ['(module $m)', '0009046e616d650002016d'],
    ['(module (func (block (param i32)) ))', '01080260000060017f00030201000a0701050002010b0b'],
    ['(module (memory i64 1 2 shared (pagesize 1)))', '0505010f010200'],
    ['(module (memory 1 (pagesize 65536)))', '050401080110'],
    [
      '(module (import "a" "b" (func (param $x i32))) (import "a" "c" (func (param i32))))',
      '0105016' +
        '0017f00' +
        '020d02016101620000' +
        '01610163' +
        '0000' +
        '000d046e616d6502060100010001' +
        '78',
    ],
    ['(module (memory (pagesize 0x10000) (data)))', '05050109000010' + '0b06010041000b00'],
    ['(module (tag (type 0)) (type (func)))', '0104016000000d03010000'],
    ['(module (func (result (ref null func))))', '01050160000170030201000a040102000b'],
    ['(module (table 1 funcref) (elem (table 0) (i32.const 0) func))', '040401700001090801020041000b0000'],
    ['(module (memory 0) (data (memory 0) (i32.const 0) "a"))', '05030100000b07010041000b0161'],
    [
      '(module (elem (i32.const 0) $f) (func $f))',
      '010401600000030201000907010041000b01000a040102000b000b046e616d65010401000166',
    ],
    [
      '(module (func (param i32) (param $x i64) (local i32 i32 i64 i32)))',
      '01060160027f7e00030201000a0a010803027f017e017f0b000d046e616d650206010001010178',
    ],
    [
      '(module (func $"a\\u{62}") (start $ab))',
      '010401600000030201000801000a040102000b000c046e616d6501050100026162',
    ],
    [
      '(module (table $t i64 funcref (elem)))',
      '04050170050000090801020042000b0000000b046e616d65050401000174',
    ],
    [
      '(module (import "a" (item "b" (func)) (item "c" (func))))',
      '010401600000020e010161007f020162000001630000',
    ],
    // A type that nothing has, and no type.
    ['(module (import "a" (func (param i32))))', '01050160017f000208010161007e000000'],
    ['(module (import "a"))', '0206010161007f00'],
    ['(module (global i32 i32.const 1 i32.const 2 i32.add))', '0609017f00410141026a0b'],
    [
      '(module (func (export "a") (export "b")) (memory (export "m") (data "abc")))',
      '01040160000003020100050401010101070d030161000001620000016d02000a040102000b0b09010041000b03616263',
    ],
    [
      '(module (func $f) (@producers (language "C" "1")) (@custom "x" "y") (@custom "z" (after code) "y"))',
      '010401600000030201000a040102000b0003017a7900190970726f64756365727301086c616e677561676501014301310003017879000b046e616d65010401000166',
    ],
  ]
  for (const [text, bytes] of cases)
    test(text === '' ? 'nothing' : text, () => assert.equal(hex(text), bytes))
})

/** Two texts that mean the same. */
describe('abbreviations', () => {
  const cases: [what: string, short: string, long: string][] = [
    [
      'inline import',
      '(func (import "a" "b") (param i32)) (table (import "a" "t") 1 funcref)',
      '(import "a" "b" (func (param i32))) (import "a" "t" (table 1 funcref))',
    ],
    ['inline export', '(memory (export "m") 1)', '(memory 1) (export "m" (memory 0))'],
    [
      'inline elements',
      '(table funcref (elem 0 0)) (func)',
      '(table 2 2 funcref) (elem (table 0) (i32.const 0) func 0 0) (func)',
    ],
    [
      'inline elements of another type',
      '(table (ref func) (elem 0)) (func)',
      '(table 1 1 (ref func)) (elem (table 0) (i32.const 0) (ref func) (ref.func 0)) (func)',
    ],
    ['inline data', '(memory (data "a" "b"))', '(memory 1 1) (data (i32.const 0) "ab")'],
    [
      'numbers in data',
      '(data (i32.const 0) (i16 1 -1) (f32 1) (v128 i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15))',
      '(data (i32.const 0) "\\01\\00\\ff\\ff\\00\\00\\80\\3f\\00\\01\\02\\03\\04\\05\\06\\07\\08\\09\\0a\\0b\\0c\\0d\\0e\\0f")',
    ],
    [
      'a type that is there',
      '(type (func (param i32))) (func (param i32))',
      '(type (func (param i32))) (func (type 0))',
    ],
    [
      'a type that is there, but open',
      '(type (sub (func))) (func)',
      '(type (sub (func))) (type (func)) (func (type 1))',
    ],
    ['parameters together', '(func (param i32 i64))', '(func (param i32) (param i64))'],
    [
      'folded instructions',
      '(func (result i32) (i32.add (i32.const 1) (i32.const 2)))',
      '(func (result i32) i32.const 1 i32.const 2 i32.add)',
    ],
    [
      'a folded if',
      '(func (if (i32.const 1) (then nop) (else unreachable)))',
      '(func i32.const 1 if nop else unreachable end)',
    ],
    ['a folded block', '(func (block $l (br $l)))', '(func block $l br $l end)'],
    [
      'nested operands',
      '(func (drop (block (result i32) (i32.const 1))))',
      '(func block (result i32) i32.const 1 end drop)',
    ],
    [
      'types of folded instructions in the order in which they are written',
      '(table 0 funcref) (func (call_indirect (param i32 i64) (block (result i32 i64) unreachable) (i32.const 0)))',
      '(table 0 funcref) (type (func)) (type (func (result i32 i64))) (type (func (param i32 i64))) (func (type 0) block (type 1) unreachable end i32.const 0 call_indirect (type 2))',
    ],
    [
      'exceptions, the older form, folded',
      '(tag) (func (try (do nop) (catch 0 drop) (catch_all)))',
      '(tag) (func try nop catch 0 drop catch_all end)',
    ],
    [
      'delegate, folded',
      '(func (try $l (do (try (do nop) (delegate $l)))))',
      '(func try $l try nop delegate $l end)',
    ],
    [
      'labels repeated',
      '(func block $l end $l i32.const 0 if $m else $m end $m)',
      '(func block $l end i32.const 0 if $m else end)',
    ],
    [
      'the first memory and table',
      '(func memory.copy table.get i32.load offset=1 align=4)',
      '(func memory.copy 0 0 table.get 0 i32.load 0 offset=1)',
    ],
    ['offsets', '(data (offset (i32.const 1)) "")', '(data (i32.const 1) "")'],
    [
      'items',
      '(elem funcref (item (ref.null func)) (item ref.null func))',
      '(elem funcref (ref.null func) (ref.null func))',
    ],
    ['a hexadecimal page size', '(memory 1 (pagesize 0x1))', '(memory 1 (pagesize 1))'],
    [
      'names of labels hide those further out',
      '(func block $l block $l br $l end end)',
      '(func block $l block $l br 0 end end)',
    ],
    [
      'fields in one group',
      '(type (struct (field i32 (mut i8))))',
      '(type (struct (field i32) (field (mut i8))))',
    ],
  ]
  for (const [what, short, long] of cases) test(what, () => assert.equal(hex(short), hex(long)))
})

describe('errors', () => {
  const cases: [text: string, message: string, at: string, note?: string][] = [
    [
      '(module (func i32.ad))',
      'unknown operator or unexpected token: `i32.ad` is no instruction',
      '1:15',
      'did you mean `i32.add`',
    ],
    [
      '(module\n  (func\n    (call $foo)) (func $fob))',
      'unknown func: nothing is called `$foo`',
      '3:11',
      'did you mean `$fob`?',
    ],
    ['(func local.get $x)', 'unknown local: nothing is called `$x`', '1:17'],
    [
      '(func block $outer br $oter end)',
      'unknown label: no block around this is called `$oter`',
      '1:23',
      'did you mean `$outer`?',
    ],
    ['(func $f) (memory $f 1) (func $f)', 'duplicate func identifier `$f`', '1:31'],
    ['(func block)', 'this `block` has no `end`', '1:7'],
    ['(func (block block))', 'this `block` has no `end`', '1:14'],
    ['(func end)', 'unexpected token: this `end` belongs to no block', '1:7'],
    ['(func (block end))', 'unexpected token: this `end` belongs to no block', '1:14'],
    ['(func block else end)', 'unexpected token: `else` cannot follow `block`', '1:13'],
    ['(func block $a end $b)', 'mismatching label: the block is $a', '1:20'],
    ['(func (i32.add i32.const 1 i32.const 2))', 'unexpected token: expected `(`, found `i32.const`', '1:16'],
    ['(func (if (i32.const 1)))', 'unexpected token: this `if` has no `then`', '1:24'],
    ['(func (if (then) (then)))', 'unexpected token: expected `else`, found `then`', '1:19'],
    ['(func) (import "a" "b" (func))', 'import after function', '1:8'],
    [
      '(type $t (func)) (func (type $t) (param i32))',
      'inline function type does not match the type that is referenced',
      '1:30',
    ],
    ['(func (result i32) (param i32))', 'unexpected token: result before parameter', '1:20'],
    ['(func i32.const 4294967296)', 'constant out of range: it does not fit into an i32', '1:17'],
    ['(func i32.const 1.5)', 'unexpected token: expected an i32, found `1.5`', '1:17'],
    ['(func f32.const 1e39)', 'constant out of range: it does not fit into an f32', '1:17'],
    ['(func f64.const nan:0x0)', 'constant out of range: it does not fit into an f64', '1:17'],
    ['(func i32.load align=3)', 'alignment must be a power of two', '1:16'],
    ['(func i32.load align=0)', 'alignment must be a power of two', '1:16'],
    ['(func v128.const i32x4 1 2 3)', 'wrong number of lane literals: wanted 4', '1:29'],
    ['(func i8x16.extract_lane_s 256)', 'malformed lane index: a lane index is at most 255', '1:28'],
    [
      '(func call 4294967296)',
      'constant out of range: an index or identifier of a func is at most 4294967295',
      '1:12',
    ],
    ['(func br -1)', 'unexpected token: expected a label, found `-1`', '1:10'],
    ['(start 0) (start 0)', 'multiple start sections: a module starts once', '1:12'],
    ['(memory 1) (fun)', 'unexpected token: `fun` is no field of a module', '1:13'],
    ['(memory 1 x)', 'unexpected token: expected `)`, found `x`', '1:11'],
    ['(memory 1', 'unexpected token: expected `)`, found the end of the text', '1:10'],
    ['(module) (module)', 'unexpected token: expected the end of the text, found `(`', '1:10'],
    ['(memory 1))', 'this parenthesis closes nothing', '1:11'],
    ['(table 1 i32)', 'unexpected token: expected a reference type, found `i32`', '1:10'],
    ['(memory 1 (pagesize 3))', 'invalid custom page size: 3 is no power of two', '1:21'],
    ['(type $s (struct)) (func struct.get $s $a)', 'unknown field: nothing is called `$a`', '1:40'],
    [
      '(func (@metadata.code.branch_hint "\\02") br_if 0)',
      '@metadata.code.branch_hint annotation: invalid value: a hint is "\\00" or "\\01"',
      '1:35',
    ],
    ['(func (@metadata.code.branch_hint "\\01"))', 'a branch hint must precede an instruction', '1:41'],
    ['(module quote "(memory x)")', 'unexpected token: expected a size, found `x`', '1:9'],
    ['(@custom "a" (after nothing) "")', 'unexpected token: `nothing` is no section', '1:21'],
    ['(export "a" (type 0))', 'unexpected token: `type` can be neither imported nor exported', '1:14'],
  ]
  for (const [text, message, at, note] of cases) {
    test(text, () => {
      assert.throws(
        () => parse(text),
        (error) => {
          assert.ok(error instanceof WatError, String(error))
          const [first, place] = error.message.split('\n')
          assert.equal(first, message)
          assert.match(place!, new RegExp(`--> test\\.wat( \\(quoted\\))?:${at}$`))
          if (note) assert.ok(error.message.includes(note), error.message)
          return true
        },
      )
    })
  }

  test('two definitions that clash are both shown', () => {
    assert.throws(() => parse('(func $f)\n(func $f)'), {
      message: `duplicate func identifier \`$f\`
 --> test.wat:2:7
  |
1 | (func $f)
  |       -- first here
2 | (func $f)
  |       ^^ again here`,
    })
  })
})

test('a core module of a component is read from its node', () => {
  const source = new Source('test.wat', '(component (core module $m (export "x") (memory 1)))')
  const [component] = parseSExpressions(source)
  assert.ok(component?.kind === 'list')
  const bytes = parseCoreModule(component.items[1]!, source)
  assert.deepEqual(bytes, parse('(module $m (memory 1))'))
})

test('what is valid for the engine is made of what is valid in the text', () => {
  const texts = [
    '(func (export "f") (param $a i32) (result i32) (local $b i64) (local.set $b (i64.const -1)) (i32.wrap_i64 (local.get $b)))',
    '(memory $a 1) (memory $b 1) (func (memory.copy $a $b (i32.const 0) (i32.const 0) (i32.const 1)))',
    '(tag $e (param i32)) (func (result i32) (block $h (result i32) (try_table (catch $e $h) (throw $e (i32.const 1))) (i32.const 2)))',
    '(rec (type $a (sub (struct (field $b (ref null $b))))) (type $b (sub final $a (struct (field (ref null $b)) (field $n i32))))) (func (param $x (ref $b)) (result i32) (struct.get $b $n (local.get $x)))',
    '(type $f (func (param i32) (result i32))) (func $g (type $f) (return_call $g (local.get 0))) (elem declare func $g) (func (result i32) (call_ref $f (i32.const 1) (ref.func $g)))',
    '(func (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (v128.const f64x2 nan:0x1 -inf) (v128.const i16x8 1 2 3 4 5 6 7 -1)))',
    '(memory i64 1) (table i64 1 funcref) (func (result funcref) (table.get (i64.const 0)))',
    '(memory 1 2 shared) (func (drop (i32.atomic.rmw.add offset=4 (i32.const 0) (i32.const 1))) atomic.fence)',
    '(func (param (ref null any)) (result i32) (block $l (result (ref i31)) (br_on_cast $l anyref (ref i31) (local.get 0)) unreachable) (i31.get_s))',
  ]
  for (const text of texts) assert.ok(WebAssembly.validate(parse(text)), text)
})

test('deep nesting costs no stack', () => {
  const depth = 100_000
  const folded = `(func ${'(drop '.repeat(depth)}${')'.repeat(depth)})`
  assert.ok(parse(folded).length > depth)
  assert.ok(parse(`(func ${'(block '.repeat(depth)}${')'.repeat(depth)})`).length > depth)
  assert.ok(
    parse(`(func ${'block $l '.repeat(depth)}${'br $l '.repeat(depth)}${'end '.repeat(depth)})`).length >
      depth,
  )
  assert.throws(() => parse('('.repeat(depth)), WatError)
})
