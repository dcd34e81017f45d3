import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import type { CoreModuleType } from '../component/extern-type.ts'
import { ByteWriter } from './byte-writer.ts'
import { readCoreModuleType } from './core-module.ts'

const typeOf = async (text: string): Promise<CoreModuleType> => readCoreModuleType(await assemble(text))

const limits = (minimum: bigint, maximum?: bigint, more: object = {}) => ({
  minimum,
  maximum,
  shared: false,
  index64: false,
  ...more,
})

describe('types of imports and exports', () => {
  const func = (parameters: string[], results: string[]) => ({ kind: 'func', parameters, results })
  const cases: [type: string, expected: unknown][] = [
    ['(func)', func([], [])],
    [
      '(func (param i32 i64 f32 f64 v128) (result i32 f64))',
      func(['i32', 'i64', 'f32', 'f64', 'v128'], ['i32', 'f64']),
    ],
    [
      '(func (param funcref externref anyref (ref any)))',
      func(['funcref', 'externref', 'anyref', '(ref any)'], []),
    ],
    [
      '(func (param eqref i31ref structref arrayref exnref))',
      func(['eqref', 'i31ref', 'structref', 'arrayref', 'exnref'], []),
    ],
    [
      '(func (param nullref nullfuncref nullexternref))',
      func(['nullref', 'nullfuncref', 'nullexternref'], []),
    ],
    ['(table 1 funcref)', { kind: 'table', element: 'funcref', limits: limits(1n) }],
    [
      '(table i64 1 2 externref)',
      { kind: 'table', element: 'externref', limits: limits(1n, 2n, { index64: true }) },
    ],
    ['(memory 0)', { kind: 'memory', limits: limits(0n), pageSizeLog2: 16 }],
    ['(memory 1 2 shared)', { kind: 'memory', limits: limits(1n, 2n, { shared: true }), pageSizeLog2: 16 }],
    [
      '(memory i64 0x100000000)',
      { kind: 'memory', limits: limits(2n ** 32n, undefined, { index64: true }), pageSizeLog2: 16 },
    ],
    ['(memory 3 (pagesize 1))', { kind: 'memory', limits: limits(3n), pageSizeLog2: 0 }],
    ['(global i32)', { kind: 'global', type: 'i32', mutable: false }],
    ['(global (mut (ref null extern)))', { kind: 'global', type: '(ref null extern)', mutable: true }],
    ['(tag (param i32))', { kind: 'tag', parameters: ['i32'], results: [] }],
  ]
  for (const [type, expected] of cases) {
    test(type, async () => {
      const kind = (expected as { kind: string }).kind
      const module = await typeOf(`(module (import "a" "b" ${type}) (export "e" (${kind} 0)))`)
      // The text format has one way to write both of these.
      const written = JSON.parse(
        JSON.stringify(expected, bigints).replaceAll('(ref null extern)', 'externref'),
      )
      assert.deepEqual(JSON.parse(JSON.stringify(module.imports, bigints)), [
        { module: 'a', name: 'b', type: written },
      ])
      assert.deepEqual(JSON.parse(JSON.stringify([...module.exports], bigints)), [['e', written]])
    })
  }
})

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

test('defined items come after imported ones', async () => {
  const { imports, exports } = await typeOf(`(module
    (import "a" "f" (func)) (import "a" "g" (global i64))
    (func (export "own") (param i32)) (export "imported" (func 0))
    (global f64 (f64.const 1)) (global (export "g") (mut f32) (f32.const 2)))`)
  assert.equal(imports.length, 2)
  assert.deepEqual(
    [...exports].map(([name, type]) => [
      name,
      type.kind,
      'parameters' in type ? type.parameters : type.kind === 'global' && type.type,
    ]),
    [
      ['own', 'func', ['i32']],
      ['imported', 'func', []],
      ['g', 'global', 'f32'],
    ],
  )
})

test('rec groups count each of their types', async () => {
  const { exports } = await typeOf(`(module
    (rec (type (struct (field i8))) (type (array (mut i16))))
    (type (sub (func (param i32)))) (type (func (result i64)))
    (func (export "f") (type 3) (i64.const 0)))`)
  assert.deepEqual(exports.get('f'), { kind: 'func', parameters: [], results: ['i64'] })
})

