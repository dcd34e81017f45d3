/** Each limit on a count: so many are no problem, one more is. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ByteWriter } from '../binary/byte-writer.ts'
import { decode } from '../binary/decode.ts'
import { encode } from '../binary/encode.ts'
import type { Definition, ExternName, ValueTypeReference, ValueTypeSyntax } from '../component/component.ts'
import type { ComponentIndex, FuncIndex, TypeIndex } from '../component/indices.ts'
import { limits } from '../component/limits.ts'
import { TenonError } from '../errors.ts'
import { validate } from './validate.ts'

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))
const named = (name: string): ExternName => ({ name, prefix: 0, attributes: [] })
const empty = { bytes: new Uint8Array(), range: { start: 0, end: 0 } }
const at = { offset: 0 } as const

const value = (type: ValueTypeSyntax): Definition => ({ ...at, kind: 'type', type: { kind: 'value', type } })
const names = (count: number): string[] => times(count, (i) => `n${i}`)
const labelled = (count: number) => names(count).map((name) => ({ name, type: 'u8' }) as const)
const func: Definition = {
  ...at,
  kind: 'type',
  type: { kind: 'function', async: false, parameters: [], result: undefined },
}
const importFunc: Definition = {
  ...at,
  kind: 'import',
  name: named('f'),
  type: { kind: 'function', type: 0 as TypeIndex },
}
const module = new ByteWriter().bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]).finish()
const component = (definitions: readonly Definition[]): Definition => ({
  ...at,
  kind: 'component',
  component: { ...empty, bytes: module, definitions },
})
const nestedComponents = (depth: number): readonly Definition[] =>
  depth === 0 ? [] : [component(nestedComponents(depth - 1))]
const nestedLists = (depth: number): Definition[] =>
  times(depth - 1, (i) => value({ kind: 'list', element: i === 0 ? 'u8' : ((i - 1) as TypeIndex) }))
const moduleDefinition: Definition = {
  ...at,
  kind: 'core-module',
  range: { start: 0, end: module.length },
}
/** The first of its sort once more. */
const outer = (sort: 'core module' | 'component'): Definition => ({
  ...at,
  kind: 'alias',
  sort,
  target: { kind: 'outer', count: 0, index: 0 },
})

/** The type of the last has as many parts as asked for, half of them in the one before, twice. */
function parts(count: number): Definition[] {
  const levels: Definition[] = []
  const make = (rest: number): ValueTypeReference => {
    if (rest === 1) return 'u8'
    const half = Math.floor((rest - 1) / 2)
    const part = half > 0 ? make(half) : 'u8'
    const types = half > 0 ? [part, part] : []
    if (rest % 2 === 0) types.push('u8')
    levels.push(value({ kind: 'tuple', types }))
    return (levels.length - 1) as TypeIndex
  }
  make(count)
  return levels
}

type Count = readonly [limit: number, definitions: (count: number) => readonly Definition[], problem: string]

