import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import type { Definition } from '../component/component.ts'
import { ByteWriter } from './byte-writer.ts'
import { decode } from './decode.ts'

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]
const emptyModule = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** A component of one section. */
const component = (id: number, ...contents: number[]): Uint8Array =>
  new ByteWriter()
    .bytes(preamble)
    .section(id, (section) => section.bytes(contents))
    .finish()

/** The first definition of a section with one item, without its place. */
function only(id: number, ...item: number[]): unknown {
  const { definitions } = decode(component(id, 1, ...item))
  assert.equal(definitions.length, 1)
  const { offset, ...definition } = definitions[0]!
  assert.equal(offset, 11)
  return definition
}

describe('value types', () => {
  const name = (text: string): number[] => [...new ByteWriter().name(text).finish()]
  const cases: [name: string, bytes: number[], type: unknown][] = [
    ['bool', [0x7f], { kind: 'primitive', type: 'bool' }],
    ['s8', [0x7e], { kind: 'primitive', type: 's8' }],
    ['u8', [0x7d], { kind: 'primitive', type: 'u8' }],
    ['s16', [0x7c], { kind: 'primitive', type: 's16' }],
    ['u16', [0x7b], { kind: 'primitive', type: 'u16' }],
    ['s32', [0x7a], { kind: 'primitive', type: 's32' }],
    ['u32', [0x79], { kind: 'primitive', type: 'u32' }],
    ['s64', [0x78], { kind: 'primitive', type: 's64' }],
    ['u64', [0x77], { kind: 'primitive', type: 'u64' }],
    ['f32', [0x76], { kind: 'primitive', type: 'f32' }],
    ['f64', [0x75], { kind: 'primitive', type: 'f64' }],
    ['char', [0x74], { kind: 'primitive', type: 'char' }],
    ['string', [0x73], { kind: 'primitive', type: 'string' }],
    ['error-context', [0x64], { kind: 'primitive', type: 'error-context' }],
    [
      'record',
      [0x72, 2, ...name('a'), 0x7f, ...name('b'), 5],
      {
        kind: 'record',
        fields: [
          { name: 'a', type: 'bool' },
          { name: 'b', type: 5 },
        ],
      },
    ],
    [
      'variant',
      [0x71, 2, ...name('x'), 1, 0x7e, 0, ...name('y'), 0, 0],
      {
        kind: 'variant',
        cases: [
          { name: 'x', type: 's8' },
          { name: 'y', type: undefined },
        ],
      },
    ],
    ['list', [0x70, 0x7b], { kind: 'list', element: 'u16' }],
    ['list of a type by index', [0x70, 0xc0, 0x00], { kind: 'list', element: 64 }],
    ['fixed-length list', [0x67, 0x7d, 3], { kind: 'list', element: 'u8', length: 3 }],
    ['tuple', [0x6f, 2, 0x7c, 0x79], { kind: 'tuple', types: ['s16', 'u32'] }],
    ['flags', [0x6e, 2, ...name('f1'), ...name('f2')], { kind: 'flags', names: ['f1', 'f2'] }],
    ['enum', [0x6d, 1, ...name('e1')], { kind: 'enum', names: ['e1'] }],
    ['option', [0x6b, 0x7a], { kind: 'option', type: 's32' }],
    ['result', [0x6a, 0, 0], { kind: 'result', ok: undefined, error: undefined }],
    ['result of both', [0x6a, 1, 0x76, 1, 0x75], { kind: 'result', ok: 'f32', error: 'f64' }],
    ['own', [0x69, 3], { kind: 'own', type: 3 }],
    ['borrow', [0x68, 3], { kind: 'borrow', type: 3 }],
    ['stream', [0x66, 0], { kind: 'stream', element: undefined }],
    ['stream of', [0x66, 1, 0x7d], { kind: 'stream', element: 'u8' }],
    ['future of', [0x65, 1, 0x73], { kind: 'future', element: 'string' }],
    ['map', [0x63, 0x73, 0x79], { kind: 'map', key: 'string', value: 'u32' }],
  ]
  for (const [title, bytes, type] of cases) {
    test(title, () => assert.deepEqual(only(7, ...bytes), { kind: 'type', type: { kind: 'value', type } }))
  }
})

