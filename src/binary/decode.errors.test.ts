import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { limits } from '../component/limits.ts'
import { ByteWriter } from './byte-writer.ts'
import { decode } from './decode.ts'

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]
const moduleOf = (...sections: number[]) => [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...sections]
const text = (string: string): number[] => [...new TextEncoder().encode(string)]

describe('what is no component at all', () => {
  const cases: [name: string, bytes: number[], message: RegExp][] = [
    ['an empty file', [], /^unexpected end-of-file: no bytes at all/],
    [
      'WebAssembly text',
      text('\n  (component)'),
      /^magic header not detected: this is WebAssembly text.*assemble it/,
    ],
    [
      'WebAssembly text after a comment',
      text(';; hi\n(component)'),
      /^magic header not detected: this is WebAssembly text/,
    ],
    ['another file', text('\u007fELF'), /^magic header not detected: found 7f 45 4c 46, wanted 00 61 73 6d/],
    [
      'a core module',
      moduleOf(),
      /^expected a version header for a component, found a core module.*wasm-tools component new/,
    ],
    ['a cut preamble', preamble.slice(0, 7), /^unexpected end-of-file/],
    ['a cut magic', [0, 0x61], /^unexpected end-of-file/],
    ['another version', [0, 0x61, 0x73, 0x6d, 0x0c, 0, 1, 0], /^unknown binary version: found 0c 00 01 00/],
    ['another layer', [0, 0x61, 0x73, 0x6d, 0x0d, 0, 2, 0], /^unknown binary version/],
  ]
  for (const [name, bytes, message] of cases) {
    test(name, () =>
      assert.throws(() => decode(Uint8Array.from(bytes)), { name: 'DecodeError', code: 'decode', message }),
    )
  }
})

