/** Values that do not fit their type, or just about. */
import fc from './fast-check.ts'

const junk: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  128,
  256,
  -32769,
  65536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  0n,
  -1n,
  2n ** 63n,
  2n ** 64n,
  '',
  'x',
  'xy',
  '\ud800',
  'a\udc00b',
  'ok',
  'none',
  {},
  [],
  [undefined],
  new Array(3),
  Symbol('s'),
  () => 1,
  { tag: 'ok' },
  { tag: 'some', val: 1 },
  { tag: 'no-such-case', val: 1 },
  { length: 2, 0: 1, 1: 2 },
  { length: -1 },
  { length: 2 ** 32 },
  new Map(),
  new Map([[1, 2]]),
  new Set([1, 2]),
  new Uint8Array([1, 2, 3]),
  new Uint8ClampedArray([1]),
  new BigInt64Array([1n]),
  new Float32Array([1.5]),
  new Date(0),
  Object(1),
  Object('boxed'),
]

/** The value with one of its parts, or the whole, replaced by something that probably does not fit. */
export function arbitrarySpoiled(value: unknown): fc.Arbitrary<unknown> {
  const count = countParts(value)
  return fc
    .tuple(
      fc.nat(count - 1),
      fc.oneof(fc.constantFrom(...junk), fc.anything({ maxDepth: 1, withBigInt: true })),
    )
    .map(([part, replacement]) => replacePart(value, part, replacement))
}

/** Itself and everything inside. */
function countParts(value: unknown): number {
  return 1 + partsOf(value).reduce<number>((count, [, part]) => count + countParts(part), 0)
}

function replacePart(value: unknown, index: number, replacement: unknown): unknown {
  if (index === 0) return replacement
  let first = 1
  for (const [key, part] of partsOf(value)) {
    const count = countParts(part)
    if (index < first + count) return withPart(value, key, replacePart(part, index - first, replacement))
    first += count
  }
  return value
}

function partsOf(value: unknown): [key: unknown, part: unknown][] {
  if (value instanceof Map) return [...value]
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  return Object.entries(value)
}

function withPart(value: unknown, key: unknown, part: unknown): unknown {
  if (value instanceof Map) return new Map([...value, [key, part]])
  if (Array.isArray(value)) return value.with(Number(key), part)
  return { ...(value as object), [key as string]: part }
}
