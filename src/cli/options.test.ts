import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseDirectory, parseImport, wasiOptions } from './host-options.ts'
import { parseOptions } from './parse-options.ts'

const options = { dir: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const

describe('options', () => {
  test('stand anywhere', () => {
    const parsed = parseOptions(['a', '--json', '--dir=x', 'b', '--dir', 'y'], options)
    assert.deepEqual({ ...parsed.options }, { json: true, dir: ['x', 'y'] })
    assert.deepEqual(parsed.positionals, ['a', 'b'])
  })
  test('end at the first positional, where the rest belongs to the guest', () => {
    const parsed = parseOptions(['--dir', 'x', 'file', '--json', '--', '-x', '--unknown'], options, true)
    assert.deepEqual({ ...parsed.options }, { dir: ['x'] })
    assert.deepEqual(parsed.positionals, ['file', '--json', '--', '-x', '--unknown'])
  })
  test('end at --', () => {
    assert.deepEqual(parseOptions(['--', '--json'], options).positionals, ['--json'])
    assert.deepEqual(parseOptions(['--json', '--', 'file', '--json'], options, true).positionals, [
      'file',
      '--json',
    ])
  })
  test('- is a file', () => {
    assert.deepEqual(parseOptions(['-', '--x'], options, true).positionals, ['-', '--x'])
  })
  for (const [args, message, notes] of [
    [['--jsn'], 'unknown option --jsn', ['did you mean --json?']],
    [['-x'], 'unknown option -x', []],
    [['--json=1'], 'the option --json takes no value', []],
    [['--dir'], 'the option --dir needs a value', []],
    [
      ['--dir', '--json'],
      'the option --dir needs a value, found the option --json',
      ['if that is the value: --dir=--json'],
    ],
  ] as const) {
    test(message, () => {
      assert.throws(() => parseOptions(args, options), { code: 'usage', message, notes })
    })
  }
})

describe('--dir', () => {
  for (const [text, expected] of [
    ['.', { host: '.', guest: '.', readOnly: false }],
    ['/a/b::/work', { host: '/a/b', guest: '/work', readOnly: false }],
    ['data::/:ro', { host: 'data', guest: '/', readOnly: true }],
    ['data:ro', { host: 'data', guest: 'data', readOnly: true }],
    ['C:\\data::/data', { host: 'C:\\data', guest: '/data', readOnly: false }],
  ] as const) {
    test(text, () => assert.deepEqual(parseDirectory(text), expected))
  }
  for (const text of ['', '::/x', 'x::', 'a::b::c', ':ro']) {
    test(`refuses ${JSON.stringify(text)}`, () =>
      assert.throws(() => parseDirectory(text), { code: 'usage' }))
  }
})

describe('--import', () => {
  test('a name and a file', () => {
    assert.deepEqual(parseImport('a:b/c@1.0.0=x=y.wasm'), { name: 'a:b/c@1.0.0', path: 'x=y.wasm' })
  })
  for (const text of ['', 'a', 'a=', '=b']) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => parseImport(text), { code: 'usage' }))
  }
})

describe('environment', () => {
  test('nothing by default', () => assert.deepEqual(wasiOptions({}, []).env, {}))
  test('set, passed on, unset', () => {
    process.env.TENON_TEST = 'mine'
    delete process.env.TENON_UNSET
    const { env } = wasiOptions({ env: ['A=b=c', 'EMPTY=', 'TENON_TEST', 'TENON_UNSET'] }, [])
    assert.deepEqual(env, { A: 'b=c', EMPTY: '', TENON_TEST: 'mine', TENON_UNSET: undefined })
  })
  test('a name is needed', () => assert.throws(() => wasiOptions({ env: ['=x'] }, []), { code: 'usage' }))
})
