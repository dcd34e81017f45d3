/** Handles in random places, through both back ends. `TENON_RUNS=20000` makes it thorough. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { literal } from '../../src/abi/literal/literal.ts'
import { fused } from '../../src/compile/fuse/fused.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import { withTasks } from '../../src/runtime/async/with-tasks.ts'
import type { BackEnd } from '../../src/runtime/back-end.ts'
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
  forwardCall,
  forwardCallSuspended,
  forwardThroughTwo,
  forwardTwoCalls,
  type MiddleOptions,
  type Observation,
} from '../support/forwarded-call.ts'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import {
  arbitraryFreshPlaceholder,
  arbitraryPlaceholder,
  ResourceWorld,
  resourceTypes,
} from '../support/resource-world.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 100)

const callWithHandles = arbitraryCall({ depth: 3, resources: resourceTypes, handle: arbitraryPlaceholder })
const callWithFreshHandles = arbitraryCall({
  depth: 3,
  resources: resourceTypes,
  handle: arbitraryFreshPlaceholder,
})

interface Run {
  readonly call: RandomCall
  /** Whether the guest forgets to drop the borrows that it was handed. */
  readonly keepsBorrows?: boolean
  readonly faults?: Faults
  /** Whether the host answers with a promise. */
  readonly waits?: boolean
}

/** What happened; of a trap the outcome is only its code. */
interface Described {
  readonly outcome: unknown
  readonly [seen: string]: unknown
}

/** One run with live handles of its own. */
class LiveRun {
  readonly world: ResourceWorld
  readonly call: ForwardedCall

  constructor({ call, keepsBorrows = false, faults, waits = false }: Run, parent?: ComponentInstance) {
    const world = new ResourceWorld(parent)
    this.world = world
    this.call = {
      ...call,
      args: call.args.map((arg) => world.materialize(arg)),
      respond: (args) => {
        // The host answers two calls with two handles.
        if (this.received !== undefined) world.forget()
        this.received = world.describe(args)
        const answer = world.materialize(call.answer) as Answer
        return waits ? Promise.resolve().then(() => respond(answer)) : respond(answer)
      },
      resources: world,
      atStage: (stage, instance) => {
        if (stage === 1 && !keepsBorrows) world.dropBorrows(instance)
      },
      faults,
    }
  }

  received: unknown

  /** Makes the call and another one of the same function that has to wait for it. */
  async observeTwo(backEnd: BackEnd, secondArgs: readonly unknown[], disposes: boolean): Promise<unknown> {
    const { world } = this
    const args = secondArgs.map((arg) => world.materialize(arg))
    const { first, second } = await forwardTwoCalls(backEnd, this.call, args, disposes)
    return [world.describe(second), this.describe(first)]
  }

  async observeThroughTwo(
    backEnd: BackEnd,
    middle: MiddleOptions,
    view: 'synchronous' | 'promise',
  ): Promise<readonly Described[]> {
    const { outer, inner } = await forwardThroughTwo(backEnd, this.call, middle, view)
    return [this.describe(inner), this.describe(outer)]
  }

  /** What happened, without live objects. */
  describe(observation: Observation): Described {
    const { world, received } = this
    const outcome = world.describe(observation.outcome) as Observation['outcome']
    const fates = world.fates()
    world.dispose()
    if (outcome.kind !== 'trap') return { ...observation, received, outcome, fates }
    // When the glue finds that the host answered wrongly it has moved what came before already.
    if (outcome.code === 'host-error') return { received, outcome: outcome.code }
    return { ...observation, received, outcome: outcome.code, fates }
  }
}

function observe(backEnd: BackEnd, run: Run): unknown {
  const live = new LiveRun(run)
  return live.describe(forwardCall(backEnd, live.call))
}

async function observeSuspended(backEnd: BackEnd, run: Run): Promise<unknown> {
  const live = new LiveRun(run)
  return live.describe(await forwardCallSuspended(backEnd, live.call))
}

test('both back ends move and lend the same handles', () => {
  fc.assert(
    fc.property(callWithHandles, fc.boolean(), (call, keepsBorrows) => {
      assert.deepEqual(observe(glue, { call, keepsBorrows }), observe(literal, { call, keepsBorrows }))
    }),
    { numRuns },
  )
})

test('both back ends do the same with handles when memory and arguments go wrong', () => {
  fc.assert(
    fc.property(callWithFreshHandles, arbitraryFaults, (call, faults) => {
      assert.deepEqual(observe(glue, { call, faults }), observe(literal, { call, faults }))
    }),
    { numRuns },
  )
})

test('both back ends do the same with handles in the promise view', async () => {
  await fc.assert(
    fc.asyncProperty(callWithHandles, fc.boolean(), fc.boolean(), async (call, keepsBorrows, waits) => {
      const seen = await observeSuspended(glue, { call, keepsBorrows, waits })
      assert.deepEqual(seen, await observeSuspended(literal, { call, keepsBorrows, waits }))
    }),
    { numRuns },
  )
})

test('both back ends keep the handles of a call that waits its turn', async () => {
  const twoCalls = callWithFreshHandles.chain((call) =>
    fc.record({
      call: fc.constant(call),
      secondArgs: fc.tuple(
        ...call.type.parameters.map(({ type }) => arbitraryValue(type, { handle: arbitraryPlaceholder })),
      ),
      disposes: fc.boolean(),
    }),
  )
  await fc.assert(
    fc.asyncProperty(twoCalls, async ({ call, secondArgs, disposes }) => {
      const observeTwo = (backEnd: BackEnd) =>
        new LiveRun({ call, waits: true }).observeTwo(backEnd, secondArgs, disposes)
      assert.deepEqual(await observeTwo(glue), await observeTwo(literal))
    }),
    { numRuns },
  )
})

const middle = arbitraryMiddle(fc.boolean())

test('both back ends and adapters do the same between two components', async () => {
  const view = fc.constantFrom('synchronous', 'promise')
  await fc.assert(
    fc.asyncProperty(
      callWithHandles,
      middle,
      view,
      fc.boolean(),
      async (call, between, through, keepsBorrows) => {
        const observeBoth = async (backEnd: BackEnd) => {
          const root = new ComponentInstance(undefined, 'root')
          const run = new LiveRun({ call, keepsBorrows }, root)
          const observed = await run.observeThroughTwo(backEnd, between, through)
          root.dispose()
          return observed
        }
        const seen = await observeBoth(glue)
        assert.deepEqual(seen, await observeBoth(literal))
        const adapted = await observeBoth(fused)
        // Adapters lift and lower one value after the other: where it ends in a trap, what came before is on the other side already.
        if (typeof seen[1]!.outcome === 'string') assert.equal(adapted[1]!.outcome, seen[1]!.outcome)
        else assert.deepEqual(adapted, seen)
      },
    ),
    { numRuns },
  )
})

test('both back ends do the same between two components whose functions are tasks', async () => {
  await fc.assert(
    fc.asyncProperty(callWithHandles, middle, fc.boolean(), async (random, between, keepsBorrows) => {
      const call = { ...random, type: { ...random.type, async: true } }
      const observeBoth = async (backEnd: BackEnd) => {
        const root = new ComponentInstance(undefined, 'root')
        const run = new LiveRun({ call, keepsBorrows }, root)
        const observed = await run.observeThroughTwo(withTasks(backEnd), between, 'promise')
        root.dispose()
        return observed
      }
      assert.deepEqual(await observeBoth(glue), await observeBoth(literal))
    }),
    { numRuns },
  )
})
