/** Streams, futures and error contexts in random places, through both back ends. `TENON_RUNS=20000` makes it thorough. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { containsAsyncValue, passesAsyncValues } from '../../src/abi/async-value.ts'
import { literal } from '../../src/abi/literal/literal.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import { withTasks } from '../../src/runtime/async/with-tasks.ts'
import type { BackEnd } from '../../src/runtime/back-end.ts'
import type { ValueOptions } from '../../src/fuzz/arbitrary-value.ts'
import { ComponentInstance } from '../../src/runtime/component-instance.ts'
import {
  type Answer,
  arbitraryCall,
  arbitraryFaults,
  arbitraryMiddle,
  type RandomCall,
  respond,
} from '../support/arbitrary-call.ts'
import {
  type Faults,
  type ForwardedCall,
  forwardCallSuspended,
  forwardThroughTwo,
  forwardTwoCalls,
  type Observation,
} from '../support/forwarded-call.ts'
import {
  arbitraryAsyncPlaceholder,
  arbitraryFailingPlaceholder,
  AsyncWorld,
  wordsOf,
} from '../support/async-world.ts'
import { arbitraryFreshPlaceholder, resourceTypes } from '../support/resource-world.ts'
import { arbitrarySpoiled } from '../support/spoil.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 40)

const callWith = (asyncValue: NonNullable<ValueOptions['asyncValue']>): fc.Arbitrary<RandomCall> =>
  arbitraryCall({
    depth: 3,
    resources: resourceTypes,
    // What is passed twice the glue finds later in results: see `handles.test.ts`.
    handle: arbitraryFreshPlaceholder,
    asyncValues: true,
    asyncValue,
  })
    .filter(({ type }) => passesAsyncValues(type))
    .chain((call) => fc.boolean().map((async) => ({ ...call, type: { ...call.type, async } })))
const arbitraryAsyncCall = callWith(arbitraryAsyncPlaceholder)

interface Run {
  readonly call: RandomCall
  readonly keepsBorrows?: boolean
  readonly faults?: Faults
  /** Whether the host answers with a promise. */
  readonly waits?: boolean
}

/** One run with live values of its own. */
class LiveRun {
  readonly world: AsyncWorld
  readonly call: ForwardedCall
  #received: unknown
  #read: unknown

  constructor({ call, keepsBorrows = false, faults, waits = false }: Run, parent?: ComponentInstance) {
    const world = new AsyncWorld(parent)
    this.world = world
    const answers = (): unknown => {
      const answer = world.materialize(call.answer) as Answer
      // What fails does so before: whether a call that goes on meanwhile is faster nobody promises.
      return waits ? world.readings().then(() => respond(answer)) : respond(answer)
    }
    this.call = {
      ...call,
      args: call.args.map((arg) => world.materialize(arg)),
      respond: (args) => {
        if (this.#received !== undefined) world.forget()
        this.#received = world.describe(args)
        return answers()
      },
      resources: world,
      beforeDisposal: async () => {
        this.#read = await world.readings()
      },
      atStage: (stage, instance) => {
        if (stage === 1 && !keepsBorrows) world.dropBorrows(instance)
      },
      faults,
    }
  }

  async describe(observation: Observation): Promise<object> {
    const outcome = this.world.describe(observation.outcome) as Observation['outcome']
    const read = [this.#read, await this.world.readings()]
    const fates = this.world.fates()
    this.world.dispose()
    const received = this.#received
    if (outcome.kind !== 'trap') return { ...observation, received, outcome, fates, read }
    const trap = wordsOf(outcome)
    // When the glue finds that the host answered wrongly it has moved what came before already.
    if (outcome.code === 'host-error') return { received, trap }
    return { ...observation, received, outcome: trap, fates, read }
  }
}

async function observe(backEnd: BackEnd, run: Run): Promise<object> {
  const live = new LiveRun(run)
  const forwarded = await forwardCallSuspended(withTasks(backEnd), live.call)
  return live.describe(forwarded)
}

async function assertSame(run: Run): Promise<void> {
  assert.deepEqual(await observe(glue, run), await observe(literal, run))
}

test('both back ends pass the same streams, futures and error contexts', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryAsyncCall, fc.boolean(), fc.boolean(), (call, keepsBorrows, waits) =>
      assertSame({ call, keepsBorrows, waits }),
    ),
    { numRuns },
  )
})

test('both do the same with what fails, or brings handles that others bring', async () => {
  await fc.assert(
    fc.asyncProperty(callWith(arbitraryFailingPlaceholder), (call) => assertSame({ call, waits: true })),
    { numRuns },
  )
})

test('both do the same with them when memory and arguments go wrong', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryAsyncCall, arbitraryFaults, (call, faults) => assertSame({ call, faults })),
    { numRuns },
  )
})

test('both refuse the same arguments, in the same words', async () => {
  const spoiled = arbitraryAsyncCall
    .filter(({ type }) => type.parameters.some((one) => containsAsyncValue(one.type)))
    .chain((call) =>
      arbitrarySpoiled(call.args).map((args) => ({ ...call, args: Array.isArray(args) ? args : [args] })),
    )
  await fc.assert(
    fc.asyncProperty(spoiled, (call) => assertSame({ call })),
    { numRuns },
  )
})

test('both trap for the same answers of the host, in the same words', async () => {
  const spoiled = arbitraryAsyncCall
    .filter(({ type }) => type.result !== undefined)
    .chain((call) => arbitrarySpoiled(call.answer).map((answer) => ({ ...call, answer: answer as Answer })))
    .filter(({ answer }) => answer?.kind === 'returns' || answer?.kind === 'throws')
  await fc.assert(
    fc.asyncProperty(spoiled, fc.boolean(), (call, waits) => assertSame({ call, waits })),
    { numRuns },
  )
})

const middle = arbitraryMiddle(fc.constant(true))

test('both do the same between two components', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryAsyncCall, middle, fc.boolean(), async (call, between, keepsBorrows) => {
      const observeBoth = async (backEnd: BackEnd) => {
        const root = new ComponentInstance(undefined, 'root')
        const live = new LiveRun({ call, keepsBorrows }, root)
        const { outer, inner } = await forwardThroughTwo(withTasks(backEnd), live.call, between, 'promise')
        const seen = [await live.describe(inner), await live.describe(outer)]
        root.dispose()
        return seen
      }
      assert.deepEqual(await observeBoth(glue), await observeBoth(literal))
    }),
    { numRuns },
  )
})

test('both keep them for a call that waits its turn', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryAsyncCall, fc.boolean(), async (call, disposes) => {
      const observeTwo = async (backEnd: BackEnd) => {
        const live = new LiveRun({ call, waits: true })
        const args = call.args.map((arg) => live.world.materialize(arg))
        const { first, second } = await forwardTwoCalls(withTasks(backEnd), live.call, args, disposes)
        return [live.world.describe(second), await live.describe(first)]
      }
      assert.deepEqual(await observeTwo(glue), await observeTwo(literal))
    }),
    { numRuns },
  )
})
