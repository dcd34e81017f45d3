/**
 * Damaged and forged Plans: whatever a file says, with a checksum that fits, there is a typed error or a Plan that runs, soon. What
 * passes the checks is executed, in a worker that is ended after a second. `TENON_MUTATIONS=N` damages each N times.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { ByteWriter } from '../../src/binary/byte-writer.ts'
import { TenonError } from '../../src/errors.ts'
import { Component } from '../../src/index.ts'
import { decodePlanFile, readPlanFileHead } from '../../src/plan-file/plan-file.ts'
import { Sha256 } from '../../src/plan-file/sha256.ts'
import { version } from '../../src/version.ts'
import { damage } from '../hostile/damage.ts'
import { mutate, random } from '../hostile/mutate.ts'

const runs = Number(process.env.TENON_MUTATIONS ?? 500)
/** Whose functions end soon, whatever they are given. */
const guests = [
  'examples/adder/rust/adder.wasm',
  'examples/kv-store/rust/kv-store.wasm',
  'examples/calculator/rust/calculator.wasm',
]

/** The same file with another payload, as `encodePlanFile` would have written it. */
function withPayload(file: Uint8Array, payload: Uint8Array): Uint8Array {
  const { encodedEdits, file: rest } = readPlanFileHead(file)
  const head = new ByteWriter().bytes(file.subarray(0, 8)).name(version).bytes(encodedEdits)
  head.u32(payload.length).bytes(new Sha256().update(encodedEdits).update(payload).digest())
  return head.bytes(payload).bytes(rest).finish()
}

function refusal(file: Uint8Array): string | undefined {
  try {
    void decodePlanFile(file, version).type
    return undefined
  } catch (error) {
    if (error instanceof TenonError) return error.code
    throw error
  }
}

describe("damaged Plans' files", { concurrency: 2 }, () => {
  for (const guest of guests) {
    test(`${guest}, ${runs} times`, async (t) => {
      const file = Component.precompile(new Uint8Array(readFileSync(guest)))
      const { payload } = readPlanFileHead(file)
      assert.deepEqual(withPayload(file, payload), file)
      const next = random(0x7e_40_52)
      const mutant = () => withPayload(file, mutate(payload, [], next))
      const ends = await damage(file, runs, mutant, refusal)
      const summary = Array.from(ends, ([end, count]) => `${end} ${count}`).join(', ')
      t.diagnostic(summary)
      assert.ok((ends.get('decode') ?? 0) > runs / 10, summary)
      assert.ok(ends.has('returned') || ends.has('trap'), summary)
    })
  }
})
