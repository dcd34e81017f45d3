/**
 * Adapters between two components against lift-then-lower and the literal interpreter, over random types, values, encodings and
 * address types. `TENON_RUNS=20000` makes it thorough.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { literal } from '../../src/abi/literal/literal.ts'
import { fused } from '../../src/compile/fuse/fused.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import type { BackEnd } from '../../src/runtime/back-end.ts'
import {
  arbitraryCall,
  arbitraryFaults,
  arbitraryMiddle,
  type RandomCall,
  respond,
} from '../support/arbitrary-call.ts'
import { type Faults, forwardThroughTwo, type MiddleOptions } from '../support/forwarded-call.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 100)

const middle = arbitraryMiddle(fc.boolean())
const view = fc.constantFrom('synchronous', 'promise')

interface Run {
  readonly call: RandomCall
  readonly between: MiddleOptions
  readonly through: 'synchronous' | 'promise'
}

const run: fc.Arbitrary<Run> = fc.record({ call: arbitraryCall(), between: middle, through: view })

function observe(backEnd: BackEnd, { call, between, through }: Run, faults?: Faults) {
  return forwardThroughTwo(
    backEnd,
    { ...call, respond: () => respond(call.answer), faults },
    between,
    through,
  )
}

test('adapters do the same as glue and as the interpreter', async () => {
  await fc.assert(
    fc.asyncProperty(run, async (one) => {
      const seen = await observe(fused, one)
      assert.deepEqual(seen, await observe(glue, one))
      assert.deepEqual(seen, await observe(literal, one))
    }),
    { numRuns },
  )
})

test('adapters trap where glue does, when memory, arguments and realloc go wrong', async () => {
  await fc.assert(
    fc.asyncProperty(run, arbitraryFaults, async (one, faults) => {
      const [seen, expected] = await Promise.all([observe(fused, one, faults), observe(glue, one, faults)])
      const outcome = seen.outer.outcome
      if (outcome.kind !== 'trap' || expected.outer.outcome.kind !== 'trap') {
        assert.deepEqual(seen, expected)
        return
      }
      // An adapter allocates for one argument before it looks at the next: of two faults it may find the other one.
      if (faults.reallocs.size === 0) assert.equal(outcome.code, expected.outer.outcome.code)
    }),
    { numRuns },
  )
})
