import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decode } from '../../binary/decode.ts'
import type { Definition } from '../../component/component.ts'
import { WatError } from '../../errors.ts'
import { parseWat } from '../index.ts'

/** Without names, which differ where one form has an identifier and the other has none. */
function definitions(text: string): unknown[] {
  return withoutPlaces(decode(parseWat(text)).definitions)
}

function withoutPlaces(definitions: readonly Definition[]): unknown[] {
  return definitions
    .filter((definition) => definition.kind !== 'custom')
    .map((definition) => {
      if (definition.kind === 'component') return withoutPlaces(definition.component.definitions)
      return JSON.parse(
        JSON.stringify(definition, (key, value) => (key === 'offset' || key === 'range' ? undefined : value)),
      )
    })
}

const M =
  '(core module $m (memory (export "mem") 1) (func (export "f")) (func (export "g") (param i32 i32 i32 i32) (result i32) unreachable))'

/** What is written short, and what it means. */
const short: readonly [name: string, short: string, long: string][] = [
  [
    'a type in an import',
    '(component (import "f" (func (param "a" u8) (result (list string)))))',
    '(component (type (list string)) (type (func (param "a" u8) (result 0))) (import "f" (func (type 1))))',
  ],
  [
    'an import within a definition',
    '(component (func $f (import "f") (param "a" u8)) (instance (import "i") (export "x" (func))))',
    '(component (import "f" (func (param "a" u8))) (import "i" (instance (export "x" (func)))))',
  ],
  [
    'an export within a definition stands at the end',
    '(component (component $c (export "c") (export "d")) (type $t (export "t") u8) (core module $m (export "m")))',
    '(component (component $c) (type $t u8) (core module $m) (export "c" (component $c)) (export "d" (component $c)) (export "t" (type $t)) (export "m" (core module $m)))',
  ],
  [
    'an export of an instance',
    '(component (import "i" (instance $i (export "j" (instance (export "f" (func)))))) (export "f" (func $i "j" "f")))',
    '(component (import "i" (instance $i (export "j" (instance (export "f" (func)))))) (alias export $i "j" (instance $j)) (alias export $j "f" (func $f)) (export "f" (func $f)))',
  ],
  [
    'options that name exports of a core instance',
    `(component ${M} (core instance $i (instantiate $m)) (func (export "f") (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "g")))))`,
    `(component ${M} (core instance $i (instantiate $m)) (type $t (func)) (alias core export $i "f" (core func $f)) (alias core export $i "mem" (core memory $mem)) (alias core export $i "g" (core func $g)) (func $l (type $t) (canon lift (core func $f) (memory $mem) (realloc $g))) (export "f" (func $l)))`,
  ],
  [
    'options as they were written once',
    `(component ${M} (core instance $i (instantiate $m)) (func (canon lift (core func $i "f") (memory $i "mem") (realloc (func $i "g")))))`,
    `(component ${M} (core instance $i (instantiate $m)) (func (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "g")))))`,
  ],
  [
    'canonical definitions on their own',
    `(component ${M} (core instance $i (instantiate $m)) (canon lift (core func $i "f") (func $f)) (canon lower (func $f) (core func $l)))`,
    `(component ${M} (core instance $i (instantiate $m)) (func $f (canon lift (core func $i "f"))) (core func $l (canon lower (func $f))))`,
  ],
  [
    'an alias within a definition',
    '(component $C (import "i" (instance $i (export "f" (func)) (export "t" (type (sub resource))))) (func $f (alias export $i "f")) (type $t (alias export $i "t")) (core module $m) (core instance $j (instantiate $m)) (core memory (alias core export $j "mem")))',
    '(component $C (import "i" (instance $i (export "f" (func)) (export "t" (type (sub resource))))) (alias export $i "f" (func $f)) (alias export $i "t" (type $t)) (core module $m) (core instance $j (instantiate $m)) (alias core export $j "mem" (core memory)))',
  ],
  [
    'a name of an outer component, each time that it is used',
    '(component $C (type $t u8) (component (type (tuple $t $t))))',
    '(component $C (type $t u8) (component (alias outer $C $t (type $a)) (alias outer $C $t (type $b)) (type (tuple $a $b))))',
  ],
  [
    'a name that is nearer hides one that is further out',
    '(component $C (type $t u8) (component $C (type $t u16) (component (alias outer $C $t (type)))))',
    '(component (type u8) (component (type u16) (component (alias outer 1 0 (type)))))',
  ],
  [
    'instances as arguments',
    `(component (component $c (import "a" (instance))) ${M} (core module $n (import "x" "f" (func))) (core instance $i (instantiate $m)) (core instance (instantiate $n (with "x" (instance (export "f" (func $i "f")))))) (instance (instantiate $c (with "a" (instance)))))`,
    `(component (component $c (import "a" (instance))) ${M} (core module $n (import "x" "f" (func))) (core instance $i (instantiate $m)) (alias core export $i "f" (core func $f)) (core instance $x (export "f" (func $f))) (core instance (instantiate $n (with "x" (instance $x)))) (instance $a) (instance (instantiate $c (with "a" (instance $a)))))`,
  ],
  [
    'function types of a module type: one that was defined is used again',
    '(component (core type (module (type $t (func (param i32))) (import "a" "b" (func (param i32))) (export "c" (func (param i64))))))',
    '(component (core type (module (type $t (func (param i32))) (import "a" "b" (func (type $t))) (type $u (func (param i64))) (export "c" (func (type $u))))))',
  ],
  [
    'the old names of floats, and of interfaces',
    '(component (import (interface "a:b/c") (instance)) (type (tuple float32 float64)))',
    '(component (import "a:b/c" (instance)) (type (tuple f32 f64)))',
  ],
  [
    'references in parentheses',
    '(component (type $t u8) (type (list (type $t))) (type $r (resource (rep i32))) (core func (canon resource.drop (type $r))))',
    '(component (type $t u8) (type (list $t)) (type $r (resource (rep i32))) (core func (canon resource.drop $r)))',
  ],
]

