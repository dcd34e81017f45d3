import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ValueType } from '../component/value-type.ts'
import { Source } from '../diagnostics/source.ts'
import { describeValue, sameValue } from './same-value.ts'
import { parseScript } from './script.ts'
import { toValue } from './to-value.ts'

const u8: ValueType = { kind: 'u8' }
const option = (type: ValueType): ValueType => ({ kind: 'option', type })

function written(text: string, type: ValueType): unknown {
  const [directive] = parseScript(new Source('test.wast', `(invoke "f" ${text})`)).directives
  assert.equal(directive!.kind, 'invoke')
  return directive!.kind === 'invoke' && toValue(directive!.invoke.args[0]!, type)
}

describe('JavaScript values', () => {
  const cases: [text: string, type: ValueType, value: unknown][] = [
    ['(u8.const 1)', u8, 1],
    ['(u64.const 1)', { kind: 'u64' }, 1n],
    ['(f32.const nan)', { kind: 'f32' }, Number.NaN],
    ['(str.const "s")', { kind: 'string' }, 's'],
    ['(list.const (u8.const 1))', { kind: 'list', element: u8 }, Uint8Array.of(1)],
    [
      '(tuple.const (u8.const 1) (char.const "c"))',
      { kind: 'tuple', types: [u8, { kind: 'char' }] },
      [1, 'c'],
    ],
    [
      '(record.const (field "one-two" u8.const 1))',
      { kind: 'record', fields: [{ name: 'one-two', type: u8 }] },
      { oneTwo: 1 },
    ],
    [
      '(list.const (tuple.const (u8.const 1) (u8.const 2)))',
      { kind: 'map', key: u8, value: u8 },
      new Map([[1, 2]]),
    ],
    [
      '(variant.const "a-b" (u8.const 1))',
      { kind: 'variant', cases: [{ name: 'a-b', type: u8 }] },
      { tag: 'a-b', val: 1 },
    ],
    [
      '(variant.const "n")',
      { kind: 'variant', cases: [{ name: 'n', type: undefined }] },
      { tag: 'n', val: undefined },
    ],
    ['(enum.const "a-b")', { kind: 'enum', names: ['a-b'] }, 'a-b'],
    ['(flags.const "b-c")', { kind: 'flags', names: ['a', 'b-c'] }, { a: false, bC: true }],
    ['(option.none)', option(u8), undefined],
    ['(option.some (u8.const 1))', option(u8), 1],
    ['(option.some (option.none))', option(option(u8)), { tag: 'some', val: undefined }],
    ['(option.none)', option(option(u8)), { tag: 'none', val: undefined }],
    ['(result.ok (u8.const 1))', { kind: 'result', ok: u8, error: undefined }, { tag: 'ok', val: 1 }],
    ['(result.err)', { kind: 'result', ok: u8, error: undefined }, { tag: 'err', val: undefined }],
  ]
  for (const [text, type, value] of cases) {
    test(`${text} as ${type.kind}`, () => assert.ok(sameValue(written(text, type), value)))
  }

  const misfits: [text: string, type: ValueType][] = [
    ['(u16.const 1)', u8],
    ['(tuple.const)', { kind: 'tuple', types: [u8] }],
    ['(record.const (field "b" u8.const 1))', { kind: 'record', fields: [{ name: 'a', type: u8 }] }],
    ['(variant.const "b")', { kind: 'variant', cases: [{ name: 'a', type: undefined }] }],
    ['(variant.const "a")', { kind: 'variant', cases: [{ name: 'a', type: u8 }] }],
    ['(enum.const "b")', { kind: 'enum', names: ['a'] }],
    ['(flags.const "b")', { kind: 'flags', names: ['a'] }],
    ['(result.ok)', { kind: 'result', ok: u8, error: undefined }],
    ['(u32.const 1)', { kind: 'future', element: undefined }],
  ]
  for (const [text, type] of misfits) {
    test(`${text} is no ${type.kind}`, () => assert.throws(() => written(text, type), TypeError))
  }
})

describe('sameness', () => {
  const cases: [a: unknown, b: unknown, same: boolean][] = [
    [Number.NaN, Number.NaN, true],
    [0, -0, false],
    [1, 1n, false],
    [[1, 2], Uint8Array.of(1, 2), true],
    [[1, 2], [1, 3], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [new Map([[1, [2]]]), new Map([[1, [2]]]), true],
    [new Map(), {}, false],
    [{ a: 1 }, { a: 1 }, true],
    [{ a: undefined }, { b: undefined }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [undefined, null, false],
  ]
  for (const [a, b, same] of cases) {
    test(`${describeValue(a)} ${same ? 'is' : 'is not'} ${describeValue(b)}`, () => {
      assert.equal(sameValue(a, b), same)
      assert.equal(sameValue(b, a), same)
    })
  }
})

test('values in messages', () => {
  assert.equal(
    describeValue({
      list: Uint8Array.of(1, 2),
      big: 3n,
      text: 'a"b',
      none: undefined,
      zero: -0,
      map: new Map([[1, 2]]),
    }),
    '{list: [1, 2], big: 3, text: "a\\"b", none: undefined, zero: -0, map: Map [[1, 2]]}',
  )
})