describe('other types', () => {
  const plain = (name: string) => ({ name, prefix: 0, attributes: [] })
  const cases: [name: string, bytes: number[], type: unknown][] = [
    ['resource', [0x3f, 0x7f, 0], { kind: 'resource', rep: 'i32', destructor: undefined }],
    ['resource with a destructor', [0x3f, 0x7f, 1, 4], { kind: 'resource', rep: 'i32', destructor: 4 }],
    ['func', [0x40, 0, 1, 0], { kind: 'function', async: false, parameters: [], result: undefined }],
    [
      'func with a parameter and a result',
      [0x40, 1, 1, 0x70, 0x7f, 0, 0x79],
      { kind: 'function', async: false, parameters: [{ name: 'p', type: 'bool' }], result: 'u32' },
    ],
    ['async func', [0x43, 0, 1, 0], { kind: 'function', async: true, parameters: [], result: undefined }],
    [
      'component',
      [0x41, 2, 3, 0, 1, 0x61, 3, 1, 4, 0, 1, 0x62, 1, 2],
      {
        kind: 'component',
        declarations: [
          {
            kind: 'import',
            offset: 13,
            name: plain('a'),
            type: { kind: 'type', bound: { kind: 'sub-resource' } },
          },
          { kind: 'export', offset: 19, name: plain('b'), type: { kind: 'function', type: 2 } },
        ],
      },
    ],
    [
      'instance',
      [0x42, 3, 1, 0x73, 2, 3, 2, 1, 0, 4, 0, 1, 0x74, 3, 0, 0],
      {
        kind: 'instance',
        declarations: [
          { kind: 'type', offset: 13, type: { kind: 'value', type: { kind: 'primitive', type: 'string' } } },
          { kind: 'alias', offset: 15, sort: 'type', target: { kind: 'outer', count: 1, index: 0 } },
          {
            kind: 'export',
            offset: 20,
            name: plain('t'),
            type: { kind: 'type', bound: { kind: 'eq', index: 0 } },
          },
        ],
      },
    ],
  ]
  for (const [title, bytes, type] of cases) {
    test(title, () => assert.deepEqual(only(7, ...bytes), { kind: 'type', type }))
  }
})

describe('core types', () => {
  const func = { kind: 'func', parameters: ['i32', 'i64'], results: ['f64'] }
  const one = (type: unknown, final = true) => ({
    kind: 'rec',
    explicit: false,
    types: [{ final, supertypes: [], shared: false, type }],
  })
  const cases: [name: string, bytes: number[], type: unknown][] = [
    ['func', [0x60, 2, 0x7f, 0x7e, 1, 0x7c], one(func)],
    ['sub', [0x00, 0x50, 0, 0x60, 2, 0x7f, 0x7e, 1, 0x7c], one(func, false)],
    ['sub final', [0x4f, 0, 0x60, 2, 0x7f, 0x7e, 1, 0x7c], one(func)],
    [
      'struct',
      [0x5f, 3, 0x78, 0, 0x77, 1, 0x64, 3, 0],
      one({
        kind: 'struct',
        fields: [
          { type: 'i8', mutable: false },
          { type: 'i16', mutable: true },
          { type: '(ref 3)', mutable: false },
        ],
      }),
    ],
    [
      'array',
      [0x5e, 0x63, 0x6e, 1],
      one({ kind: 'array', field: { type: '(ref null any)', mutable: true } }),
    ],
    [
      'reference types',
      [0x60, 3, 0x70, 0x6f, 0x71, 0],
      one({ kind: 'func', parameters: ['funcref', 'externref', 'nullref'], results: [] }),
    ],
    ['rec group', [0x4e, 0], { kind: 'rec', types: [], explicit: true }],
    [
      'module',
      [0x50, 4, 1, 0x60, 0, 0, 0, 1, 0x61, 1, 0x62, 0, 0, 2, 0x10, 1, 1, 0, 3, 1, 0x6d, 2, 1, 1, 2],
      {
        kind: 'module',
        declarations: [
          { kind: 'type', type: one({ kind: 'func', parameters: [], results: [] }) },
          { kind: 'import', module: 'a', name: 'b', type: { kind: 'func', type: 0 } },
          { kind: 'alias', count: 1, index: 0 },
          {
            kind: 'export',
            name: 'm',
            type: {
              kind: 'memory',
              limits: { minimum: 1n, maximum: 2n, shared: false, index64: false },
              pageSizeLog2: 16,
            },
          },
        ],
      },
    ],
  ]
  for (const [title, bytes, type] of cases) {
    test(title, () => assert.deepEqual(only(3, ...bytes), { kind: 'core-type', type }))
  }
})

