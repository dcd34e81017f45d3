import assert from 'node:assert/strict'
import { TenonError, Trap } from '../../src/index.ts'

/** What users may ever see: an error of `src/errors.ts`, or a TypeError about arguments. */
export function assertTyped(error: unknown): asserts error is TenonError | Trap | TypeError {
  const typed = error instanceof TenonError || error instanceof Trap || error instanceof TypeError
  assert.ok(typed, `not a typed error: ${error instanceof Error ? error.stack : typeof error}`)
}

/** What a call, in whichever view, throws; fails if it throws nothing, or something that is not typed. */
export async function thrownBy(call: () => unknown): Promise<{ code?: string; message: string }> {
  try {
    await call()
  } catch (error) {
    assertTyped(error)
    return error
  }
  return assert.fail('nothing was thrown')
}
