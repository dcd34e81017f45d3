import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../../test/support/load-component.ts'

/** Drops what it is given. */
const dropping = `
  (core func $drop (canon error-context.drop))
  (func (export "take") (param "why" error-context) (canon lift (core func $drop)))`

eachBackEnd('what the host says is an error', (load) => {
  const wrong: [name: string, message: unknown][] = [
    ['a number', 5],
    ['nothing', undefined],
    ['what only looks like text', { slice: () => ({ toWellFormed: () => 7 }) }],
  ]
  for (const [name, message] of wrong) {
    test(`is none with a message that is ${name}`, async () => {
      const { exports } = await (await load(dropping)).instantiate()
      const given = Object.defineProperty(new Error(''), 'message', { value: message })
      const refusal = {
        name: 'TypeError',
        message: /^take: argument why: expected error-context, got an object$/,
      }
      assert.throws(() => exports.take(given), refusal)
      exports.take(new RangeError('mine'))
    })
  }
})
