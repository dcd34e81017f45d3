import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CoreExternType, CoreLimits } from '../component/extern-type.ts'
import { coreMismatch } from './core-subtyping.ts'

const limits = (minimum: bigint, maximum?: bigint): CoreLimits => ({
  minimum,
  maximum,
  shared: false,
  index64: false,
})
const global = (type: string, mutable = false): CoreExternType => ({ kind: 'global', type, mutable })
const table = (element: string, size = limits(1n)): CoreExternType => ({
  kind: 'table',
  element,
  limits: size,
})
const memory = (size: CoreLimits, pageSizeLog2 = 16): CoreExternType => ({
  kind: 'memory',
  limits: size,
  pageSizeLog2,
})
const func = (...parameters: string[]): CoreExternType => ({ kind: 'func', parameters, results: ['i32'] })

const cases: [name: string, actual: CoreExternType, expected: CoreExternType, problem?: string][] = [
  ['same function', func('i32'), func('i32')],
  [
    'function with another parameter',
    func('i64'),
    func('i32'),
    'expected: (func (param i32) (result i32)), found: (func (param i64) (result i32))',
  ],
  ['references to defined types are for the engine', func('(ref null 3)'), func('(ref null 7)')],
  ['immutable globals may be narrower', global('(ref func)'), global('funcref')],
  ['none is below all of its hierarchy', global('nullref'), global('anyref')],
  [
    'hierarchies are apart',
    global('nullref'),
    global('funcref'),
    'expected global type funcref, found nullref',
  ],
  [
    'null for a reference that has none',
    global('funcref'),
    global('(ref func)'),
    'expected global type (ref func), found funcref',
  ],
  [
    'mutable globals must be equal',
    global('(ref func)', true),
    global('funcref', true),
    'expected global type funcref',
  ],
  [
    'mutability',
    global('i32', true),
    global('i32'),
    'global types differ in mutability: expected immutable, found mutable',
  ],
  ['table', table('funcref', limits(2n, 3n)), table('funcref', limits(1n, 4n))],
  [
    'table without the maximum',
    table('funcref'),
    table('funcref', limits(1n, 4n)),
    'mismatch in table limits: expected 1 to 4, found 1 to any',
  ],
  ['memory that is too small', memory(limits(1n)), memory(limits(2n)), 'mismatch in memory limits'],
  ['page size', memory(limits(1n), 0), memory(limits(1n)), 'mismatch in page size for memories'],
  [
    '64-bit memory',
    memory({ ...limits(1n), index64: true }),
    memory(limits(1n)),
    'mismatch in index type used for memories',
  ],
  ['sorts', func(), global('i32'), 'expected global, found func'],
]

for (const [name, actual, expected, problem] of cases) {
  test(name, () => {
    const mismatch = coreMismatch(actual, expected)
    if (problem === undefined) assert.equal(mismatch, undefined)
    else assert.ok(mismatch?.startsWith(problem), String(mismatch))
  })
}
