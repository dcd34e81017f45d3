/** What the host writes to streams and futures: generated code against the literal interpreter. `TENON_RUNS=20000` makes it thorough. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JavaScriptReader } from '../../src/abi/literal/from-javascript.ts'
import { HostElementReader } from '../../src/compile/glue/host-element.ts'
import { hostElementMembers, hostElementSource } from '../../src/compile/glue/host-element-source.ts'
import { link } from '../../src/compile/glue/link.ts'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import type { HostChunk } from '../../src/runtime/async/host-buffer.ts'
import type { RuntimeResource } from '../../src/runtime/resource.ts'
import { TypeFacts } from '../../src/validation/type-facts.ts'
import { arbitraryType } from '../support/arbitrary-type.ts'
import fc from '../support/fast-check.ts'
import {
  arbitraryFreshPlaceholder,
  arbitraryPlaceholder,
  ResourceWorld,
  resourceTypes,
} from '../support/resource-world.ts'
import { arbitrarySpoiled } from '../support/spoil.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 200)

const facts = new TypeFacts()

const typed = (handle: typeof arbitraryPlaceholder) =>
  arbitraryType({ depth: 3, resources: resourceTypes })
    // No element is a borrow.
    .filter((type) => !facts.of(type).containsBorrow && hostElementSource(type, 'i32') !== undefined)
    .chain((type) =>
      fc.record({
        type: fc.constant(type),
        value: arbitraryValue(type, { handle }),
        pointer: fc.constantFrom('i32' as const, 'i64' as const),
        future: fc.boolean(),
      }),
    )
type Run = ReturnType<typeof typed> extends fc.Arbitrary<infer R> ? R : never

/** Reads it, and gives it up again if that is asked for; what can be seen of it. */
function observe({ type, value, pointer, future }: Run, generated: boolean, abandon: boolean): object {
  const world = new ResourceWorld()
  const context = {
    instance: world.guest,
    memory: undefined,
    realloc: undefined,
    resource: (one: Parameters<ResourceWorld['resource']>[0]) => world.resource(one),
  }
  const reader = generated
    ? new HostElementReader(link(hostElementSource(type, pointer)!, hostElementMembers), context, pointer)
    : new JavaScriptReader(context, pointer)
  const live = world.materialize(value)
  let outcome: unknown
  try {
    const chunk = future
      ? reader.readBrought(live, type, () => 'f: result')
      : reader.readChunk(live, type, () => 'f: result')
    if (abandon) chunk.abandon()
    else outcome = taken(chunk, live, world)
  } catch (error) {
    assert.ok(error instanceof Error)
    outcome = `${error.name}: ${error.message}`
  }
  const fates = world.fates()
  world.dispose()
  return { outcome, fates }
}

/** What there is to read, whatever the host does to its value meanwhile. */
function taken(chunk: HostChunk, live: unknown, world: ResourceWorld): object {
  spoilParts(live)
  return { count: chunk.count, values: described(chunk.values, world) }
}

/** Handles on their way refer to their resource, which refers to its instance. */
function described(value: unknown, world: ResourceWorld): unknown {
  // Integers may be bigints or not, and lie in a typed array or not.
  if (typeof value === 'number' || typeof value === 'bigint')
    return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return described(Array.from(value as Uint8Array), world)
  if (Array.isArray(value)) return value.map((part) => described(part, world))
  if (value instanceof Map) return Array.from(value, ([key, part]) => [key, described(part, world)])
  if ('resource' in value && 'object' in value) {
    const { name } = value.resource as RuntimeResource
    return { name, object: world.describe(value.object) }
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, described(part, world)]))
}

function spoilParts(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return
  for (const key of Object.keys(value)) {
    spoilParts(Reflect.get(value, key))
    Reflect.set(value, key, 'changed')
  }
}

test('both read the same, and own it from then on', () => {
  fc.assert(
    fc.property(typed(arbitraryFreshPlaceholder), fc.boolean(), (run, abandon) => {
      assert.deepEqual(observe(run, true, abandon), observe(run, false, abandon))
    }),
    { numRuns },
  )
})

test('both refuse the same, in the same words, and own nothing', () => {
  const spoiled = typed(arbitraryPlaceholder).chain((run) =>
    arbitrarySpoiled(run.value).map((value) => ({ ...run, value })),
  )
  fc.assert(
    fc.property(spoiled, fc.boolean(), (run, abandon) => {
      assert.deepEqual(observe(run, true, abandon), observe(run, false, abandon))
    }),
    { numRuns },
  )
})