describe('a component that is given otherwise', () => {
  test('as bytes', () => {
    const text = '(component $c binary "\\00asm" "\\0d\\00\\01\\00")'
    assert.deepEqual(parseWat(text), Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0))
  })
  test('as text in strings', () => {
    assert.deepEqual(parseWat('(component quote "(type" "u8)")'), parseWat('(component (type u8))'))
  })
  test('as a definition of a script', () => {
    assert.deepEqual(parseWat('(component definition $c)'), parseWat('(component $c)'))
  })
  test('as text in strings that is malformed', () => {
    const message = /^unknown type.*--> <text> \(quoted\):1:24/s
    assert.throws(() => parseWat('(component quote "(type (list $t))")'), { name: 'WatError', message })
  })
})

describe('what is written short', () => {
  for (const [name, text, meaning] of short) {
    test(name, () => assert.deepEqual(definitions(text), definitions(meaning)))
  }
})

describe('names', () => {
  const names = (text: string): string => {
    const { bytes, definitions } = decode(parseWat(text))
    const last = definitions.at(-1)
    if (last?.kind !== 'custom' || last.name !== 'component-name') return ''
    return Buffer.from(bytes.subarray(last.range.start, last.range.end)).toString('latin1')
  }
  test('of the component, then by sort', () => {
    assert.equal(
      names('(component $c (type $t u8) (core module $m) (type $u u8))'),
      '\0\x02\x01c\x01\x06\0\x11\x01\0\x01m\x01\x08\x03\x02\0\x01t\x01\x01u',
    )
  })
  test('an annotation says another name than the identifier', () => {
    assert.equal(names('(component (type $t (@name "a b") u8))'), '\x01\x07\x03\x01\0\x03a b')
  })
  test('without identifiers there is no section', () => assert.equal(names('(component (type u8))'), ''))
  test('their section has a place, and what it calls the component may differ', () => {
    const kinds = (text: string) =>
      decode(parseWat(text)).definitions.map((definition) =>
        'name' in definition ? definition.name : definition.kind,
      )
    assert.deepEqual(kinds('(component $c (@names) (@custom "x" "y"))'), ['component-name', 'x'])
    assert.deepEqual(kinds('(component $c (@names none) (@custom "x" "y"))'), ['x'])
    assert.equal(names('(component $c (@names "d"))'), '\0\x02\x01d')
  })
})

