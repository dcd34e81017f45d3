/**
 * The generated glue against the literal interpreter, over random types and values. `TENON_RUNS=20000` makes it thorough.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { literal } from '../../src/abi/literal/literal.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import type { BackEnd } from '../../src/runtime/back-end.ts'
import {
  type Answer,
  arbitraryCall,
  arbitraryFaults,
  type RandomCall,
  respond,
} from '../support/arbitrary-call.ts'
import {
  type Faults,
  forwardCall,
  forwardCallSuspended,
  type Observation,
} from '../support/forwarded-call.ts'
import { arbitrarySpoiled } from '../support/spoil.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 100)

function observe(backEnd: BackEnd, call: RandomCall, faults?: Faults): Observation {
  return forwardCall(backEnd, { ...call, respond: () => respond(call.answer), faults })
}

for (const backEnd of [literal, glue]) {
  test(`${backEnd.name}: what goes in comes out`, () => {
    fc.assert(
      fc.property(arbitraryCall(), (call) => {
        const { outcome, received, postReturns } = observe(backEnd, call)
        assert.deepEqual(received, call.args)
        const { answer } = call
        const expected =
          answer.kind === 'throws'
            ? { kind: 'error', payload: answer.payload }
            : { kind: 'returned', value: answer.value }
        assert.deepEqual(outcome, expected)
        assert.equal(postReturns, 1)
      }),
      { numRuns },
    )
  })
}

test('both back ends do the same', () => {
  fc.assert(
    fc.property(arbitraryCall(), (call) => {
      assert.deepEqual(observe(glue, call), observe(literal, call))
    }),
    { numRuns },
  )
})

test('both back ends do the same when memory, arguments and realloc go wrong', () => {
  fc.assert(
    fc.property(arbitraryCall(), arbitraryFaults, (call, faults) => {
      assert.deepEqual(essence(observe(glue, call, faults)), essence(observe(literal, call, faults)))
    }),
    { numRuns },
  )
})

test('both back ends refuse the same arguments, in the same words', () => {
  const call = arbitraryCall()
    .filter(({ args }) => args.length > 0)
    .chain((one) =>
      arbitrarySpoiled(one.args).map((args) => ({ ...one, args: Array.isArray(args) ? args : [args] })),
    )
  fc.assert(
    fc.property(call, (one) => {
      const seen = observe(glue, one)
      assert.deepEqual(seen, observe(literal, one))
      if (seen.outcome.kind === 'thrown') assert.equal(seen.outcome.name, 'TypeError')
    }),
    { numRuns },
  )
})

test('both back ends trap for the same answers of the host', () => {
  const call = arbitraryCall()
    .filter(({ type }) => type.result !== undefined)
    .chain((one) => arbitrarySpoiled(one.answer).map((answer) => ({ ...one, answer: answer as Answer })))
    .filter(({ answer }) => answer?.kind === 'returns' || answer?.kind === 'throws')
  fc.assert(
    fc.property(call, (one) => {
      const [seen, expected] = [observe(glue, one), observe(literal, one)]
      // The glue writes what it has read already when it meets what is wrong.
      const reallocs = seen.outcome.kind === 'trap' ? expected.reallocs : seen.reallocs
      assert.deepEqual({ ...seen, reallocs }, expected)
    }),
    { numRuns },
  )
})

/** Of a trap only the code counts. */
function essence(observation: Observation): unknown {
  const { outcome } = observation
  return { ...observation, outcome: outcome.kind === 'trap' ? outcome.code : outcome }
}

test('both back ends do the same in the promise view', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryCall(), fc.boolean(), async (call, waits) => {
      const answer = (): unknown =>
        waits ? Promise.resolve().then(() => respond(call.answer)) : respond(call.answer)
      const seen = await forwardCallSuspended(glue, { ...call, respond: answer })
      assert.deepEqual(seen, await forwardCallSuspended(literal, { ...call, respond: answer }))
      assert.deepEqual(seen, observe(literal, call))
    }),
    { numRuns: numRuns / 2 },
  )
})
