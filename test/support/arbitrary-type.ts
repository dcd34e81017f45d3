/** Random value types for property tests and fuzzing: every kind that can cross a border, nested in every way. */
import fc from './fast-check.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import type { PrimitiveKind, ResourceType, ValueType } from '../../src/component/value-type.ts'

export interface TypeOptions {
  /** How many types may lie inside each other; 1 is a type without parts. */
  readonly depth?: number
  /** Resources that `own` and `borrow` may name; without them there are no handles. */
  readonly resources?: readonly ResourceType[]
  /** Whether `borrow` may occur (never in results). */
  readonly borrows?: boolean
  /** Whether streams, futures and error contexts may occur. */
  readonly asyncValues?: boolean
}

const keyKinds = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'char', 'string'] as const
const primitiveKinds: readonly PrimitiveKind[] = [...keyKinds, 'f32', 'f64']

/**
 * Labels that hurt: some share a camelCase name, some mean something to JavaScript. Unique without regard to case, as
 * validation demands.
 */
const labels = [
  'a',
  'b-c',
  'x1',
  'x-1',
  'IO',
  'is-XML',
  'constructor',
  'prototype',
  'then',
  'length',
  'name',
  'tag',
  'val',
  'to-string',
  'value-of',
  'has-own-property',
  'function',
  'new',
  'default',
  'none',
  'ok',
] as const

/**
 * A random type. Shrinks towards small and shallow ones.
 *
 * @example
 * fc.assert(fc.property(arbitraryType(), (type) => elementSize(type, 'i32') > 0))
 */
export function arbitraryType(options: TypeOptions = {}): fc.Arbitrary<ValueType> {
  const depth = options.depth ?? 4
  const leaf = arbitraryLeaf(options)
  if (depth <= 1) return leaf
  const part = arbitraryType({ ...options, depth: depth - 1 })
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 5, arbitrary: arbitraryCompound(part) })
}

/** A random synchronous function: up to 20 parameters, so that about half are spilled, and maybe a result. */
export function arbitraryFunctionType(options: TypeOptions = {}): fc.Arbitrary<FunctionType> {
  const parameter = arbitraryType(options)
  return fc.record({
    kind: fc.constant('function' as const),
    async: fc.constant(false),
    parameters: fc
      .oneof(
        { weight: 4, arbitrary: fc.array(parameter, { maxLength: 4 }) },
        { weight: 1, arbitrary: fc.array(arbitraryLeaf(options), { minLength: 5, maxLength: 20 }) },
      )
      .map((types) => types.map((type, i) => ({ name: `p${i}`, type }))),
    result: fc.option(arbitraryType({ ...options, borrows: false }), { nil: undefined }),
  })
}

function arbitraryLeaf(options: TypeOptions): fc.Arbitrary<ValueType> {
  const { resources = [], borrows = true, asyncValues = false } = options
  const leaves: fc.WeightedArbitrary<ValueType>[] = [
    { weight: 8, arbitrary: fc.constantFrom(...primitiveKinds).map((kind) => ({ kind })) },
    { weight: 1, arbitrary: arbitraryFlags },
    { weight: 1, arbitrary: arbitraryEnum },
  ]
  if (resources.length > 0) {
    const kinds = borrows ? (['own', 'borrow'] as const) : (['own'] as const)
    const handle = fc.record({ kind: fc.constantFrom(...kinds), resource: fc.constantFrom(...resources) })
    leaves.push({ weight: 4, arbitrary: handle })
  }
  if (asyncValues) leaves.push({ weight: 6, arbitrary: arbitraryAsyncType(options) })
  return fc.oneof(...leaves)
}

function arbitraryAsyncType(options: TypeOptions): fc.Arbitrary<ValueType> {
  const element = arbitraryType({ ...options, depth: 2, borrows: false, asyncValues: false })
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('stream', 'future'), element: fc.option(element, { nil: undefined }) }),
    fc.constant({ kind: 'error-context' }),
  )
}

/** 1 to 32 labels: each of the three sizes in memory. */
const arbitraryFlags: fc.Arbitrary<ValueType> = fc
  .oneof(fc.constantFrom(8, 9, 16, 17, 32), fc.integer({ min: 1, max: 32 }))
  .chain((count) => (count <= labels.length ? arbitraryLabels(count) : fc.constant(numbered(count))))
  .map((names) => ({ kind: 'flags', names }))

/** Seldom more than 256 names, so that the discriminant takes two bytes. */
const arbitraryEnum: fc.Arbitrary<ValueType> = fc
  .oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: labels.length }).chain(arbitraryLabels) },
    { weight: 1, arbitrary: fc.constantFrom(256, 257, 300).map(numbered) },
  )
  .map((names) => ({ kind: 'enum', names }))

function arbitraryCompound(part: fc.Arbitrary<ValueType>): fc.Arbitrary<ValueType> {
  const maybe = fc.option(part, { nil: undefined, freq: 3 })
  return fc.oneof<fc.Arbitrary<ValueType>[]>(
    part.map((element) => ({ kind: 'list', element })),
    fc.record({ kind: fc.constant('list'), element: part, length: fc.integer({ min: 1, max: 5 }) }),
    named(part, 6).map((fields) => ({ kind: 'record', fields })),
    fc.array(part, { minLength: 1, maxLength: 5 }).map((types) => ({ kind: 'tuple', types })),
    named(maybe, 6).map((cases) => ({ kind: 'variant', cases })),
    part.map((type) => ({ kind: 'option', type })),
    fc.record({ kind: fc.constant('result'), ok: maybe, error: maybe }),
    fc.record({
      kind: fc.constant('map'),
      key: fc.constantFrom(...keyKinds).map((kind) => ({ kind })),
      value: part,
    }),
  )
}

/** 1 to `maxLength` of something, each under a label of its own. */
function named<T>(type: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<{ name: string; type: T }[]> {
  return fc
    .array(type, { minLength: 1, maxLength })
    .chain((types) =>
      arbitraryLabels(types.length).map((names) => types.map((one, i) => ({ name: names[i]!, type: one }))),
    )
}

function arbitraryLabels(count: number): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray([...labels], { minLength: count, maxLength: count })
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `n${i}`)
}
