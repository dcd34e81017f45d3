import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HandleTable } from './handle-table.ts'

test('indices begin at 1, and the one freed last is used first', () => {
  const table = new HandleTable<object>()
  const entries = [{ n: 1 }, { n: 2 }, { n: 3 }] as const
  assert.deepEqual(
    entries.map((entry) => table.add(entry)),
    [1, 2, 3],
  )
  assert.equal(table.remove(1), entries[0])
  assert.equal(table.remove(3), entries[2])
  assert.equal(table.add({}), 3)
  assert.equal(table.add({}), 1)
  assert.equal(table.add({}), 4)
  assert.equal(table.get(2), entries[1])
})

test('what is not there traps', () => {
  const table = new HandleTable<object>()
  table.remove(table.add({}))
  for (const index of [0, 1, 2, 2 ** 32 - 1]) {
    for (const use of [() => table.get(index), () => table.remove(index)]) {
      assert.throws(use, {
        name: 'Trap',
        code: 'unknown-handle',
        message: new RegExp(`^unknown handle index ${index}$`),
      })
    }
  }
})

test('it tells what it holds', () => {
  const table = new HandleTable<object>()
  const [a, b, c] = [{}, {}, {}]
  for (const entry of [a, b, c]) table.add(entry)
  table.remove(2)
  assert.deepEqual([table.size, ...table], [2, a, c])
})
