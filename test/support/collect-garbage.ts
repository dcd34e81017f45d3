/** Garbage collection, for tests of what happens to what nobody holds any more. */
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/** Collects what nobody holds, in the middle of a job: what was asked of weak references in it stays. */
export const collectNow = runInNewContext('gc') as () => void

/**
 * Collects until `done`, which may take a few rounds: finalizers run afterwards, and what they hold is garbage only then.
 *
 * @example
 * assert.ok(await collectGarbage(() => statistics.forgottenHandles === 1))
 */
export async function collectGarbage(done: () => boolean, rounds = 50): Promise<boolean> {
  for (let round = 0; round < rounds && !done(); round++) {
    await sleep(1)
    collectNow()
  }
  return done()
}
