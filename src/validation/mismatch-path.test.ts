import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { mismatchPath } from './mismatch-path.ts'
import { Reporter } from './reporter.ts'
import { Matching } from './subtyping.ts'
import { TypeStore } from './type-store.ts'

const u8: ValueType = { kind: 'u8' }
const s8: ValueType = { kind: 's8' }
const list = (element: ValueType, length?: number): ValueType => ({ kind: 'list', element, length })
const option = (type: ValueType): ValueType => ({ kind: 'option', type })
const record = (type: ValueType): ValueType => ({ kind: 'record', fields: [{ name: 'x', type }] })
const takes = (type: ValueType): FunctionType => ({
  kind: 'function',
  async: false,
  parameters: [{ name: 'p', type }],
  result: undefined,
})
const gives = (result: ValueType): FunctionType => ({ ...takes(u8), result })

const cases: readonly (readonly [
  actual: FunctionType,
  expected: FunctionType,
  path: string,
  reason: RegExp,
])[] = [
  [takes(s8), takes(u8), 'function parameter `p`', /^expected primitive `u8`/],
  [takes(list(s8)), takes(list(u8)), 'function parameter `p` › list element', /^expected primitive `u8`/],
  [takes(list(u8)), takes(option(u8)), 'function parameter `p`', /^expected option, found list/],
  [takes(list(u8, 3)), takes(list(u8)), 'function parameter `p`', /^expected list of any length/],
  [
    gives(option(record(list(option(s8))))),
    gives(option(record(list(option(u8))))),
    'result type › option › record field `x` › list element › option',
    /^expected primitive `u8`/,
  ],
  [
    gives({ kind: 'result', ok: undefined, error: { kind: 'tuple', types: [u8, list(s8)] } }),
    gives({ kind: 'result', ok: undefined, error: { kind: 'tuple', types: [u8, list(u8)] } }),
    'result type › err variant › tuple field 1 › list element',
    /^expected primitive `u8`/,
  ],
  [
    takes({ kind: 'map', key: u8, value: { kind: 'stream', element: list(s8) } }),
    takes({ kind: 'map', key: u8, value: { kind: 'stream', element: list(u8) } }),
    'function parameter `p` › map value › stream › list element',
    /^expected primitive `u8`/,
  ],
]

test('the way to a difference is as deep as the difference', () => {
  for (const [actual, expected, path, reason] of cases) {
    const words = new Matching(new TypeStore(new Reporter(), 0), new Set()).extern(actual, expected)!
    const found = mismatchPath(words, actual, expected)
    assert.equal(found.path.join(' › '), path, words)
    assert.match(found.reason, reason)
  }
})
