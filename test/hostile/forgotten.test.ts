/** What nobody disposes: instances, calls that never end, handles. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from '../../src/index.ts'
import { takenWords } from '../../src/runtime/thread.ts'
import { collectGarbage } from '../support/collect-garbage.ts'
import { counter, eachBackEnd } from '../support/load-component.ts'

const nested = `(component $C ${counter})
  (instance $a (instantiate $C)) (instance $b (instantiate $C))
  (func (export "bump") (alias export $b "bump"))`

/** When other tests have left nothing. */
async function settledWords(): Promise<number> {
  let before: number
  do {
    before = takenWords()
    await collectGarbage(() => false, 3)
  } while (takenWords() < before)
  return before
}

eachBackEnd('forgotten', (load) => {
  async function many(component: Component, count: number): Promise<void> {
    for (let i = 0; i < count; i++) assert.equal((await component.instantiate()).exports.bump(), 1)
  }

  for (const [name, text] of [
    ['one instance', counter],
    ['a tree of instances', nested],
  ] as const) {
    test(`${name}: its words are used again`, async () => {
      const component = await load(text)
      const before = await settledWords()
      await many(component, 100)
      assert.ok(takenWords() > before)
      assert.ok(await collectGarbage(() => takenWords() <= before))
    })

    test(`${name}: a function that is held keeps it`, async () => {
      const component = await load(text)
      const { bump } = (await component.instantiate()).exports
      const later = (await component.instantiate()).async.bump
      bump()
      await collectGarbage(() => false, 3)
      await many(component, 100)
      assert.deepEqual([bump(), await later(), await later()], [2, 1, 2])
    })
  }

  test('an instance that was disposed frees its words once', async () => {
    const component = await load(nested)
    const before = await settledWords()
    for (let i = 0; i < 100; i++) (await component.instantiate()).dispose()
    assert.equal(takenWords(), before)
    await collectGarbage(() => false, 3)
    assert.equal(takenWords(), before)
  })
})
