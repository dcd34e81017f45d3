import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Position } from '../contract/studio.ts'
import { isRearranged } from './rearranged.ts'

const before = places([0, 0], [10, 0], [20, 0])

function places(...all: readonly (readonly [number, number])[]): Readonly<Record<string, Position>> {
  return Object.fromEntries(all.map(([x, y], index) => [`b${index}`, { x, y }]))
}

const cases: readonly (readonly [string, Readonly<Record<string, Position>>, boolean])[] = [
  ['nothing moved', before, false],
  ['one was dragged', places([0, 0], [10, 5], [20, 0]), false],
  ['all were dragged together', places([5, 5], [15, 5], [25, 5]), false],
  ['two were dragged together', places([5, 5], [15, 5], [20, 0]), false],
  ['all were laid out', places([0, 7], [30, 0], [60, 9]), true],
  ['others are there now', { c0: { x: 0, y: 0 }, c1: { x: 9, y: 9 } }, false],
]

for (const [name, after, expected] of cases) {
  test(name, () => assert.equal(isRearranged(before, after, ['b0', 'b1', 'b2']), expected))
}