describe('malformed sections', () => {
  // Section id, contents; the offset counts from the start of the contents (which is 10).
  const cases: [
    name: string,
    id: number,
    bytes: number[],
    message: string,
    offset: number,
    path: string[],
  ][] = [
    ['section id', 13, [], 'malformed section id', -2, []],
    ['an item that is missing', 7, [2, 0x73], 'unexpected end-of-file', 1, ['type section']],
    ['bytes left over', 7, [1, 0x73, 0x73], 'section size mismatch', 2, ['type section']],
    ['custom section name', 0, [5, 0x61], 'unexpected end-of-file', 1, ['custom section']],
    [
      'core instance',
      2,
      [1, 2],
      'invalid leading byte (0x2) for core instance',
      1,
      ['core instance section', 'item 0'],
    ],
    [
      'core argument',
      2,
      [1, 0, 0, 1, 0, 0, 0],
      'invalid leading byte (0x0) for instantiation arg kind',
      5,
      ['core instance section', 'item 0'],
    ],
    [
      'core sort',
      2,
      [1, 1, 1, 0, 5, 0],
      'invalid leading byte (0x5) for core external kind',
      4,
      ['core instance section', 'item 0'],
    ],
    ['core type', 3, [1, 0x61], 'invalid leading byte (0x61) for type', 1, ['core type section', 'item 0']],
    [
      'core sub type',
      3,
      [1, 0, 0x60],
      'invalid leading byte (0x60) for non-final sub type',
      2,
      ['core type section', 'item 0'],
    ],
    ['core value type', 3, [1, 0x60, 1, 0x40, 0], 'invalid value type', 3, ['core type section', 'item 0']],
    [
      'core heap type',
      3,
      [1, 0x60, 1, 0x64, 0x41, 0],
      'invalid heap type',
      4,
      ['core type section', 'item 0'],
    ],
    ['core mutability', 3, [1, 0x5e, 0x7f, 2], 'malformed mutability', 3, ['core type section', 'item 0']],
    [
      'core continuation',
      3,
      [1, 0x5d, 0x70],
      'invalid continuation type',
      2,
      ['core type section', 'item 0'],
    ],
    [
      'module declaration',
      3,
      [1, 0x50, 1, 4],
      'invalid leading byte (0x4) for type definition',
      3,
      ['core type section', 'item 0'],
    ],
    [
      'module alias sort',
      3,
      [1, 0x50, 1, 2, 0],
      'invalid leading byte (0x0) for outer alias kind',
      4,
      ['core type section', 'item 0'],
    ],
    [
      'module alias target',
      3,
      [1, 0x50, 1, 2, 0x10, 0],
      'invalid leading byte (0x0) for outer alias target',
      5,
      ['core type section', 'item 0'],
    ],
    [
      'module import',
      3,
      [1, 0x50, 1, 0, 0, 0, 5],
      'invalid leading byte (0x5) for external kind',
      6,
      ['core type section', 'item 0'],
    ],
    [
      'memory flags',
      3,
      [1, 0x50, 1, 3, 0, 2, 0x10],
      'malformed limits flags',
      6,
      ['core type section', 'item 0'],
    ],
    [
      'page size',
      3,
      [1, 0x50, 1, 3, 0, 2, 0x08, 0, 64],
      'invalid custom page size',
      6,
      ['core type section', 'item 0'],
    ],
    [
      'table flags',
      3,
      [1, 0x50, 1, 3, 0, 1, 0x70, 0x08],
      'malformed limits flags',
      7,
      ['core type section', 'item 0'],
    ],
    [
      'table element',
      3,
      [1, 0x50, 1, 3, 0, 1, 0x7f, 0],
      'malformed reference type',
      6,
      ['core type section', 'item 0'],
    ],
    [
      'tag',
      3,
      [1, 0x50, 1, 3, 0, 4, 1, 0],
      'invalid leading byte (0x1) for tag attribute',
      6,
      ['core type section', 'item 0'],
    ],
    ['instance', 5, [1, 2], 'invalid leading byte (0x2) for instance', 1, ['instance section', 'item 0']],
    [
      'sort',
      5,
      [1, 0, 0, 1, 0, 6, 0],
      'invalid leading byte (0x6) for component external kind',
      5,
      ['instance section', 'item 0'],
    ],
    [
      'core sort of a sort',
      5,
      [1, 0, 0, 1, 0, 0, 0x13],
      'invalid leading byte (0x13) for component external kind',
      6,
      ['instance section', 'item 0'],
    ],
    ['alias target', 6, [1, 3, 3], 'invalid leading byte (0x3) for alias', 2, ['alias section', 'item 0']],
    [
      'alias sort',
      6,
      [1, 6, 0, 0, 0],
      'invalid leading byte (0x6) for component external kind',
      1,
      ['alias section', 'item 0'],
    ],
    [
      'outer alias sort',
      6,
      [1, 5, 2, 0, 0],
      'invalid leading byte (0x5) for component outer alias kind',
      1,
      ['alias section', 'item 0'],
    ],
    [
      'outer alias core sort',
      6,
      [1, 0, 0x13, 2, 0, 0],
      'invalid leading byte (0x13) for component outer alias kind',
      2,
      ['alias section', 'item 0'],
    ],
    [
      'type',
      7,
      [1, 0x62],
      'invalid leading byte (0x62) for component defined type',
      1,
      ['type section', 'item 0'],
    ],
    [
      'value type',
      7,
      [1, 0x70, 0x72],
      'invalid leading byte (0x72) for component value type',
      2,
      ['type section', 'item 0'],
    ],
    [
      'optional value type',
      7,
      [1, 0x66, 2],
      'invalid leading byte (0x2) for optional component value type',
      2,
      ['type section', 'item 0'],
    ],
    [
      'case',
      7,
      [1, 0x71, 1, 0, 0, 1],
      'invalid leading byte (0x1) for zero byte required',
      5,
      ['type section', 'item 0'],
    ],
    [
      'results',
      7,
      [1, 0x40, 0, 2],
      'invalid leading byte (0x2) for component function results',
      3,
      ['type section', 'item 0'],
    ],
    [
      'number of results',
      7,
      [1, 0x40, 0, 1, 1],
      'invalid leading byte (0x1) for number of results',
      4,
      ['type section', 'item 0'],
    ],
    [
      'destructor',
      7,
      [1, 0x3f, 0x7f, 2],
      'invalid leading byte (0x2) for resource destructor',
      3,
      ['type section', 'item 0'],
    ],
    [
      'declaration',
      7,
      [1, 0x41, 1, 5],
      'invalid leading byte (0x5) for component or instance type declaration',
      3,
      ['type section', 'item 0'],
    ],
    [
      'import in an instance type',
      7,
      [1, 0x42, 1, 3],
      'invalid leading byte (0x3) for component or instance type declaration',
      3,
      ['type section', 'item 0'],
    ],
    [
      'canon',
      8,
      [1, 0x07],
      'invalid leading byte (0x7) for canonical function',
      1,
      ['canon section', 'item 0'],
    ],
    [
      'lift',
      8,
      [1, 0, 1],
      'invalid leading byte (0x1) for canonical function lift',
      2,
      ['canon section', 'item 0'],
    ],
    [
      'lower',
      8,
      [1, 1, 1],
      'invalid leading byte (0x1) for canonical function lower',
      2,
      ['canon section', 'item 0'],
    ],
    [
      'option',
      8,
      [1, 1, 0, 0, 1, 8],
      'invalid leading byte (0x8) for canonical option',
      5,
      ['canon section', 'item 0'],
    ],
    ['flag', 8, [1, 0x0c, 2], 'invalid boolean value', 2, ['canon section', 'item 0']],
    [
      'name prefix',
      10,
      [1, 3],
      'invalid leading byte (0x3) for component name',
      1,
      ['import section', 'item 0'],
    ],
    [
      'attribute',
      10,
      [1, 2, 0, 1, 3],
      'invalid leading byte (0x3) for name option',
      4,
      ['import section', 'item 0'],
    ],
    [
      'extern type',
      10,
      [1, 0, 0, 6],
      'invalid leading byte (0x6) for component external kind',
      3,
      ['import section', 'item 0'],
    ],
    [
      'core extern type',
      10,
      [1, 0, 0, 0, 0],
      'invalid leading byte (0x0) for component external kind',
      4,
      ['import section', 'item 0'],
    ],
    [
      'type bound',
      10,
      [1, 0, 0, 3, 2],
      'invalid leading byte (0x2) for type bound',
      4,
      ['import section', 'item 0'],
    ],
    [
      'value bound',
      10,
      [1, 0, 0, 2, 2],
      'invalid leading byte (0x2) for value bound',
      4,
      ['import section', 'item 0'],
    ],
    [
      'ascribed type',
      11,
      [1, 0, 0, 1, 0, 2],
      'invalid leading byte (0x2) for optional component export type',
      5,
      ['export section', 'item 0'],
    ],
    ['value', 12, [1, 0x79, 2, 0], 'unexpected end-of-file', 3, ['value section', 'item 0']],
    ['module preamble', 1, preamble, 'expected a version header for a module', 0, ['core module 0']],
    ['module section id', 1, moduleOf(14, 0), 'malformed section id', 8, ['core module 0']],
    ['module section order', 1, moduleOf(11, 1, 0, 1, 1, 0), 'section out of order', 11, ['core module 0']],
    ['module section twice', 1, moduleOf(1, 1, 0, 1, 1, 0), 'section out of order', 11, ['core module 0']],
    ['module section size', 1, moduleOf(1, 2, 0), 'unexpected end-of-file', 10, ['core module 0']],
    ['nested preamble', 4, moduleOf(), 'expected a version header for a component', 0, ['component 0']],
    [
      'nested section',
      4,
      [...preamble, 7, 2, 1, 0x62],
      'invalid leading byte (0x62)',
      11,
      ['component 0', 'type section', 'item 0'],
    ],
  ]
  for (const [name, id, contents, message, offset, path] of cases) {
    test(name, () => {
      const bytes = new ByteWriter()
        .bytes(preamble)
        .section(id, (section) => section.bytes(contents))
        .finish()
      assert.throws(
        () => decode(bytes),
        (error: unknown) => {
          assert.ok(error instanceof Error && error.message.startsWith(message), `${error}`)
          assert.partialDeepStrictEqual(
            { ...error },
            {
              code: 'decode',
              offset: 10 + offset,
              path,
              name: 'DecodeError',
            },
          )
          return true
        },
      )
    })
  }

  test('nested modules and components are numbered', () => {
    const bytes = new ByteWriter()
      .bytes(preamble)
      .section(1, (module) => module.bytes(moduleOf()))
      .section(4, (component) => component.bytes(preamble))
      .section(4, (component) =>
        component
          .bytes(preamble)
          .section(1, (module) => module.bytes(moduleOf()))
          .section(1, (module) => module.bytes([1])),
      )
      .finish()
    assert.throws(() => decode(bytes), { path: ['component 1', 'core module 1'] })
  })
})

