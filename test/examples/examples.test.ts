/** Every host of the guide prints what the guide says. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runStep, steps } from '../../examples/steps.ts'

for (const step of steps) {
  test(step.title, async (t) => {
    const outcome = await runStep(step)
    if ('reason' in outcome) return t.skip(`${outcome.reason}; to install it: ${outcome.cure}`)
    assert.ok(outcome.good, `should have printed ${JSON.stringify(step.prints)}, printed:\n${outcome.output}`)
  })
}

test('no host is left out', () => {
  const hosts = readdirSync(join(import.meta.dirname, '../../examples/hosts'))
  assert.deepEqual(hosts.toSorted(), [...new Set(steps.map((step) => step.host))].toSorted())
})
