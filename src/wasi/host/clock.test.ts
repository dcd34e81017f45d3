import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portableClock } from './clock.ts'

test('a deadline that has passed is waited for no longer, and nobody is warned of it', async () => {
  const warnings: Error[] = []
  const warned = (warning: Error): number => warnings.push(warning)
  process.on('warning', warned)
  try {
    await new Promise<void>((wake) => portableClock.later(-24_849n, wake))
    portableClock.sleep(-24_849n, 'the test')
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off('warning', warned)
  }
  assert.deepEqual(warnings, [])
})