/** Text → message, line and column. */
const errors: readonly [name: string, text: string, message: RegExp, place: string][] = [
  ['an unknown field', '(component (frob))', /^expected a component field, found `\(frob …\)`/, '1:12'],
  [
    'a field without parentheses',
    '(component frob)',
    /^unexpected token: expected a component field, found `frob`/,
    '1:12',
  ],
  [
    'an unknown name',
    '(component\n  (type $abc u8)\n  (type (list $abd)))',
    /^unknown type: failed to find name `\$abd`.*did you mean `\$abc`\?/s,
    '3:15',
  ],
  [
    'an unknown name that nobody reads',
    `(component (type (list $${'a'.repeat(100_000)})))`,
    /^unknown type: failed to find name `\$a{199}…`\n/,
    '1:24',
  ],
  [
    'a mistyped type',
    '(component (type (list strnig)))',
    /^unexpected token: expected a value type, found `strnig`.*did you mean `string`\?/s,
    '1:24',
  ],
  [
    'a mistyped type in parentheses',
    '(component (type (lst u8)))',
    /^unexpected token: expected a type, found `\(lst …\)`.*did you mean `list`\?/s,
    '1:18',
  ],
  [
    'the same name twice',
    '(component (type $t u8) (type $t u8))',
    /^duplicate type identifier: `\$t` is taken/,
    '1:31',
  ],
  [
    'the same name of two cases',
    '(component (type (variant (case $a "x") (case $b "y") (case $a "z" u32))))',
    /^duplicate variant case identifier: `\$a` is taken/,
    '1:61',
  ],
  [
    'a function of an outer component',
    '(component (import "f" (func $f)) (component (export "f" (func $f))))',
    /^outer item `f` is not a module, type, or component/,
    '1:64',
  ],
  [
    'an outer component that is not there',
    '(component (component (alias outer $X 0 (type))))',
    /^outer component `\$X` not found/,
    '1:36',
  ],
  [
    'a canonical definition that is not there',
    '(component (core func (canon task.retrun)))',
    /^unknown canonical definition `task\.retrun`.*did you mean `task\.return`/s,
    '1:30',
  ],
  ['too large an index', '(component (type (list 4294967296)))', /^the index is out of range/, '1:24'],
  [
    'more than expected',
    '(component (type u8 u8))',
    /^unexpected token: `u8`, where nothing more is expected/,
    '1:21',
  ],
  [
    'less than expected',
    '(component (type (list)))',
    /^unexpected token: expected a value type, found the end of the list/,
    '1:23',
  ],
  [
    'an attribute twice',
    '(component (import "a" (external-id "x") (external-id "y") (func)))',
    /^unexpected token: `external-id` is given twice/,
    '1:42',
  ],
  [
    'a method of objects as an attribute',
    '(component (import "a" (constructor "x") (func)))',
    /^expected a core module, func/,
    '1:24',
  ],
  ['text that is no UTF-8', '(component (import "\\ff" (func)))', /^malformed UTF-8/, '1:20'],
  [
    'a core type of an outer scope',
    '(component (core type $t (func)) (core type (module (type (sub $t (func))))))',
    /^unknown core type/,
    '1:64',
  ],
]

