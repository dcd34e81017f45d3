import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { runLimits } from '../limits.ts'
import { limitFields, type LimitTexts, readLimits, usualLimits } from './limit-fields.ts'

function read(changes: Partial<LimitTexts>): ReturnType<typeof readLimits> {
  return readLimits({ ...usualLimits, ...changes })
}

suite('limits that are typed', () => {
  test('are the usual ones at first, without an end', () => {
    assert.deepEqual(read({}), { limits: runLimits, time: undefined })
  })

  test('have units', () => {
    assert.deepEqual(read({ memory: ' 2 ', time: '1.5', output: '3', calls: '0' }), {
      limits: { memory: 2 * 1024 * 1024, output: 3 * 1024, calls: 0 },
      time: 1_500,
    })
  })

  for (const { name, label, least, most } of limitFields) {
    test(`${label} has a range, and both of its ends are in it`, () => {
      for (const good of [least, most]) assert.ok('limits' in read({ [name]: String(good) }), String(good))
      for (const bad of [String(least - 0.01), String(most + 1), '-1', '1e3', 'x', '9'.repeat(1_000)]) {
        const found = read({ [name]: bad })
        assert.ok('problems' in found, bad)
        assert.deepEqual(Object.keys(found.problems), [name])
        assert.match(found.problems[name]!, new RegExp(`^${label} is a .*number of .* from ${least} to `))
      }
    })
  }

  test('only time may be none', () => {
    for (const { name } of limitFields)
      assert.equal('problems' in read({ [name]: '' }), name !== 'time', name)
  })
})
