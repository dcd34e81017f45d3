import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Trap } from '../errors.ts'
import { failureOf } from './failure.ts'

test('what traps in two ways in one place has two defects', () => {
  const [first, second, again] = (['divide-by-zero', 'integer-overflow', 'divide-by-zero'] as const).map(
    (code) => {
      const trap = new Trap(code, `wasm trap: ${code}`)
      trap.backtrace = [{ name: 'div', module: 'M', offset: 0x20 }]
      return failureOf(trap, 'div')
    },
  )
  assert.equal(first?.code, 'divide-by-zero')
  assert.notEqual(first?.key, second?.key)
  assert.equal(first?.key, again?.key)
})
