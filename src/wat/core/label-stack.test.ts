import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LabelStack } from './label-stack.ts'

test('a label means the innermost block that has it', () => {
  const stack = new LabelStack()
  for (const label of ['a', undefined, 'b', 'a', undefined]) stack.push(label)
  assert.deepEqual([stack.distance('a'), stack.distance('b'), stack.distance('c')], [1, 2, undefined])
  assert.deepEqual([stack.at(0), stack.at(1), stack.at(4), stack.at(5)], [undefined, 'a', 'a', undefined])
  stack.pop()
  stack.pop()
  assert.deepEqual([stack.depth, stack.distance('a'), stack.distance('b')], [3, 2, 0])
  stack.pop()
  assert.deepEqual([...stack.labels()], ['a'])
})