describe('errors', () => {
  for (const [name, text, message, place] of errors) {
    test(name, () => {
      assert.throws(
        () => parseWat(text, { path: 'a.wat' }),
        (error: unknown) => {
          assert.ok(error instanceof WatError, String(error))
          assert.match(error.message, message)
          assert.match(error.message, new RegExp(`--> a\\.wat:${place}\\n`))
          return true
        },
      )
    })
  }
  for (const [name, open, close] of [
    ['types', '(type '.concat('(list '.repeat(100_000)), ')'.repeat(100_001)],
    ['components', '(component '.repeat(100_000), ')'.repeat(100_000)],
    ['component types', '(type '.concat('(component (type '.repeat(50_000)), ')'.repeat(100_001)],
  ] as const) {
    test(`nested without bound: ${name}`, () => {
      assert.throws(() => parseWat(`(component ${open}${close})`), {
        name: 'WatError',
        message: /^nesting is too deep/,
      })
    })
  }
})

/** Values: text → the bytes of the value. */
const values: readonly [type: string, value: string, hex: string][] = [
  ['bool', 'true', '01'],
  ['u8', '255', 'ff'],
  ['s8', '-1', 'ff'],
  ['u16', '0x100', '8002'],
  ['s16', '-65', 'bf7f'],
  ['s64', '-9223372036854775808', '8080808080808080807f'],
  ['u64', '18446744073709551615', 'ffffffffffffffffff01'],
  ['f32', '1', '0000803f'],
  ['f64', 'nan', '000000000000f87f'],
  ['char', "'a'", '61'],
  ['char', '"☃"', 'e29883'],
  ['string', '"hello"', '0568656c6c6f'],
  ['(record (field "a" bool) (field "b" u8))', '(record true 1)', '0101'],
  ['(variant (case "a" bool) (case "b" u8) (case "c"))', '(variant "b" 1)', '0101'],
  ['(variant (case "a" bool) (case "c"))', '(variant "c")', '01'],
  ['(list u8)', '(list 1 2 3)', '03010203'],
  ['(list u8 2)', '(list 1 2)', '0102'],
  ['(tuple u8 u16)', '(tuple 1 2)', '0102'],
  ['(flags "a" "b" "c")', '(flags "a" "c")', '05'],
  ['(enum "a" "b" "c")', '(enum "b")', '01'],
  ['(option u8)', 'none', '00'],
  ['(option u8)', '(some 7)', '0107'],
  ['(result u8 (error string))', '(error "x")', '010178'],
  ['(result)', 'ok', '00'],
  ['(list (result (option u8)))', '(list error (ok (some 1)) (ok none))', '030100010100' + '00'],
  ['string', '(binary "\\07example")', '076578616d706c65'],
]

describe('values', () => {
  for (const [type, value, hex] of values) {
    test(`${type}: ${value}`, () => {
      const { bytes, definitions } = decode(parseWat(`(component (value $v ${type} ${value}))`))
      const found = definitions.find((definition) => definition.kind === 'value')
      assert.ok(found?.kind === 'value')
      assert.equal(Buffer.from(bytes.subarray(found.range.start, found.range.end)).toString('hex'), hex)
    })
  }
  for (const [type, value, message] of [
    ['u8', '256', /out of range: u8 goes from 0 to 255/],
    ['(enum "a")', '(enum "b")', /there is no `b`: the labels are a/],
    ['(list u8 2)', '(list 1)', /expected 2 elements, found 1/],
    ['f32', 'nan:0x1', /expected a float/],
    ['char', '"ab"', /expected one character/],
    ['bool', '1', /expected `true` or `false`/],
  ] as const) {
    test(`${type} is not ${value}`, () => {
      assert.throws(() => parseWat(`(component (value ${type} ${value}))`), { name: 'WatError', message })
    })
  }
  test('a type of an outer component', () => {
    const text =
      '(component $C (type $u u8) (type $t (list $u)) (component (type string) (value (type $t) (list 1 2))))'
    assert.ok(decode(parseWat(text)))
  })
})