test('initial values are skipped', async () => {
  const { exports } = await typeOf(`(module
    (type $s (struct (field i32))) (type $a (array i32))
    (import "i" "base" (global $base i32))
    (func $f)
    (elem declare func $f)
    (table 1 (ref null func) (ref.func $f))
    (global i32 (i32.add (global.get $base) (i32.mul (i32.const -1) (i32.const 0x7fffffff))))
    (global i64 (i64.sub (i64.const 0x7fffffffffffffff) (i64.const 1)))
    (global v128 (v128.const i64x2 11 11))
    (global (ref null $s) (ref.null $s)) (global (ref func) (ref.func $f))
    (global (ref $s) (struct.new_default $s)) (global (ref $a) (array.new_fixed $a 2 (i32.const 1) (i32.const 2)))
    (global (ref $a) (array.new $a (i32.const 1) (i32.const 2))) (global (ref i31) (ref.i31 (i32.const 1)))
    (global anyref (any.convert_extern (ref.null extern))) (global f64 (f64.const 11))
    (table (export "t") 2 funcref)
    (global (export "last") f32 (f32.const 11)))`)
  assert.deepEqual(exports.get('last'), { kind: 'global', type: 'f32', mutable: false })
  assert.equal(exports.get('t')!.kind, 'table')
})

test('the compact import section', () => {
  const func = [0x00, 0x00]
  const module = new ByteWriter()
    .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
    .section(1, (types) => types.vector([[0x60, 0, 0]], (type, w) => w.bytes(type)))
    .section(2, (imports) => {
      imports.u32(3)
      imports.name('a').name('').byte(0x7f).u32(2).name('x').bytes(func).name('y').bytes([3, 0x7f, 1])
      imports.name('b').name('').byte(0x7e).bytes([2, 0, 1]).u32(2).name('m').name('n')
      imports.name('c').name('').bytes(func)
    })
    .finish()
  assert.deepEqual(
    readCoreModuleType(module).imports.map(({ module, name, type }) => [module, name, type.kind]),
    [
      ['a', 'x', 'func'],
      ['a', 'y', 'global'],
      ['b', 'm', 'memory'],
      ['b', 'n', 'memory'],
      ['c', '', 'func'],
    ],
  )
})

test('by range, with offsets of the file', async () => {
  const module = await assemble('(module (func (export "f")))')
  const file = new Uint8Array(module.length + 20).fill(0xee)
  file.set(module, 10)
  assert.equal(readCoreModuleType(file, { start: 10, end: 10 + module.length }).exports.size, 1)
})

describe('malformed modules', () => {
  const module = (...sections: [id: number, contents: number[]][]): Uint8Array => {
    const writer = new ByteWriter().bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
    for (const [id, contents] of sections) writer.section(id, (section) => section.bytes(contents))
    return writer.finish()
  }
  const type: [number, number[]] = [1, [1, 0x60, 0, 0]]
  const cases: [name: string, bytes: Uint8Array, message: RegExp][] = [
    ['empty', new Uint8Array(), /^unexpected end-of-file/],
    ['unknown function', module([7, [1, 1, 0x66, 0, 3]]), /^unknown func 3: there are 0/],
    ['unknown type', module(type, [3, [1, 1]], [7, [1, 1, 0x66, 0, 0]]), /^unknown type 1/],
    [
      'not a function type',
      module([1, [1, 0x5f, 0]], [2, [1, 0, 0, 0, 0]]),
      /^unknown type 0: wanted a function type, found a type of struct/,
    ],
    [
      'export twice',
      module(type, [3, [1, 0]], [7, [2, 1, 0x66, 0, 0, 1, 0x66, 0, 0]]),
      /^duplicate export name `f`/,
    ],
    ['export sort', module([7, [1, 1, 0x66, 5, 0]]), /^invalid leading byte \(0x5\) for external kind/],
    ['bytes left over', module([7, [0, 0]]), /^section size mismatch/],
    [
      'expression',
      module([6, [1, 0x7f, 0, 0x20, 0, 0x0b]], [7, [1, 0, 3, 0]]),
      /^constant expression required: found opcode 0x20/,
    ],
    [
      'vector expression',
      module([6, [1, 0x7b, 0, 0xfd, 0x0d, 0x0b]], [7, [1, 0, 3, 0]]),
      /^constant expression required/,
    ],
    [
      'gc expression',
      module([6, [1, 0x6e, 0, 0xfb, 0x02, 0x0b]], [7, [1, 0, 3, 0]]),
      /^constant expression required/,
    ],
    [
      'long constant',
      module([6, [1, 0x7f, 0, 0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0]], [7, [1, 0, 3, 0]]),
      /^integer representation too long/,
    ],
    ['table', module([4, [1, 0x40, 1]], [7, [1, 0, 1, 0]]), /^invalid leading byte \(0x1\) for table/],
  ]
  for (const [name, bytes, message] of cases) {
    test(name, () => assert.throws(() => readCoreModuleType(bytes), { name: 'DecodeError', message }))
  }
})
