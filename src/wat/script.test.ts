import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Source } from '../diagnostics/source.ts'
import { parseScript } from './script.ts'

const directives = (text: string) => parseScript(new Source('test.wast', text)).directives
const value = (text: string) => {
  const [directive] = directives(`(invoke "f" ${text})`)
  assert.equal(directive!.kind, 'invoke')
  return directive!.kind === 'invoke' ? directive!.invoke.args[0] : undefined
}

describe('directives', () => {
  const definition = (text: string, more: object = {}) => ({
    sort: 'component',
    id: undefined,
    onlyDefined: false,
    form: { kind: 'text', text },
    ...more,
  })
  const invoke = (name: string, more: object = {}) => ({ instance: undefined, name, args: [], ...more })
  const cases: [text: string, directive: object][] = [
    ['(component)', { kind: 'component', definition: definition('(component)') }],
    [
      '(component $C (type u8))',
      { kind: 'component', definition: definition('(component $C (type u8))', { id: '$C' }) },
    ],
    [
      '(component definition $C (type u8))',
      {
        kind: 'component',
        definition: definition('(component            $C (type u8))', { id: '$C', onlyDefined: true }),
      },
    ],
    [
      '(component $B binary "\\00asm" "\\0d\\00\\01\\00")',
      {
        kind: 'component',
        definition: definition('', {
          id: '$B',
          form: { kind: 'binary', bytes: Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0) },
        }),
      },
    ],
    [
      '(component quote "(import \\"x\\"" "(func))")',
      { kind: 'component', definition: definition('(component (import "x" (func)))') },
    ],
    ['(module)', { kind: 'component', definition: definition('(module)', { sort: 'module' }) }],
    ['(component instance $i $C)', { kind: 'instance', id: '$i', definition: '$C' }],
    ['(component instance)', { kind: 'instance', id: undefined, definition: undefined }],
    ['(register "r" $i)', { kind: 'register', name: 'r', instance: '$i' }],
    ['(invoke "f")', { kind: 'invoke', invoke: invoke('f') }],
    ['(invoke $i "f")', { kind: 'invoke', invoke: invoke('f', { instance: '$i' }) }],
    [
      '(assert_return (invoke "f") (u32.const 1))',
      { kind: 'assert_return', invoke: invoke('f'), results: [{ kind: 'u32', value: 1n }] },
    ],
    [
      '(assert_trap (invoke "f") "unreachable")',
      { kind: 'assert_trap', action: { kind: 'invoke', invoke: invoke('f') }, message: 'unreachable' },
    ],
    [
      '(assert_trap (component instance $i $C) "unreachable")',
      {
        kind: 'assert_trap',
        action: { kind: 'instance', id: '$i', definition: '$C' },
        message: 'unreachable',
      },
    ],
    [
      '(assert_exhaustion (invoke "f") "call stack exhausted")',
      {
        kind: 'assert_exhaustion',
        action: { kind: 'invoke', invoke: invoke('f') },
        message: 'call stack exhausted',
      },
    ],
    [
      '(assert_invalid (component) "x")',
      { kind: 'assert_invalid', definition: definition('(component)'), message: 'x' },
    ],
    [
      '(assert_malformed (component) "x")',
      { kind: 'assert_malformed', definition: definition('(component)'), message: 'x' },
    ],
    [
      '(assert_unlinkable (component) "x")',
      { kind: 'assert_unlinkable', definition: definition('(component)'), message: 'x' },
    ],
    ['(thread $T (shared))', { kind: 'unknown', name: 'thread' }],
  ]
  for (const [text, directive] of cases)
    test(text, () => assert.deepEqual(directives(text), [{ line: 1, ...directive }]))

  test('have the line they start at; comments are dropped', () => {
    const text = ';; one\n(; two (; nested ;)\n;) (component) ;; (invoke "no")\n\n(invoke (; x ;) "f")'
    assert.deepEqual(
      directives(text).map(({ line, kind }) => [line, kind]),
      [
        [3, 'component'],
        [5, 'invoke'],
      ],
    )
  })
})

