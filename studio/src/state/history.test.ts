import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amend, growingStep, historyOf, redone, step, stepLimit, typingPause, undone } from './history.ts'

test('steps are undone and done again in their order', () => {
  const history = step(step(historyOf('a'), 'b'), 'c')
  const once = undone(history)!
  assert.equal(once.present, 'b')
  assert.equal(undone(once)!.present, 'a')
  assert.equal(undone(undone(once)!), undefined)
  assert.equal(redone(once)!.present, 'c')
  assert.equal(redone(history), undefined)
})

test('a new step forgets what was undone', () => {
  const history = step(undone(step(historyOf('a'), 'b'))!, 'c')
  assert.equal(redone(history), undefined)
  assert.equal(undone(history)!.present, 'a')
})

test('typing is one step until a pause', () => {
  let history = growingStep(historyOf(''), 'h', 'typing', 0)
  history = growingStep(history, 'hi', 'typing', typingPause - 1)
  history = growingStep(history, 'hi ', 'typing', 2 * typingPause - 2)
  history = growingStep(history, 'hi y', 'typing', 3 * typingPause)
  assert.deepEqual(history.past, ['', 'hi '])
})

test('a gesture ends what was typed, also without a pause', () => {
  const typed = growingStep(historyOf(''), 'h', 'typing', 0)
  const history = growingStep(step(typed, 'gesture'), 'gesture!', 'typing', 1)
  assert.deepEqual(history.past, ['', 'h', 'gesture'])
})

test('undoing ends what was typed: the next key is a step of its own', () => {
  const typed = growingStep(step(historyOf('a'), 'b'), 'bc', 'typing', 0)
  const history = growingStep(undone(typed)!, 'bd', 'typing', 1)
  assert.deepEqual(history.past, ['a', 'b'])
})

test('amending makes no step', () => {
  const history = amend(step(historyOf('a'), 'b'), 'B')
  assert.deepEqual([history.present, undone(history)!.present], ['B', 'a'])
})

test('the oldest steps are forgotten', () => {
  let history = historyOf(0)
  for (let i = 1; i <= stepLimit + 5; i++) history = step(history, i)
  assert.equal(history.past.length, stepLimit)
  assert.equal(history.past[0], 5)
})
