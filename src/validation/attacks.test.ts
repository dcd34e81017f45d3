/**
 * Files made to keep the checker busy: each may take no more processor time than a plain file of its size, times a factor, or it is
 * refused for what it is. All are about a million bytes.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decode } from '../binary/decode.ts'
import { encode } from '../binary/encode.ts'
import type {
  Component,
  Declaration,
  Definition,
  ExternName,
  ExternTypeSyntax,
  SortIndex,
  TypeSyntax,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../component/component.ts'
import type { ComponentIndex, InstanceIndex, TypeIndex } from '../component/indices.ts'
import { DecodeError, type ValidationError } from '../errors.ts'
import { validationProblems } from './validate.ts'

const size = 1_000_000
/** An attack may be so much more work than the plain file. */
const factor = 12

const component = (definitions: readonly Definition[]): Component => ({
  bytes: new Uint8Array(),
  range: { start: 0, end: 0 },
  definitions,
})
const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))
const named = (name: string): ExternName => ({ name, prefix: 0, attributes: [] })
const type = (syntax: TypeSyntax): Definition & Declaration => ({ kind: 'type', offset: 0, type: syntax })
const value = (syntax: ValueTypeSyntax) => type({ kind: 'value', type: syntax })
const func = (parameters: readonly ValueTypeReference[], result?: ValueTypeReference) =>
  type({
    kind: 'function',
    async: false,
    parameters: parameters.map((each, i) => ({ name: `p${i}`, type: each })),
    result,
  })
const importFunc = (name: string, index: number): Definition & Declaration => ({
  kind: 'import',
  offset: 0,
  name: named(name),
  type: { kind: 'function', type: index as TypeIndex },
})
const item = (sort: SortIndex['sort'], index: number): SortIndex => ({ sort, index })
const nested = (definitions: readonly Definition[]): Definition => ({
  kind: 'component',
  offset: 0,
  component: component(definitions),
})

/** Functions that are imported and exported, with names that have nothing to them. */
const plain = encode(
  component([
    func(['string', 'u32'], 'string'),
    ...times(size / 25, (i) => importFunc(`import-number-${i}`, 0)),
  ]),
)

/** Milliseconds of processor time, and the problems. */
function check(bytes: Uint8Array): { time: number; problems: readonly (DecodeError | ValidationError)[] } {
  const before = process.cpuUsage()
  let problems: readonly (DecodeError | ValidationError)[]
  try {
    problems = validationProblems(decode(bytes))
  } catch (error) {
    assert.ok(error instanceof DecodeError, String(error))
    problems = [error]
  }
  const { user, system } = process.cpuUsage(before)
  return { time: (user + system) / 1_000, problems }
}

const manyNames = (count: number, name: (i: number) => string): Definition[] => [
  func([]),
  ...times(count, (i) => importFunc(name(i), 0)),
]

/** Sixty-four parts, of few bytes. */
const wide: readonly Definition[] = [
  value({ kind: 'tuple', types: times(7, () => 'u8') }),
  value({ kind: 'tuple', types: times(7, () => 0 as TypeIndex) }),
]

/** An instance type that exports one thing 50,000 times, and 999 imports of it. */
function importedOften(first: Definition & Declaration, exported: ExternTypeSyntax): Definition[] {
  const exports = times(
    50_000,
    (i): Declaration => ({ kind: 'export', offset: 0, name: named(`e${i}`), type: exported }),
  )
  return [
    type({ kind: 'instance', declarations: [first, ...exports] }),
    ...times(
      999,
      (i): Definition => ({
        kind: 'import',
        offset: 0,
        name: named(`i${i}`),
        type: { kind: 'instance', type: 0 as TypeIndex },
      }),
    ),
  ]
}

const attacks: Readonly<
  Record<string, readonly [definitions: () => readonly Definition[], problem?: RegExp]>
