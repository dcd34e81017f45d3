import assert from 'node:assert/strict'
import { Executor } from './executor.ts'

/** Mutants that are checked before those before them were executed. */
const mostWaiting = 32

/**
 * Checks mutants on this thread and executes on another what survives that; counts how it all ended. Fails where it ended
 * in an error that is not typed, or with the thread.
 *
 * @param mutant the next one; the same bytes may be changed for the one after it
 * @param refusal the code of the typed error that refuses a mutant; undefined for one to execute
 */
export async function damage(
  original: Uint8Array,
  runs: number,
  mutant: () => Uint8Array,
  refusal: (bytes: Uint8Array) => string | undefined,
): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>()
  const count = (end: string) => ends.set(end, (ends.get(end) ?? 0) + 1)
  await using executor = new Executor(original)
  const executions = new Set<Promise<void>>()
  const execute = async (bytes: Uint8Array, run: number): Promise<void> => {
    const outcome = await executor.run(bytes)
    if (outcome.end === 'unexpected' || outcome.end === 'died')
      assert.fail(`mutation ${run}: ${outcome.end}: ${outcome.error}`)
    count(outcome.end)
  }
  for (let run = 0; run < runs; run++) {
    const bytes = mutant()
    const refused = refusal(bytes)
    if (refused !== undefined) {
      count(refused)
      continue
    }
    const execution = execute(bytes.slice(), run)
    executions.add(execution)
    execution.then(
      () => executions.delete(execution),
      () => {},
    )
    if (executions.size >= mostWaiting) await Promise.race(executions)
  }
  await Promise.all(executions)
  return ends
}
