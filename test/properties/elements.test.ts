/** Elements of streams and futures: generated code against the literal interpreter. `TENON_RUNS=20000` makes it thorough. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { containsAsyncValue } from '../../src/abi/async-value.ts'
import { elementSize } from '../../src/abi/element-size.ts'
import { JavaScriptReader } from '../../src/abi/literal/from-javascript.ts'
import type { ListValue } from '../../src/abi/literal/value.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { Trap } from '../../src/errors.ts'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import { type BufferPlace, copy, GuestBuffer } from '../../src/runtime/async/buffer.ts'
import { HostRoom } from '../../src/runtime/async/host-buffer.ts'
import { ComponentInstance } from '../../src/runtime/component-instance.ts'
import { arbitraryFaults } from '../support/arbitrary-call.ts'
import { arbitraryType } from '../support/arbitrary-type.ts'
import { arbitraryAsyncPlaceholder, AsyncWorld } from '../support/async-world.ts'
import { type Faults, ObservedMemory } from '../support/forwarded-call.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 100)
const START = 256

const run = arbitraryType({ depth: 3, asyncValues: true }).chain((type) =>
  fc.record({
    type: fc.constant(type),
    values: fc.array(arbitraryValue(type, { asyncValue: arbitraryAsyncPlaceholder }), {
      minLength: 1,
      maxLength: 6,
    }),
    pointers: fc.tuple(fc.constantFrom('i32', 'i64'), fc.constantFrom('i32', 'i64')),
    encodings: fc.tuple(
      fc.constantFrom('utf8', 'utf16', 'latin1+utf16'),
      fc.constantFrom('utf8', 'utf16', 'latin1+utf16'),
    ),
    toHost: fc.boolean(),
  }),
)
type Run = typeof run extends fc.Arbitrary<infer R> ? R : never

class Side {
  readonly memory: ObservedMemory
  readonly instance = new ComponentInstance(undefined, 'guest')
  readonly #place: BufferPlace
  readonly #count: number

  constructor(one: Run, side: 0 | 1, generated: boolean, faults?: Faults) {
    const { type, values } = one
    const options = {
      stringEncoding: one.encodings[side],
      pointer: one.pointers[side],
      async: false,
      callback: false,
      postReturn: false,
    }
    const size = elementSize(type, options.pointer) * values.length
    this.memory = new ObservedMemory(options.pointer, START + size + (-size & 7), faults)
    const context = {
      instance: this.instance,
      memory: this.memory.memory,
      realloc: this.memory.coreRealloc(),
      resource: () => assert.fail('there are no handles'),
    }
    const mover = generated ? glue.elementValues?.(type, options)?.(context) : undefined
    this.#place = { options, context, element: type, mover }
    this.#count = values.length
  }

  buffer(): GuestBuffer {
    return new GuestBuffer(this.#place, BigInt(START), BigInt(this.#count))
  }

  /** By the interpreter, in either case. */
  fill(type: ValueType, values: readonly unknown[]): void {
    const reader = new JavaScriptReader(this.#place.context, this.#place.options.pointer)
    const list = reader.read(values, { kind: 'list', element: type }, 'values') as ListValue
    this.buffer().write(list, values.length)
  }
}

/** Copies from one guest to another, or to the host; what can be seen of it. */
function observe(one: Run, generated: boolean, faults?: Faults): unknown {
  const from = new Side(one, 0, generated, faults && { ...faults, reallocs: new Map() })
  const to = new Side(one, 1, generated, faults)
  const world = new AsyncWorld()
  const room = new HostRoom(one.values.length, one.type)
  let outcome: unknown
  from.fill(one.type, world.materialize(one.values) as unknown[])
  from.memory.pass(0)
  try {
    copy(from.buffer(), one.toHost ? room : to.buffer())
    to.memory.pass(1)
    outcome = 'copied'
  } catch (error) {
    if (!(error instanceof Trap)) throw error
    outcome = error.code
  }
  const handles = [from, to].map(({ instance }) =>
    Array.from(instance.handles, (handle) => world.describeHandle(handle)),
  )
  const { reallocs, snapshots } = to.memory
  // Where it trapped the host gets nothing.
  const received = world.describe(room.pieces.flatMap((piece) => Array.from(piece!)))
  from.instance.dispose()
  to.instance.dispose()
  world.dispose()
  return { outcome, handles, received, reallocs: outcome === 'copied' ? reallocs : [], snapshots }
}

test('elements arrive as they were, in memory and at the host', () => {
  fc.assert(
    fc.property(run, (one) => {
      const seen = observe(one, true) as { received: unknown }
      assert.deepEqual(seen, observe(one, false))
      if (one.toHost && !containsAsyncValue(one.type)) assert.deepEqual(seen.received, one.values)
    }),
    { numRuns },
  )
})

test('and trap alike when memory and realloc go wrong', () => {
  fc.assert(
    fc.property(run, arbitraryFaults, (one, faults) => {
      assert.deepEqual(observe(one, true, faults), observe(one, false, faults))
    }),
    { numRuns },
  )
})