> = {
  'an instance of very many exports, aliased': [
    () => [
      func([]),
      importFunc('f', 0),
      {
        kind: 'instance',
        offset: 0,
        instance: {
          kind: 'exports',
          exports: times(50_000, (i) => ({ name: named(`e${i}`), item: item('func', 0) })),
        },
      },
      ...times(20_000, (i): Definition => {
        const target = { kind: 'export', instance: 0 as InstanceIndex, name: `e${i}` } as const
        return { kind: 'alias', offset: 0, sort: 'func', target }
      }),
    ],
  ],
  'a large instance type, imported as often as may be': [
    () => importedOften(func([]), { kind: 'function', type: 0 as TypeIndex }),
    /^effective type size exceeds the limit/,
  ],
  'an instance type with many types, imported as often as may be': [
    () =>
      importedOften(value({ kind: 'enum', names: ['a'] }), {
        kind: 'type',
        bound: { kind: 'eq', index: 0 as TypeIndex },
      }),
    /^the work of checking types exceeds the limit/,
  ],
  'components in components with aliases of the outermost': [
    () => [
      func([]),
      times(99, (i) => i).reduceRight<Definition>(
        (inner, depth) =>
          nested([
            ...times(1_000, (): Definition => {
              const target = { kind: 'outer', count: depth + 1, index: 0 } as const
              return { kind: 'alias', offset: 0, sort: 'type', target }
            }),
            inner,
          ]),
        nested([]),
      ),
    ],
  ],
  'aliases of what is further out than anything': [
    () =>
      times(100_000, (): Definition => {
        const target = { kind: 'outer', count: 2 ** 32 - 1, index: 2 ** 32 - 1 } as const
        return { kind: 'alias', offset: 0, sort: 'type', target }
      }),
    /^invalid outer alias count/,
  ],
  'names that are long and nearly alike': [() => manyNames(10, (i) => `${'a'.repeat(99_990)}${i}`)],
  'names of very many words': [() => manyNames(10, (i) => `a${'-0'.repeat(49_990)}${i}`)],
  'names that are no version in the end': [
    () => manyNames(10, (i) => `a:b/c@1.${'1'.repeat(99_900)}.${i}`),
    /exceeds 2\^64 - 1/,
  ],
  'names of versions with very many parts': [
    () => manyNames(10, (i) => `a:b/c@1.2.3-${'a.'.repeat(49_000)}${i}`),
  ],
  'names that begin like the address of a component': [
    () => manyNames(10, (i) => `url=<${'>,integrity=<'.repeat(7_500)}${i}`),
    /is not a valid extern name/,
  ],
  'names with very many hashes': [
    () => manyNames(10, (i) => `integrity=<${'sha256-aaaa '.repeat(8_000)}${i}>`),
    /is not a valid extern name/,
  ],
  'labels of one type that are nearly alike': [
    () => [value({ kind: 'record', fields: times(10_000, (i) => ({ name: `field-${i}`, type: 'u8' })) })],
  ],
  'labels that all have one hash': [
    () => {
      const names = times(2 ** 13, (i) =>
        `x${i.toString(2).padStart(13, '0')}`.replace(/0/g, 'c0').replace(/1/g, 'an'),
      )
      return times(4, () => value({ kind: 'enum', names }))
    },
  ],
  'functions of wide types, compared again and again': [
    () => {
      const signature = [...wide, func(times(1_000, () => 1 as TypeIndex))]
      const names = times(15, (i) => `f${i}`)
      return [
        ...signature,
        ...names.map((name) => importFunc(name, 2)),
        nested([...signature, ...names.map((name) => importFunc(name, 2))]),
        ...times(900, (): Definition => {
          const args = names.map((name, i) => ({ name, item: item('func', i) }))
          const instance = { kind: 'instantiate', component: 0 as ComponentIndex, args } as const
          return { kind: 'instance', offset: 0, instance }
        }),
      ]
    },
    /^the work of checking types exceeds the limit/,
  ],
  'types whose first bytes are alike': [
    () =>
      times(5_000, (i) =>
        type({
          kind: 'instance',
          declarations: [value({ kind: 'enum', names: [`${'a'.repeat(180)}${i}`] })],
        }),
      ),
  ],
  'nothing but problems': [
    () => times(300_000, () => value({ kind: 'tuple', types: [] })),
    /at least one type/,
  ],
  'nothing but components with problems': [
    () => times(60_000, () => nested([value({ kind: 'tuple', types: [] })])),
    /at least one type/,
  ],
  'a start function with more results than values can be': [
    () => [{ kind: 'start', offset: 0, func: 0 as never, args: [], results: 2 ** 32 - 1 }],
    /^too many start results/,
  ],
}

describe('no file keeps the checker busy for long', () => {
  // Once for the compiler.
  check(plain)
  for (const [name, [definitions, problem]] of Object.entries(attacks)) {
    test(name, () => {
      const bytes = encode(component(definitions()))
      assert.ok(bytes.length < 2 * size, `${bytes.length} bytes`)
      const least = Math.min(...times(3, () => check(plain).time))
      const { time, problems } = check(bytes)
      if (problem) assert.match(problems[0]?.message ?? 'valid', problem)
      else assert.deepEqual(problems, [])
      assert.ok(problems.length <= 1_001)
      // What the limit on steps allows to any file takes its time.
      const allowed = factor * least + (problems.some(({ code }) => code === 'limit') ? 3_000 : 0)
      assert.ok(time < allowed, `${time} ms, where a plain file takes ${least}`)
    })
  }
})
