import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ValueType } from '../../component/value-type.ts'
import {
  enumeration,
  flags,
  list,
  map,
  option,
  record,
  result,
  string,
  tuple,
  u8,
  u64,
  variant,
} from '../../../test/support/type-builders.ts'
import { printValueType, type TypeNames } from './value-type.ts'

const color = enumeration('red', 'dark-blue')
const names: TypeNames = {
  nameOf: (type) => (type === color ? 'Color' : undefined),
  global: (name) => (name === 'Map' ? 'globalThis.Map' : name),
  streamable: () => 'Streamable',
  remember: (_type, _position, print) => print(),
}

test('what is passed may be more than what is received', () => {
  const cases: readonly (readonly [ValueType, passed: string, received: string, either: string])[] = [
    [list(u8), 'Uint8Array | Iterable<number>', 'Uint8Array<ArrayBuffer>', 'Uint8Array'],
    [list(u64), 'BigUint64Array | Iterable<bigint>', 'BigUint64Array<ArrayBuffer>', 'BigUint64Array'],
    [list(color), 'Iterable<Color>', 'Color[]', 'Color[]'],
    // Text is iterable, but no list.
    [list(string), 'Iterable<string> & object', 'string[]', 'string[]'],
    [
      list(option(u8)),
      'Iterable<number | undefined>',
      'Array<number | undefined>',
      'Array<number | undefined>',
    ],
    [tuple(u8, string), 'readonly [number, string]', '[number, string]', '[number, string]'],
    [
      map(string, u64),
      'Iterable<readonly [string, bigint]>',
      'globalThis.Map<string, bigint>',
      'globalThis.Map<string, bigint>',
    ],
    [
      { kind: 'stream', element: u8 },
      'Streamable<number | Iterable<number>>',
      'ReadableStream<Uint8Array<ArrayBuffer>>',
      'ReadableStream<Uint8Array>',
    ],
    [
      { kind: 'stream', element: string },
      'Streamable<string>',
      'ReadableStream<string>',
      'ReadableStream<string>',
    ],
    [
      { kind: 'stream', element: undefined },
      'Streamable<undefined>',
      'ReadableStream<undefined>',
      'ReadableStream<undefined>',
    ],
    [{ kind: 'future', element: color }, 'PromiseLike<Color>', 'Promise<Color>', 'Promise<Color>'],
    [{ kind: 'future', element: undefined }, 'PromiseLike<void>', 'Promise<void>', 'Promise<void>'],
    [
      { kind: 'error-context' },
      'Error | { readonly debugMessage: string }',
      '{ readonly debugMessage: string }',
      '{ readonly debugMessage: string }',
    ],
  ]
  for (const [type, ...texts] of cases) {
    const printed = (['passed', 'received', 'either'] as const).map((one) => printValueType(type, one, names))
    assert.deepEqual(printed, texts)
  }
})

test('what is the same for both', () => {
  const cases: readonly (readonly [ValueType, string])[] = [
    [{ kind: 'bool' }, 'boolean'],
    [{ kind: 'f32' }, 'number'],
    [{ kind: 's64' }, 'bigint'],
    [{ kind: 'char' }, 'string'],
    [option(u8), 'number | undefined'],
    [option(option(u8)), `{ tag: 'some'; val?: number | undefined } | { tag: 'none'; val?: undefined }`],
    [
      option(option(option(u8))),
      `{ tag: 'some'; val?: number | undefined } | { tag: 'none'; val?: undefined } | undefined`,
    ],
    [result(u8, string), `{ tag: 'ok'; val: number } | { tag: 'err'; val: string }`],
    [result(), `{ tag: 'ok'; val?: undefined } | { tag: 'err'; val?: undefined }`],
    [
      record({ 'is-open': { kind: 'bool' }, a1: u8, 'a-1': option(u8) }),
      `{ isOpen: boolean; a1: number; 'a-1'?: number | undefined }`,
    ],
    [
      variant({ a: undefined, b: option(color) }),
      `{ tag: 'a'; val?: undefined } | { tag: 'b'; val?: Color | undefined }`,
    ],
    [flags('read', 'can-run'), '{ read?: boolean | undefined; canRun?: boolean | undefined }'],
    [enumeration('a', 'b-c'), `'a' | 'b-c'`],
  ]
  for (const [type, text] of cases) {
    for (const position of ['passed', 'received', 'either'] as const)
      assert.equal(printValueType(type, position, names), text)
  }
})
