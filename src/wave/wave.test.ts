import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ValueType } from '../component/value-type.ts'
import {
  bool,
  borrow,
  char,
  enumeration,
  f32,
  f64,
  flags,
  list,
  map,
  option,
  record,
  resource,
  result,
  s8,
  s64,
  stream,
  string,
  tuple,
  u8,
  u16,
  u64,
  variant,
} from '../../test/support/type-builders.ts'
import { WaveError } from '../errors.ts'
import { parseValue } from './parse-value.ts'
import { printValue } from './print-value.ts'

const basic = record({ required: u8, 'also-optional': option(u8) })
const optional = record({ a: option(u8), b: option(u8) })
const keywordEnum = enumeration('true', 'some', 'ok', 'nan', 'plain')
const permissions = flags('read', 'write', 'read-write')

/** Text, its type, its value, and how it prints where that is another text. */
const accepted: readonly [text: string, type: ValueType, value: unknown, printed?: string][] = [
  ['true', bool, true],
  [' // so it is\n false // not\n', bool, false, 'false'],
  ['-128', s8, -128],
  ['-0', s8, 0, '0'],
  ['18446744073709551615', u64, 2n ** 64n - 1n],
  ['-9223372036854775808', s64, -(2n ** 63n)],

  ['2.1415', f64, 2.1415],
  ['6.02e23', f64, 6.02e23, '6.02e+23'],
  ['-0', f64, -0],
  ['nan', f64, Number.NaN],
  ['-inf', f32, Number.NEGATIVE_INFINITY],
  ['3.4028234664e38', f32, 3.4028234663852886e38, '3.4028235e+38'],
  ['3.4028234664e39', f32, Number.POSITIVE_INFINITY, 'inf'],
  ['0.1', f32, Math.fround(0.1)],
  ['1.4012984643e-46', f32, 0, '0'],

  ["'🌊'", char, '🌊'],
  ["'\"'", char, '"'],
  [String.raw`'\''`, char, "'"],
  [String.raw`'\u{000078}'`, char, 'x', "'x'"],
  [String.raw`'\u{0}'`, char, '\0'],

  ['"WAVE🌊"', string, 'WAVE🌊'],
  [String.raw`"\\'\"\t\n\r"`, string, '\\\'"\t\n\r'],
  [String.raw`"a\u{200b}b"`, string, 'a\u200bb'],
  ['"""\n"""', string, '', '""'],
  ['"""\n  one\n    two\n  """', string, 'one\n  two', String.raw`"one\n  two"`],
  ['"""\r\n  one\r\n  \r\n  """', string, 'one\n', String.raw`"one\n"`],
  [String.raw`"""${'\n'}\r ""\""${'\n'}"""`, string, '\r """"', String.raw`"\r \"\"\"\""`],

  ['[]', list(u8), new Uint8Array()],
  ['[1, 2,]', list(u8), new Uint8Array([1, 2]), '[1, 2]'],
  ['[1, 2]', list(u16, 2), new Uint16Array([1, 2])],
  ['[-1]', list(s64), new BigInt64Array([-1n])],
  ['[nan, 0.5]', list(f32), new Float32Array([Number.NaN, 0.5])],
  ['["a", "b"]', list(string), ['a', 'b']],
  [
    '[("a", 1), ("b", 2)]',
    map(string, u8),
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  ],
  ['[("a", 1), ("a", 2)]', map(string, u8), new Map([['a', 2]]), '[("a", 2)]'],
  ['(1, "a",)', tuple(u8, string), [1, 'a'], '(1, "a")'],

  ['{required: 1}', basic, { required: 1, alsoOptional: undefined }],
  [
    '{also-optional: 2, %required: 1,}',
    basic,
    { required: 1, alsoOptional: 2 },
    '{required: 1, also-optional: some(2)}',
  ],
  ['{:}', optional, { a: undefined, b: undefined }],
  ['{ : }', optional, { a: undefined, b: undefined }, '{:}'],
  ['{a: none}', optional, { a: undefined, b: undefined }, '{:}'],
  [
    '{true: true, ok: err}',
    record({ true: bool, ok: result() }),
    { true: true, ok: { tag: 'err', val: undefined } },
  ],

  ['forever', variant({ days: u8, forever: undefined }), { tag: 'forever', val: undefined }],
  ['days(30)', variant({ days: u8, forever: undefined }), { tag: 'days', val: 30 }],
  ['%err("no")', variant({ err: string }), { tag: 'err', val: 'no' }],
  ['%plain', keywordEnum, 'plain', 'plain'],
  ['%ok', keywordEnum, 'ok'],
  ['{}', permissions, { read: false, write: false, readWrite: false }],
  ['{read-write, %read,}', permissions, { read: true, write: false, readWrite: true }, '{read, read-write}'],

  ['none', option(u8), undefined],
  ['some(1)', option(u8), 1],
  ['1', option(u8), 1, 'some(1)'],
  ['%some', option(keywordEnum), 'some', 'some(%some)'],
  ['some(none)', option(option(u8)), { tag: 'some', val: undefined }],
  ['some(some(1))', option(option(u8)), { tag: 'some', val: 1 }],
  ['none', option(option(u8)), { tag: 'none', val: undefined }],
  ['ok', result(), { tag: 'ok', val: undefined }],
  ['err("oops")', result(u8, string), { tag: 'err', val: 'oops' }],
  ['1', result(u8), { tag: 'ok', val: 1 }, 'ok(1)'],
  ['some(ok(1))', option(result(u8)), { tag: 'ok', val: 1 }],
]

