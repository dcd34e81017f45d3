/** The values of tasks through both back ends. `TENON_RUNS=20000` makes it thorough. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { elementSize } from '../../src/abi/element-size.ts'
import { flattenFunction } from '../../src/abi/flatten.ts'
import type { FlatType } from '../../src/abi/join.ts'
import type { CoreValue } from '../../src/abi/literal/core-value.ts'
import { literal } from '../../src/abi/literal/literal.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { Trap } from '../../src/errors.ts'
import { withTasks } from '../../src/runtime/async/with-tasks.ts'
import type { BackEnd, CanonicalOptions, LiftContext, LowerContext } from '../../src/runtime/back-end.ts'
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
  forwardCallSuspended,
  forwardThroughTwo,
  type Observation,
  ObservedMemory,
} from '../support/forwarded-call.ts'
import { arbitraryPlaceholder, ResourceWorld, resourceTypes } from '../support/resource-world.ts'
import { arbitrarySpoiled } from '../support/spoil.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 60)
const backEnds = { glue: withTasks(glue), literal: withTasks(literal) }

const asTask = <C extends RandomCall>(call: C): C => ({ ...call, type: { ...call.type, async: true } })
const arbitraryTask = arbitraryCall().map(asTask)

async function observe(
  backEnd: BackEnd,
  call: RandomCall,
  waits: boolean,
  faults?: Faults,
): Promise<Observation> {
  const answer = (): unknown =>
    waits ? Promise.resolve().then(() => respond(call.answer)) : respond(call.answer)
  return forwardCallSuspended(backEnd, { ...call, respond: answer, faults })
}

/** Of a trap only the code counts. */
function essence(observation: Observation): unknown {
  const { outcome } = observation
  return { ...observation, outcome: outcome.kind === 'trap' ? outcome.code : outcome }
}

test('what goes in comes out, whether the host is waited for or not', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTask, fc.boolean(), async (call, waits) => {
      const seen = await observe(backEnds.glue, call, waits)
      assert.deepEqual(seen, await observe(backEnds.literal, call, waits))
      assert.deepEqual(seen.received, call.args)
      const { answer } = call
      assert.deepEqual(
        seen.outcome,
        answer.kind === 'throws'
          ? { kind: 'error', payload: answer.payload }
          : { kind: 'returned', value: answer.value },
      )
    }),
    { numRuns },
  )
})

test('both do the same when memory, arguments and realloc go wrong', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTask, arbitraryFaults, fc.boolean(), async (call, faults, waits) => {
      const seen = await observe(backEnds.glue, call, waits, faults)
      assert.deepEqual(essence(seen), essence(await observe(backEnds.literal, call, waits, faults)))
    }),
    { numRuns },
  )
})

test('both refuse the same arguments, in the same words', async () => {
  const spoiled = arbitraryTask
    .filter(({ args }) => args.length > 0)
    .chain((one) =>
      arbitrarySpoiled(one.args).map((args) => ({ ...one, args: Array.isArray(args) ? args : [args] })),
    )
  await fc.assert(
    fc.asyncProperty(spoiled, async (call) => {
      assert.deepEqual(
        await observe(backEnds.glue, call, false),
        await observe(backEnds.literal, call, false),
      )
    }),
    { numRuns },
  )
})

test('both trap for the same answers of the host', async () => {
  const spoiled = arbitraryTask
    .filter(({ type }) => type.result !== undefined)
    .chain((one) => arbitrarySpoiled(one.answer).map((answer) => ({ ...one, answer: answer as Answer })))
    .filter(({ answer }) => answer?.kind === 'returns' || answer?.kind === 'throws')
  await fc.assert(
    fc.asyncProperty(spoiled, fc.boolean(), async (call, waits) => {
      const seen = await observe(backEnds.glue, call, waits)
      const expected = await observe(backEnds.literal, call, waits)
      // The glue writes what it has read already when it meets what is wrong.
      const reallocs = seen.outcome.kind === 'trap' ? expected.reallocs : seen.reallocs
      assert.deepEqual({ ...seen, reallocs }, expected)
    }),
    { numRuns },
  )
})

const middle = arbitraryMiddle(fc.constant(true))

test('both do the same between two components', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTask, middle, async (call, between) => {
      const through = (backEnd: BackEnd) =>
        forwardThroughTwo(backEnd, { ...call, respond: () => respond(call.answer) }, between, 'promise')
      const seen = await through(backEnds.glue)
      assert.deepEqual(seen, await through(backEnds.literal))
      assert.deepEqual(seen.inner.received, call.args)
    }),
    { numRuns },
  )
})

test('both move and lend the same handles', async () => {
  const callWithHandles = arbitraryCall({ depth: 3, resources: resourceTypes, handle: arbitraryPlaceholder })
  await fc.assert(
    fc.asyncProperty(callWithHandles, fc.boolean(), fc.boolean(), async (random, keepsBorrows, waits) => {
      const call = asTask(random)
      const seen = async (backEnd: BackEnd): Promise<unknown> => {
        const world = new ResourceWorld()
        let received: unknown
        const observed = await forwardCallSuspended(backEnd, {
          ...call,
          args: call.args.map((arg) => world.materialize(arg)),
          respond(args) {
            received = world.describe(args)
            const answer = world.materialize(call.answer) as Answer
            return waits ? Promise.resolve().then(() => respond(answer)) : respond(answer)
          },
          resources: world,
          atStage(stage, instance) {
            if (stage === 1 && !keepsBorrows) world.dropBorrows(instance)
          },
        })
        const outcome = world.describe(observed.outcome) as Observation['outcome']
        const fates = world.fates()
        world.dispose()
        // When the glue finds that the host answered wrongly it has moved what came before already.
        if (outcome.kind === 'trap') return { received, outcome: outcome.code }
        return { ...observed, received, outcome, fates }
      }
      assert.deepEqual(await seen(backEnds.glue), await seen(backEnds.literal))
    }),
    { numRuns },
  )
})

