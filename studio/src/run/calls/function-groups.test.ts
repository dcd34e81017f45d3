import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ExportedFunction, FormType } from '../../contract/run.ts'
import { functionAt, functionGroups, functionsFor } from './function-groups.ts'

const make = (
  label: string,
  kind: ExportedFunction['kind'],
  resource?: string,
  ...types: FormType[]
): ExportedFunction => ({
  path: ['docs:store/types', label],
  label,
  resource,
  kind,
  isAsync: false,
  parameters: types.map((type, index) => ({ name: `p${index}`, type })),
  result: undefined,
  type: '',
})
const counter: FormType = { kind: 'borrow', resource: 'counter' }
const get = make('get', 'method', 'counter', counter)
const make1 = make('constructor', 'constructor', 'counter')
const sum = make('sum', 'function', undefined, { kind: 'integer', bits: 8, signed: false }, counter)
const exports = [
  { name: 'wasi:cli/run@0.2.0', functions: [make('run', 'function')] },
  { name: 'docs:store/types', functions: [sum, make1, get] },
  { name: undefined, functions: [make('bare', 'function')] },
]

suite('functions in a menu', () => {
  test('by interface and resource, without run', () => {
    assert.deepEqual(
      functionGroups(exports).map(({ label, functions }) => [label, functions.map((one) => one.label)]),
      [
        ['docs:store/types', ['sum']],
        ['counter of docs:store/types', ['constructor', 'get']],
        ['The world', ['bare']],
      ],
    )
  })

  test('by their path', () => {
    assert.equal(functionAt(exports, sum.path), sum)
    assert.equal(functionAt(exports, ['sum']), undefined)
    assert.equal(functionAt(undefined, sum.path), undefined)
  })

  test('of a resource: its methods, then what else takes one', () => {
    assert.deepEqual(functionsFor('counter', exports), [get, sum])
    assert.deepEqual(functionsFor('other', exports), [])
  })
})
