import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keep } from './keep.ts'

const old = { a: { b: [1, 2], c: 'x' }, d: [{ e: 1 }, { e: 2 }], f: undefined }

test('an equal copy is the old value itself', () => {
  assert.equal(keep(old, structuredClone(old)), old)
})

test('what did not change keeps its identity, what did is new', () => {
  const fresh = structuredClone(old)
  fresh.d[1]!.e = 3
  const kept = keep(old, fresh)
  assert.deepEqual(kept, fresh)
  assert.equal(kept.a, old.a)
  assert.equal(kept.d[0], old.d[0])
  assert.notEqual(kept.d, old.d)
})

const differing: readonly (readonly [unknown, unknown])[] = [
  [[1, 2], [1]],
  [[1], [1, 2]],
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: 1, b: undefined }, { a: 1 }],
  [{ a: undefined }, { b: undefined }],
  [[], {}],
  [null, {}],
  ['1', 1],
]

for (const [before, after] of differing) {
  test(`${JSON.stringify(before)} gives way to ${JSON.stringify(after)}`, () => {
    assert.deepEqual(keep(before, after), after)
    assert.notEqual(keep(before, after), before)
  })
}