/* What only functions with the `async` option do, which no guest that forwards core values can: more than four flat parameters lie in
memory, and the result is handed to `task.return` flat. */

const PARAMETERS_AT = 256

/** The values of one call and back, with nothing in between but core values and memory; what can be seen of it. */
function throughMemory(backEnd: BackEnd, call: RandomCall, faults?: Faults): unknown {
  const { type, pointer, stringEncoding } = call
  const values = backEnd.taskValues!
  const options: CanonicalOptions = {
    stringEncoding,
    pointer,
    async: true,
    callback: false,
    postReturn: false,
  }
  const parameters: ValueType = { kind: 'tuple', types: type.parameters.map((one) => one.type) }
  const size = (one: ValueType | undefined): number => (one ? elementSize(one, pointer) : 0)
  const resultAt = PARAMETERS_AT + size(parameters) + (-size(parameters) & 7)
  const memory = new ObservedMemory(pointer, resultAt + size(type.result) + (-size(type.result) & 7), faults)
  const context = {
    instance: new ComponentInstance(undefined, 'guest'),
    memory: memory.memory,
    realloc: memory.coreRealloc(),
    resource: () => assert.fail('there are no handles'),
    callee: () => {},
  }
  const liftContext: LiftContext = {
    ...context,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
  }
  const lowerContext: LowerContext = { ...context, target: undefined }
  const lift = (one: FunctionType) => values.lift({ name: 'f', type: one, options })(liftContext)
  const lower = (one: FunctionType) => values.lower({ name: 'f', type: one, options })(lowerContext)
  const address = (at: number): CoreValue => (pointer === 'i32' ? at : BigInt(at))
  const seen: unknown[] = []
  try {
    const read = lift(type).read(call.args)
    let flat = throughCore(read.lower(), flattenFunction(type, options, 'lift').parameters, faults?.masks)
    seen.push(flat)
    if (flattenFunction(type, options, 'lower').spillsParameters) {
      const spill = lower({ ...type, parameters: [], result: parameters })
      spill.lower({ value: call.args, failed: false }, [address(PARAMETERS_AT)])
      flat = [address(PARAMETERS_AT)]
    }
    memory.pass(0)
    const lifted = lower(type).lift([...flat, ...(type.result ? [address(resultAt)] : [])])
    seen.push(lifted.values)
    lifted.end()
    read.end()
    assert.equal(read.borrows, 0)
    const { answer } = call
    const result = {
      value: answer.kind === 'throws' ? answer.payload : answer.value,
      failed: answer.kind === 'throws',
    }
    lower(type).lower(result, type.result ? [address(resultAt)] : [])
    memory.pass(1)
    const returns: FunctionType = {
      ...type,
      parameters: type.result ? [{ name: 'result', type: type.result }] : [],
      result: undefined,
    }
    const passed = !type.result ? [] : type.result.kind === 'result' ? [tagged(answer)] : [result.value]
    const returned = throughCore(
      lift(returns).read(passed).lower(),
      flattenFunction(returns, options, 'lift').parameters,
      faults?.masks,
    )
    seen.push(returned, lift(type).liftResult(returned))
  } catch (error) {
    if (!(error instanceof Trap)) throw error
    seen.push(error.code)
  }
  context.instance.dispose()
  return { seen, reallocs: memory.reallocs, memories: memory.snapshots }
}

/** As core code hands them on, integers with a sign; changed by the faults' masks. */
function throughCore(
  flat: readonly CoreValue[],
  types: readonly FlatType[],
  masks: readonly bigint[] = [],
): readonly CoreValue[] {
  return flat.map((value, i) => {
    const type = types[i]!
    if (type === 'f32' || type === 'f64') return value
    const masked = BigInt(value) ^ (masks[i] ?? 0n)
    return type === 'i64' ? BigInt.asIntN(64, masked) : Number(BigInt.asIntN(32, masked))
  })
}

function tagged(answer: Answer): unknown {
  return answer.kind === 'throws' ? { tag: 'err', val: answer.payload } : { tag: 'ok', val: answer.value }
}

test('parameters of asynchronous lowers, and what goes to `task.return`, come out as they went in', () => {
  fc.assert(
    fc.property(arbitraryTask, (call) => {
      const observed = throughMemory(glue, call) as { seen: unknown[] }
      assert.deepEqual(observed, throughMemory(literal, call))
      const { answer } = call
      assert.deepEqual(observed.seen[1], call.args)
      assert.deepEqual(observed.seen[3], {
        value: answer.kind === 'throws' ? answer.payload : answer.value,
        failed: answer.kind === 'throws',
      })
    }),
    { numRuns },
  )
})

test('both do the same with them when memory and realloc go wrong', () => {
  fc.assert(
    fc.property(arbitraryTask, arbitraryFaults, (call, faults) => {
      assert.deepEqual(throughMemory(glue, call, faults), throughMemory(literal, call, faults))
    }),
    { numRuns },
  )
})