describe('values', () => {
  const cases: [text: string, value: object][] = [
    ['(bool.const true)', { kind: 'bool', value: true }],
    ['(u8.const 255)', { kind: 'u8', value: 255n }],
    ['(s8.const -0x80)', { kind: 's8', value: -128n }],
    ['(s16.const +1)', { kind: 's16', value: 1n }],
    ['(u32.const 0xffff_ffff)', { kind: 'u32', value: 0xffff_ffffn }],
    ['(u64.const 18446744073709551615)', { kind: 'u64', value: 2n ** 64n - 1n }],
    ['(f32.const -3.3)', { kind: 'f32', value: Math.fround(-3.3) }],
    ['(f64.const 1e3)', { kind: 'f64', value: 1000 }],
    ['(f64.const 0x1.8p+1)', { kind: 'f64', value: 3 }],
    ['(f64.const -inf)', { kind: 'f64', value: -Infinity }],
    ['(f32.const nan:canonical)', { kind: 'f32', value: Number.NaN }],
    ['(f64.const -0x0p0)', { kind: 'f64', value: -0 }],
    ['(char.const "⛳")', { kind: 'char', value: '⛳' }],
    ['(str.const "\\u{1f370}\\41\\n\\"")', { kind: 'string', value: '🍰A\n"' }],
    [
      '(list.const (u8.const 1) (u8.const 2))',
      {
        kind: 'list',
        values: [
          { kind: 'u8', value: 1n },
          { kind: 'u8', value: 2n },
        ],
      },
    ],
    ['(tuple.const (bool.const false))', { kind: 'tuple', values: [{ kind: 'bool', value: false }] }],
    [
      '(record.const (field "s" str.const "v=") (field "l" list.const (u8.const 7)) (field "n" (u8.const 1)))',
      {
        kind: 'record',
        fields: [
          { name: 's', value: { kind: 'string', value: 'v=' } },
          { name: 'l', value: { kind: 'list', values: [{ kind: 'u8', value: 7n }] } },
          { name: 'n', value: { kind: 'u8', value: 1n } },
        ],
      },
    ],
    ['(variant.const "a")', { kind: 'variant', name: 'a', value: undefined }],
    ['(variant.const "a" (u8.const 1))', { kind: 'variant', name: 'a', value: { kind: 'u8', value: 1n } }],
    ['(enum.const "e")', { kind: 'enum', name: 'e' }],
    ['(flags.const "a" "b")', { kind: 'flags', names: ['a', 'b'] }],
    ['(option.none)', { kind: 'option', value: undefined }],
    ['(option.some (u8.const 1))', { kind: 'option', value: { kind: 'u8', value: 1n } }],
    ['(result.ok)', { kind: 'ok', value: undefined }],
    ['(result.err (u8.const 1))', { kind: 'err', value: { kind: 'u8', value: 1n } }],
  ]
  for (const [text, expected] of cases) test(text, () => assert.deepEqual(value(text), expected))
})

describe('what does not parse', () => {
  const cases: [text: string, message: RegExp][] = [
    ['(component', /^this parenthesis does not close/],
    ['(component))', /^this parenthesis closes nothing/],
    ['(; (; ;)', /^this comment does not close/],
    ['(register "x', /^this string does not close/],
    ['(register "\\z")', /^invalid string escape/],
    ['(register "\\u{d800}")', /^invalid string escape/],
    ['(register "\\ff")', /^malformed UTF-8 encoding/],
    ['(register $x)', /^expected a string/],
    ['component', /^expected a directive in parentheses/],
    ['(assert_return "f")', /^expected `\(invoke/],
    ['(assert_invalid (invoke "f") "x")', /^expected a component or a module/],
    ['(invoke "f" (u8.const 256))', /^256 is out of range for u8/],
    ['(invoke "f" (u8.const -1))', /^-1 is out of range for u8/],
    ['(invoke "f" (u8.const one))', /^expected an integer/],
    ['(invoke "f" (f32.const x))', /^expected a floating-point number/],
    ['(invoke "f" (bool.const 1))', /^expected `true` or `false`/],
    ['(invoke "f" (i31.const 1))', /^unknown value `i31.const`/],
    ['(invoke "f" (record.const "a"))', /^expected `\(field/],
    ['(invoke "f" 1)', /^expected a value such as/],
  ]
  for (const [text, message] of cases) {
    test(text, () => assert.throws(() => directives(text), { name: 'WatError', code: 'wat', message }))
  }

  test('points at the place', () => {
    assert.throws(() => directives('(component)\n(register "\\z")'), /--> test.wast:2:12/)
  })
  test('100,000 parentheses are no problem', () => {
    assert.equal(directives(`(component ${'('.repeat(100_000)}${')'.repeat(100_000)})`).length, 1)
  })
})