describe('canonical definitions', () => {
  const cases: [bytes: number[], canon: unknown][] = [
    [[0x00, 0x00, 9, 0, 2], { kind: 'lift', func: 9, options: [], type: 2 }],
    [
      [0x01, 0x00, 9, 8, 0, 1, 2, 3, 7, 4, 8, 5, 9, 6, 7, 10],
      {
        kind: 'lower',
        func: 9,
        options: [
          { kind: 'string-encoding', encoding: 'utf8' },
          { kind: 'string-encoding', encoding: 'utf16' },
          { kind: 'string-encoding', encoding: 'latin1+utf16' },
          { kind: 'memory', memory: 7 },
          { kind: 'realloc', func: 8 },
          { kind: 'post-return', func: 9 },
          { kind: 'async' },
          { kind: 'callback', func: 10 },
        ],
      },
    ],
    [[0x02, 5], { kind: 'resource.new', type: 5 }],
    [[0x03, 5], { kind: 'resource.drop', type: 5 }],
    [[0x04, 5], { kind: 'resource.rep', type: 5 }],
    [[0x05], { kind: 'task.cancel' }],
    [[0x06, 1], { kind: 'subtask.cancel', async: true }],
    [[0x09, 0, 0x79, 0], { kind: 'task.return', result: 'u32', options: [] }],
    [[0x09, 1, 0, 0], { kind: 'task.return', result: undefined, options: [] }],
    [[0x0a, 0x7f, 0], { kind: 'context.get', type: 'i32', index: 0 }],
    [[0x0b, 0x7e, 1], { kind: 'context.set', type: 'i64', index: 1 }],
    [[0x0c, 1], { kind: 'thread.yield', cancellable: true }],
    [[0x0d], { kind: 'subtask.drop' }],
    [[0x0e, 3], { kind: 'stream.new', type: 3 }],
    [[0x0f, 3, 1, 6], { kind: 'stream.read', type: 3, options: [{ kind: 'async' }] }],
    [[0x10, 3, 0], { kind: 'stream.write', type: 3, options: [] }],
    [[0x11, 3, 0], { kind: 'stream.cancel-read', type: 3, async: false }],
    [[0x12, 3, 1], { kind: 'stream.cancel-write', type: 3, async: true }],
    [[0x13, 3], { kind: 'stream.drop-readable', type: 3 }],
    [[0x14, 3], { kind: 'stream.drop-writable', type: 3 }],
    [[0x15, 4], { kind: 'future.new', type: 4 }],
    [[0x16, 4, 0], { kind: 'future.read', type: 4, options: [] }],
    [[0x17, 4, 0], { kind: 'future.write', type: 4, options: [] }],
    [[0x18, 4, 1], { kind: 'future.cancel-read', type: 4, async: true }],
    [[0x19, 4, 0], { kind: 'future.cancel-write', type: 4, async: false }],
    [[0x1a, 4], { kind: 'future.drop-readable', type: 4 }],
    [[0x1b, 4], { kind: 'future.drop-writable', type: 4 }],
    [[0x1c, 0], { kind: 'error-context.new', options: [] }],
    [[0x1d, 0], { kind: 'error-context.debug-message', options: [] }],
    [[0x1e], { kind: 'error-context.drop' }],
    [[0x1f], { kind: 'waitable-set.new' }],
    [[0x20, 0, 2], { kind: 'waitable-set.wait', cancellable: false, memory: 2 }],
    [[0x21, 1, 2], { kind: 'waitable-set.poll', cancellable: true, memory: 2 }],
    [[0x22], { kind: 'waitable-set.drop' }],
    [[0x23], { kind: 'waitable.join' }],
    [[0x24], { kind: 'backpressure.inc' }],
    [[0x25], { kind: 'backpressure.dec' }],
    [[0x26], { kind: 'thread.index' }],
    [[0x27, 1, 2], { kind: 'thread.new-indirect', type: 1, table: 2 }],
    [[0x28], { kind: 'thread.resume-later' }],
    [[0x29, 0], { kind: 'thread.suspend', cancellable: false }],
    [[0x2a, 1], { kind: 'thread.suspend-then-resume', cancellable: true }],
    [[0x2b, 0], { kind: 'thread.yield-then-resume', cancellable: false }],
    [[0x2c, 0], { kind: 'thread.suspend-then-promote', cancellable: false }],
    [[0x2d, 1], { kind: 'thread.yield-then-promote', cancellable: true }],
    [[0x40, 1, 3], { kind: 'thread.spawn-ref', shared: true, type: 3 }],
    [[0x41, 0, 3, 4], { kind: 'thread.spawn-indirect', shared: false, type: 3, table: 4 }],
    [[0x42, 1], { kind: 'thread.available-parallelism', shared: true }],
  ]
  for (const [bytes, canon] of cases) {
    test((canon as { kind: string }).kind, () =>
      assert.deepEqual(only(8, ...bytes), { kind: 'canon', canon }),
    )
  }
})