describe('bombs end quickly', () => {
  const within = (milliseconds: number, body: () => void): void => {
    const start = performance.now()
    body()
    assert.ok(performance.now() - start < milliseconds)
  }
  const types = (contents: readonly number[]) =>
    new ByteWriter()
      .bytes(preamble)
      .section(7, (section) => section.bytes(contents))
      .finish()

  test('component types nested 100,000 deep', () => {
    const deep = [1, ...Array.from({ length: 100_000 }, () => [0x41, 1, 1]).flat(), 0x73]
    within(200, () =>
      assert.throws(() => decode(types(deep)), { code: 'limit', message: /^type nesting is too deep/ }),
    )
  })
  test('components nested 100,000 deep', () => {
    // Sizes only grow outwards: every level takes the preamble, a section id and a size that is padded to five bytes.
    const level = 8 + 1 + 5
    const bytes = new Uint8Array(100_000 * level)
    for (let i = 0; i < 100_000; i++) {
      const inside = bytes.length - (i + 1) * level
      const size = [0, 7, 14, 21, 28].map((shift) => ((inside >>> shift) & 0x7f) | (shift < 28 ? 0x80 : 0))
      bytes.set([...preamble, 4, ...size], i * level)
    }
    within(200, () =>
      assert.throws(() => decode(bytes), { code: 'limit', message: /^component nesting is too deep/ }),
    )
  })
  test('as deep as the limit is fine', () => {
    const declarations = Array.from({ length: limits.typeDepth }, () => [0x41, 1, 1]).flat()
    decode(types([1, ...declarations, 0x73]))
    let bytes: Uint8Array = Uint8Array.from(preamble)
    for (let i = 0; i < limits.componentDepth; i++) {
      const inner = bytes
      bytes = new ByteWriter()
        .bytes(preamble)
        .section(4, (section) => section.bytes(inner))
        .finish()
    }
    decode(bytes)
  })
  const huge = [0xff, 0xff, 0xff, 0xff, 0x0f]
  for (const [name, contents] of [
    ['definitions', huge],
    ['record fields', [1, 0x72, ...huge]],
    ['enum cases', [1, 0x6d, ...huge]],
    ['declarations', [1, 0x42, ...huge]],
    ['bytes in a name', [1, 0x6d, 1, ...huge]],
  ] as const) {
    test(`2³² ${name}`, () => {
      within(50, () =>
        assert.throws(() => decode(types(contents)), /unexpected end-of-file|name is too long/),
      )
    })
  }
  test('more fields than the limit', () => {
    const fields = Array.from({ length: limits.recordFields + 1 }, () => [1, 0x61, 0x7f]).flat()
    assert.throws(() => decode(types([1, 0x72, 0x91, 0x4e, ...fields])), {
      code: 'limit',
      message: /^too many record fields: found 10001, the limit is 10000/,
    })
  })
  test('LEB128 without an end', () => {
    const endless = new Uint8Array(1_000_000).fill(0x80)
    endless.set([...preamble, 7])
    within(50, () => assert.throws(() => decode(endless), /^DecodeError: integer representation too long/))
  })
})