const counts: Readonly<Record<string, Count>> = {
  nameSize: [
    limits.nameSize,
    (n) => [func, { ...importFunc, name: named('a'.repeat(n)) }],
    'name is too long',
  ],
  functionParameters: [
    limits.functionParameters,
    (n) => [
      {
        ...at,
        kind: 'type',
        type: { kind: 'function', async: false, parameters: labelled(n), result: undefined },
      },
    ],
    'too many function parameters',
  ],
  recordFields: [
    limits.recordFields,
    (n) => [value({ kind: 'record', fields: labelled(n) })],
    'too many record fields',
  ],
  variantCases: [
    limits.variantCases,
    (n) => [value({ kind: 'variant', cases: labelled(n) })],
    'too many variant cases',
  ],
  tupleTypes: [
    limits.tupleTypes,
    (n) => [value({ kind: 'tuple', types: times(n, () => 'u8' as const) })],
    'too many tuple types',
  ],
  enumCases: [limits.enumCases, (n) => [value({ kind: 'enum', names: names(n) })], 'too many enum cases'],
  instantiationArguments: [
    limits.instantiationArguments,
    (n) => [
      func,
      importFunc,
      component([]),
      {
        ...at,
        kind: 'instance',
        instance: {
          kind: 'instantiate',
          component: 0 as ComponentIndex,
          args: names(n).map((name) => ({ name, item: { sort: 'func', index: 0 } })),
        },
      },
    ],
    'too many arguments',
  ],
  instantiationExports: [
    limits.instantiationExports,
    (n) => [
      func,
      importFunc,
      {
        ...at,
        kind: 'instance',
        instance: {
          kind: 'exports',
          exports: names(n).map((name) => ({ name: named(name), item: { sort: 'func', index: 0 } })),
        },
      },
    ],
    'too many exports',
  ],
  modules: [
    limits.modules,
    (n) => [moduleDefinition, ...times(n - 1, () => outer('core module'))],
    'the count of modules',
  ],
  components: [
    limits.components,
    (n) => [component([]), ...times(n - 1, () => outer('component'))],
    'the count of components',
  ],
  // The component of the file is one of them.
  modulesAndComponents: [
    limits.modulesAndComponents,
    (n) =>
      times((n - 1) / 3, () => component([moduleDefinition, component([])])).concat(
        times((n - 1) % 3, () => component([])),
      ),
    'the count of core modules and components',
  ],
  instances: [
    limits.instances,
    (n) => times(n, () => ({ ...at, kind: 'instance', instance: { kind: 'exports', exports: [] } })),
    'the count of instances',
  ],
  coreInstances: [
    limits.instances,
    (n) => times(n, () => ({ ...at, kind: 'core-instance', instance: { kind: 'exports', exports: [] } })),
    'the count of core instances',
  ],
  // The component of the file is none of those that are nested.
  componentDepth: [limits.componentDepth, nestedComponents, 'component nesting is too deep'],
  typeDepth: [limits.typeDepth, nestedLists, 'type nesting'],
  typeSize: [limits.typeSize, parts, 'effective type size'],
}

describe('counts', () => {
  for (const [name, [limit, definitions, problem]] of Object.entries(counts)) {
    test(name, () => {
      load(definitions(limit))
      assert.throws(
        () => load(definitions(limit + 1)),
        (error: unknown) => {
          assert.ok(error instanceof TenonError && error.code === 'limit', String(error))
          assert.ok(error.message.startsWith(problem) && error.message.includes('limit'), error.message)
          return true
        },
      )
    })
  }
})

function load(definitions: readonly Definition[]): void {
  validate(decode(encode({ ...empty, bytes: module, definitions })))
}

/** The count stands in front of as many bytes, whatever they are. */
const announced: Readonly<
  Record<string, readonly [limit: number, section: number, bytes: readonly number[]]>
> = {
  types: [limits.types, 7, []],
  moduleTypeDeclarations: [limits.moduleTypeDeclarations, 3, [1, 0x50]],
  componentTypeDeclarations: [limits.componentTypeDeclarations, 7, [1, 0x41]],
  instanceTypeDeclarations: [limits.instanceTypeDeclarations, 7, [1, 0x42]],
  flagNames: [limits.flagNames, 7, [1, 0x6e]],
  canonicalOptions: [limits.canonicalOptions, 8, [1, 0x01, 0x00, 0]],
  nameAttributes: [limits.nameAttributes, 10, [1, 0x02, 1, 0x61]],
  structFields: [limits.structFields, 3, [1, 0x5f]],
  supertypes: [limits.supertypes, 3, [1, 0x00, 0x50]],
  startArguments: [limits.startArguments, 9, [0]],
}

describe('announced counts', () => {
  for (const [name, [limit, section, bytes]] of Object.entries(announced)) {
    test(name, () => {
      const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]
      const announcing = (count: number): Uint8Array =>
        new ByteWriter()
          .bytes(preamble)
          .section(section, (writer) =>
            writer.bytes(bytes).u32(count).bytes(new Uint8Array(count).fill(0xff)),
          )
          .finish()
      assert.throws(() => decode(announcing(limit)), { code: 'decode' })
      assert.throws(() => decode(announcing(limit + 1)), {
        code: 'limit',
        message: /: found \d+, the limit is /,
      })
    })
  }

  test('startResults', () => {
    const start = (results: number) => () =>
      load([{ ...at, kind: 'start', func: 0 as FuncIndex, args: [], results }])
    assert.throws(start(limits.startResults), { code: 'validation' })
    assert.throws(start(limits.startResults + 1), { code: 'limit', message: /^too many start results/ })
  })

  test('fixedLengthListElements', () => {
    const list = (length: number) => () => load([value({ kind: 'list', element: 'u8', length })])
    assert.throws(list(limits.fixedLengthListElements), { message: /^type exceeds maximum byte size/ })
    assert.throws(list(limits.fixedLengthListElements + 1), { code: 'limit' })
  })
})