describe('other definitions', () => {
  const plain = (name: string) => ({ name, prefix: 0, attributes: [] })
  const cases: [name: string, id: number, bytes: number[], definition: unknown][] = [
    [
      'core instance',
      2,
      [0, 3, 1, 1, 0x61, 0x12, 4],
      {
        kind: 'core-instance',
        instance: { kind: 'instantiate', module: 3, args: [{ name: 'a', instance: 4 }] },
      },
    ],
    [
      'core inline exports',
      2,
      [1, 2, 1, 0x66, 0, 1, 1, 0x67, 4, 2],
      {
        kind: 'core-instance',
        instance: {
          kind: 'exports',
          exports: [
            { name: 'f', sort: 'func', index: 1 },
            { name: 'g', sort: 'tag', index: 2 },
          ],
        },
      },
    ],
    [
      'instance',
      5,
      [0, 3, 1, 1, 0x61, 5, 4],
      {
        kind: 'instance',
        instance: {
          kind: 'instantiate',
          component: 3,
          args: [{ name: 'a', item: { sort: 'instance', index: 4 } }],
        },
      },
    ],
    [
      'inline exports',
      5,
      [1, 1, 0, 1, 0x6d, 0, 0x11, 1],
      {
        kind: 'instance',
        instance: {
          kind: 'exports',
          exports: [{ name: plain('m'), item: { sort: 'core module', index: 1 } }],
        },
      },
    ],
    [
      'export alias',
      6,
      [1, 0, 2, 1, 0x67],
      { kind: 'alias', sort: 'func', target: { kind: 'export', instance: 2, name: 'g' } },
    ],
    [
      'core export alias',
      6,
      [0, 2, 1, 2, 1, 0x6d],
      { kind: 'alias', sort: 'core memory', target: { kind: 'core-export', instance: 2, name: 'm' } },
    ],
    [
      'outer alias',
      6,
      [0, 0x11, 2, 1, 3],
      { kind: 'alias', sort: 'core module', target: { kind: 'outer', count: 1, index: 3 } },
    ],
    [
      'import',
      10,
      [1, 1, 0x76, 2, 1, 0x79],
      {
        kind: 'import',
        name: { name: 'v', prefix: 1, attributes: [] },
        type: { kind: 'value', bound: { kind: 'type', type: 'u32' } },
      },
    ],
    [
      'import with attributes',
      10,
      [2, 1, 0x69, 3, 0, 3, 0x61, 0x3a, 0x62, 1, 2, 0x2e, 0x31, 2, 1, 0x78, 5, 0],
      {
        kind: 'import',
        name: {
          name: 'i',
          prefix: 2,
          attributes: [
            { kind: 'implements', interface: 'a:b' },
            { kind: 'version-suffix', suffix: '.1' },
            { kind: 'external-id', id: 'x' },
          ],
        },
        type: { kind: 'instance', type: 0 },
      },
    ],
    [
      'export',
      11,
      [0, 1, 0x65, 1, 2, 0],
      { kind: 'export', name: plain('e'), item: { sort: 'func', index: 2 }, type: undefined },
    ],
    [
      'export with a type',
      11,
      [0, 1, 0x65, 0, 0x11, 2, 1, 0, 0x11, 7],
      {
        kind: 'export',
        name: plain('e'),
        item: { sort: 'core module', index: 2 },
        type: { kind: 'core-module', type: 7 },
      },
    ],
    ['value', 12, [0x79, 2, 0xe8, 0x07], { kind: 'value', type: 'u32', range: { start: 13, end: 15 } }],
  ]
  for (const [title, id, bytes, definition] of cases) {
    test(title, () => assert.deepEqual(only(id, ...bytes), definition))
  }

  test('start', () => {
    assert.deepEqual(decode(component(9, 3, 2, 0, 1, 1)).definitions, [
      { kind: 'start', offset: 10, func: 3, args: [0, 1], results: 1 },
    ])
  })
  test('custom sections stay where they are', () => {
    const bytes = new ByteWriter()
      .bytes(component(7, 1, 0x73))
      .section(0, (custom) => custom.name('note').bytes([1, 2, 3]))
      .section(7, (types) => types.bytes([1, 0x79]))
      .finish()
    const { definitions } = decode(bytes)
    assert.deepEqual(
      definitions.map(({ kind }) => kind),
      ['type', 'custom', 'type'],
    )
    assert.deepEqual(definitions[1], {
      kind: 'custom',
      offset: 14,
      name: 'note',
      range: { start: 19, end: 22 },
    })
  })
  test('core modules are byte ranges', () => {
    const { bytes, definitions } = decode(component(1, ...emptyModule))
    assert.deepEqual(definitions, [{ kind: 'core-module', offset: 10, range: { start: 10, end: 18 } }])
    assert.deepEqual([...bytes.subarray(10, 18)], emptyModule)
  })
  test('components nest; offsets are those of the file', () => {
    const { definitions } = decode(component(4, ...component(7, 1, 0x73)))
    const [nested] = definitions as Extract<Definition, { kind: 'component' }>[]
    assert.deepEqual(nested!.component.range, { start: 10, end: 22 })
    assert.equal(nested!.component.definitions[0]!.offset, 21)
  })
})

test('what an assembler made', async () => {
  const bytes = await assemble(`(component $outer
    (import "wasi:io/error@0.2.0" (instance (export "error" (type (sub resource)))))
    (core module $m (memory (export "mem") 1) (func (export "f") (param i32 i32)))
    (core instance $i (instantiate $m))
    (type $t (record (field "a" u8) (field "b" (option string))))
    (component $inner (import "x" (func)) (export "y" (func 0)))
    (func $f (import "f") (param "s" string))
    (core func $lowered (canon lower (func $f) (memory (core memory $i "mem")) string-encoding=utf16))
    (func (export "g") (param "s" string)
      (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $lowered)))))`)
  const counts: Record<string, number> = {}
  for (const { kind } of decode(bytes).definitions) counts[kind] = (counts[kind] ?? 0) + 1
  assert.deepEqual(counts, {
    type: 5,
    import: 2,
    'core-module': 1,
    'core-instance': 1,
    component: 1,
    alias: 3,
    canon: 2,
    export: 1,
    custom: 1,
  })
})