describe('WAVE texts and values', () => {
  for (const [text, type, value, printed = text] of accepted) {
    test(text.replaceAll('\n', '⏎'), () => {
      assert.deepEqual(parseValue(text, type), value)
      assert.equal(printValue(value, type), printed)
    })
  }
})

test('handles and streams print as placeholders', () => {
  assert.equal(printValue({}, borrow(resource('connection'))), '<connection>')
  assert.equal(printValue({}, list(stream(u8))), '[]')
})

test('a lone surrogate in a value is shown, not replaced', () => {
  assert.equal(printValue('\ud800', string), String.raw`"\u{d800}"`)
})

/** Text, its type, and what the message says. */
const rejected: readonly [text: string, type: ValueType, message: RegExp][] = [
  ['', u8, /expected a value, found the end of the text/],
  ['1 2', u8, /expected the end, found the number 2/],
  ['256', u8, /256 is out of range for u8/],
  ['1.0', u8, /expected u8, found 1\.0/],
  [`-${'9'.repeat(1e6)}`, s64, /out of range for s64/],
  ['01', u8, /malformed number/],
  ['0x10', u8, /malformed number `0x10`/],
  ['1_000', u16, /malformed number/],
  ['-nan', f64, /`-nan` is no number/],
  ['NaN', f64, /`NaN` is no number/],
  ['-infinity', f64, /no number/],
  ['infinity', f64, /found the case `infinity`/],
  ['camelCase', keywordEnum, /malformed label `camelCase`/],
  ['#', u8, /unexpected character `#`/],

  ["''", char, /empty char/],
  ["'''", char, /empty char/],
  ["'ab'", char, /exactly one character/],
  ["'☃☃'", char, /exactly one character/],
  [String.raw`'\z'`, char, /invalid escape/],
  [String.raw`'\u{D800}'`, char, /no character/],
  [String.raw`"\u{110000}"`, string, /no character/],
  [String.raw`"\u{}"`, string, /invalid escape/],
  ["'\n'", char, /without an end/],
  ['"a\nb"', string, /without an end/],
  ['"\ud800"', string, /surrogate/],
  ['""" """', string, /begins on the next line/],
  ['"""\na"""', string, /on a line of its own/],
  ['"""\n a\n  """', string, /indented at least as far/],
  ['"""\na', string, /multi-line string without an end/],
  ['"x"', char, /expected char, found a string/],
  ['x', string, /expected string, found the case `x`/],

  ['[,]', list(u8), /expected a value, found `,`/],
  ['[1 2]', list(u8), /expected `,` or `\]`/],
  ['[1]', list(u8, 2), /a list of 2 values, found 1/],
  ['()', tuple(u8), /a tuple has at least one value/],
  ['(1, 2)', tuple(u8), /a tuple of 1, found one of 2/],
  ['{also-optional: 1}', basic, /missing field `required`/],
  ['{required: 1, required: 2}', basic, /given twice/],
  ['{requird: 1}', basic, /unknown field `requird`(?:.|\n)*did you mean `required`\?/],
  ['{required: 1,,}', basic, /expected a field, found `,`/],
  ['{}', optional, /written `\{:\}`/],
  ['{:}', permissions, /written `\{\}`/],
  ['{read, read}', permissions, /given twice/],
  ['{execute}', permissions, /unknown flag `execute`/],
  ['true', keywordEnum, /write `%true`/],
  ['%none', keywordEnum, /unknown case `none`/],
  ['%ok(1)', keywordEnum, /unexpected payload for `ok`/],
  ['days', variant({ days: u8 }), /missing payload for `days`/],
  ['true(1)', variant({ true: u8 }), /write `%true\(…\)`/],
  ['some', option(u8), /missing payload for `some`/],
  ['some(some(1))', option(u8), /expected u8, found `some\(…\)`/],
  ['1', option(option(u8)), /write `some\(…\)` or `none`/],
  ['ok(1)', option(result(u8)), /write `some/],
  ['ok', result(u8), /missing payload for `ok`/],
  ['err(1)', result(u8), /unexpected payload for `err`/],
  ['1', borrow(resource('connection')), /borrow<connection> cannot be written as text/],
  ['['.repeat(101), list(u8), /at most 100 deep/],
]

describe('WAVE texts that do not fit', () => {
  for (const [text, type, message] of rejected) {
    test(text.length > 40 ? `${text.slice(0, 40)}…` : text.replaceAll('\n', '⏎'), () => {
      assert.throws(
        () => parseValue(text, type),
        (error) => {
          assert.ok(error instanceof WaveError)
          assert.match(error.message, message)
          return true
        },
      )
    })
  }
})

test('an error points at its place', () => {
  assert.throws(() => parseValue('[1, "two"]', list(u8), '<argument>'), {
    code: 'wave',
    message: [
      'expected u8, found a string',
      ' --> <argument>:1:5',
      '  |',
      '1 | [1, "two"]',
      '  |     ^^^^^ expected u8',
    ].join('\n'),
  })
})

test('a message cuts what nobody reads, and says the rest', () => {
  const long = 'a1'.repeat(50_000)
  const wrong: readonly [text: string, says: RegExp][] = [
    ['9'.repeat(100_000), /^9+… is out of range for u8\n/],
    [long, /^expected u8, found the case `[a1]+…`\n/],
    [`1${long}`, /^malformed number `[a1]+…`\n/],
    [`$${long}`, /^unexpected character `\$[a1]+…`\n/],
  ]
  for (const [text, says] of wrong)
    assert.throws(
      () => parseValue(text, u8),
      (error) => error instanceof WaveError && says.test(error.message) && error.message.length < 1000,
    )
})
