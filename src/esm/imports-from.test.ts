import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { importsFrom } from './imports-from.ts'

const add = () => 3

/** What is imported under some names from a module with these exports. */
function from(module: object, keys: readonly string[], instance: boolean): unknown {
  const [name = ''] = keys
  return importsFrom('guest', { [name]: { keys, instance, from: './module.js', module } })[name]
}

describe('what a module gives', () => {
  const face = { add }
  const cases: readonly [string, object, readonly string[], boolean, unknown][] = [
    ['an interface under its name', { 'a:b/c@1.0.0': face }, ['a:b/c@1.0.0'], true, face],
    ['one without version', { 'a:b/c': face }, ['a:b/c@1.0.0'], true, face],
    ['one of a compatible version', { 'a:b/c@1.7.0': face }, ['a:b/c@1.0.0'], true, face],
    ['one in the default export', { default: { 'a:b/c@1.7.0': face } }, ['a:b/c@1.0.0'], true, face],
    ['itself as an interface', face, ['a:b/c@1.0.0'], true, face],
    ['a function under its name', { log: add, default: 1 }, ['log'], false, add],
    ['one under its short name', { replaceValue: add }, ['replace-value', 'replaceValue'], false, add],
    ['one in the default export', { default: { log: add } }, ['log'], false, add],
    ['its default export', { default: add, other: 1 }, ['log'], false, add],
    ['an interface that a plain name stands for', { 'a:b/c': face }, ['db', 'a:b/c'], true, face],
  ]
  for (const [name, module, keys, instance, expected] of cases)
    test(name, () => assert.equal(from(module, keys, instance), expected))

  test('an interface of another version is not meant', () => {
    const module = { 'a:b/c@2.0.0': face }
    assert.equal(from(module, ['a:b/c@1.0.0'], true), module)
  })

  test('a function that has the name of its interface is not the interface', () => {
    const module = { c: add }
    assert.equal(from(module, ['a:b/c'], true), module)
  })

  test('nothing is an error', () => {
    assert.throws(() => from({ other: 1 }, ['get-it', 'getIt'], false), {
      code: 'link',
      message:
        'guest: the import `get-it` comes from ./module.js, which exports neither `get-it` nor `getIt` nor a default',
    })
  })

  describe('of a module that has not run yet', () => {
    const throwing = (error: Error) => ({
      add,
      get later(): never {
        throw error
      },
    })
    const unready = throwing(new ReferenceError("Cannot access 'later' before initialization"))

    test('what is there already counts', () => {
      assert.equal(from(unready, ['add'], false), add)
      assert.equal((from(unready, ['a:b/c@1.0.0'], true) as { add: unknown }).add, add)
    })

    test('what is not there is an error', () => {
      const expected = { code: 'link', message: /module\.js, which has not run yet/ }
      assert.throws(() => from(unready, ['later'], false), expected)
      const face = from(unready, ['a:b/c'], true) as { later: unknown }
      assert.throws(() => face.later, expected)
    })

    test('another error stays what it is', () => {
      const own = new RangeError('its own')
      assert.throws(() => from(throwing(own), ['later'], false), own)
    })
  })
})
