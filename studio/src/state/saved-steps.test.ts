import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PackageSummary } from '../contract/workshop.ts'
import type { History } from './history.ts'
import { emptyLayout } from './layout.ts'
import { savedByteLimit, savedStepLimit, savedUnitLimit, stepsFrom, stepsToSave } from './saved-steps.ts'
import type { Snapshot } from './snapshot.ts'

function packageOf(hash: string, size = 1): PackageSummary {
  return { name: `a:${hash}`, hash, size, imports: [], exports: [], isCommand: true }
}

function state(text: string, ...packages: readonly PackageSummary[]): Snapshot {
  return { text, layout: emptyLayout, packages }
}

function history(past: readonly Snapshot[], future: readonly Snapshot[] = []): History<Snapshot> {
  return { past, present: state('now', packageOf('b')), future, growing: undefined }
}

const texts = (steps: readonly { readonly text: string }[]) => steps.map(({ text }) => text)

test('steps come back as they were, in their order', () => {
  const saved = stepsToSave(
    history([state('1'), state('2', packageOf('b'))], [state('4', packageOf('c')), state('5')]),
  )
  assert.deepEqual([texts(saved.past), texts(saved.future), saved.hashes], [['1', '2'], ['4', '5'], ['c']])
  const present = [packageOf('b')]
  const { past, future } = stepsFrom({ revision: 1, ...saved }, present, () => true)
  assert.deepEqual(
    [texts(past), texts(future)],
    [
      ['1', '2'],
      ['4', '5'],
    ],
  )
  assert.equal(past[1]!.packages[0], present[0])
  // Its summary is known when it is read once more.
  assert.deepEqual(future[0]!.packages, [{ ...packageOf('c'), isCommand: false }])
})

test('of many steps, of long ones, and of those with large components, those next to the present are kept', () => {
  const many = Array.from({ length: 2 * savedStepLimit }, (_, index) => state(`${index}`))
  const past = texts(stepsToSave(history(many, [state('after')])).past)
  assert.deepEqual([past.length, past.at(-1)], [savedStepLimit, `${2 * savedStepLimit - 1}`])
  const long = 'x'.repeat(savedUnitLimit / 2)
  assert.deepEqual(texts(stepsToSave(history([state('1'), state(long), state(long)])).past), [long, long])
  const large = state('large', packageOf('c', savedByteLimit))
  const larger = state('larger', packageOf('d', 1))
  const { past: kept, hashes } = stepsToSave(history([larger, large]))
  assert.deepEqual([texts(kept), hashes], [['large'], ['c']])
})

test('a step whose component is gone ends them, on its side', () => {
  const saved = stepsToSave(history([state('1'), state('2', packageOf('c')), state('3')], [state('5')]))
  const { past, future } = stepsFrom({ revision: 1, ...saved }, [], (hash) => hash !== 'c')
  assert.deepEqual([texts(past), texts(future)], [['3'], ['5']])
})

test('what is no step is none', () => {
  const nonsense = { revision: 1, past: [{ text: 1 }], future: 'x' } as never
  assert.deepEqual(
    stepsFrom(nonsense, [], () => true),
    { past: [], future: [] },
  )
  assert.deepEqual(
    stepsFrom(undefined, [], () => true),
    { past: [], future: [] },
  )
})
