/** Functions that are confined are called without marks: nobody can tell, whatever goes wrong in them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../test/support/load-component.ts'
import { TenonError, Trap } from '../errors.ts'
import { canSuspend } from './switch.ts'
import { RUNNING_CALL, words } from './thread.ts'

/** All confined but `ask`. In mode 1 `realloc` traps, in mode 2 the post-return of `echo`; in mode 3 memory grows under `realloc`. */
const guest = `
  (import "ask" (func $ask (result u32)))
  (core func $ask (canon lower (func $ask)))
  (core module $M
    (import "" "ask" (func $ask (result i32)))
    (memory (export "memory") 1)
    (global $mode (mut i32) (i32.const 0))
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
      (if (i32.eq (global.get $mode) (i32.const 1)) (then unreachable))
      (if (i32.eq (global.get $mode) (i32.const 3)) (then (drop (memory.grow (i32.const 1)))))
      (local.set $at (global.get $next))
      (global.set $next (i32.add (global.get $next) (local.get 3)))
      (local.get $at))
    (func (export "mode") (param i32) (global.set $mode (local.get 0)))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)) (i32.const 0))
    (func (export "after") (param i32)
      (if (i32.eq (global.get $mode) (i32.const 2)) (then unreachable)))
    (func (export "seven") (result i32) (i32.const 7))
    (func $deep (export "deep") (param i32) (result i32)
      (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
    (func (export "ask") (result i32) (call $ask)))
  (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask))))))
  (func (export "mode") (param "n" u32) (canon lift (core func $m "mode")))
  (func (export "echo") (param "s" string) (result string)
    (canon lift (core func $m "echo") (memory $m "memory") (realloc (func $m "realloc")) (post-return (func $m "after"))))
  (func (export "seven") (result u32) (canon lift (core func $m "seven")))
  (func (export "deep") (param "n" u32) (result u32) (canon lift (core func $m "deep")))
  (func (export "ask") (result u32) (canon lift (core func $m "ask")))`

const hasCode = (code: string) => (error: unknown) =>
  (error instanceof Trap || error instanceof TenonError) && error.code === code

const nothing = (): number => 0

eachBackEnd('confined functions', (load) => {
  test('give back what they got, also where memory grows under them', async () => {
    const { exports } = await (await load(guest)).instantiate({ ask: nothing })
    for (const mode of [0, 3]) {
      exports.mode(mode)
      for (const text of ['', 'a', 'four', 'sixteen bytes ok', 'é'.repeat(40), 'x'.repeat(2000), '\ud800'])
        assert.equal(exports.echo(text), text.toWellFormed())
    }
  })

  for (const [what, mode] of [
    ['realloc', 1],
    ['post-return', 2],
  ] as const) {
    test(`a trap in ${what} ends the instance`, async () => {
      const component = await load(guest)
      for (const text of ['short', 'long'.repeat(100), 'longer'.repeat(1000)]) {
        const { exports } = await component.instantiate({ ask: nothing })
        exports.mode(mode)
        assert.throws(() => exports.echo(text), hasCode('unreachable'))
        assert.throws(() => exports.seven(), hasCode('cannot-enter'))
        assert.throws(() => exports.ask(), hasCode('cannot-enter'))
        assert.equal(words[RUNNING_CALL], 0)
      }
    })
  }

  test('an exhausted stack ends it, too', async () => {
    const { exports } = await (await load(guest)).instantiate({ ask: nothing })
    assert.throws(() => exports.deep(0), hasCode('stack-exhausted'))
    assert.throws(() => exports.seven(), hasCode('cannot-enter'))
  })

  test('after dispose they are refused', async () => {
    const instance = await (await load(guest)).instantiate({ ask: nothing })
    instance.dispose()
    assert.throws(() => instance.exports.seven(), hasCode('instance-disposed'))
  })

  test('they are refused while a call is inside', async () => {
    const instance = await (await load(guest)).instantiate({
      ask: () => instance.exports.seven(),
    })
    assert.throws(() => instance.exports.ask(), hasCode('cannot-enter'))
  })

  test('called inside of a call that may wait, they leave it able to', { skip: !canSuspend }, async () => {
    const component = await load(guest)
    const inner = await component.instantiate({ ask: nothing })
    const outer = await component.instantiate({
      async ask() {
        assert.equal(inner.exports.echo('inside'), 'inside')
        inner.exports.mode(1)
        assert.throws(() => inner.exports.echo('inside'), Trap)
        return 5
      },
    })
    assert.equal(await outer.async.ask(), 5)
    assert.equal(outer.exports.seven(), 7)
  })
})

/** What is confined does not vouch for what is not: `realloc` and post-return call out. */
const leaving = `
  (import "ask" (func $ask (result u32)))
  (core func $ask (canon lower (func $ask)))
  (core module $M
    (import "" "ask" (func $ask (result i32)))
    (memory (export "memory") 1)
    (func (export "leaving") (param i32 i32 i32 i32) (result i32) (call $ask))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
    (func (export "take") (param i32 i32))
    (func (export "give") (result i32) (i32.const 0))
    (func (export "after") (param i32) (drop (call $ask))))
  (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask))))))
  (func (export "take") (param "s" string)
    (canon lift (core func $m "take") (memory $m "memory") (realloc (func $m "leaving"))))
  (func (export "give") (result string)
    (canon lift (core func $m "give") (memory $m "memory") (realloc (func $m "realloc")) (post-return (func $m "after"))))`

eachBackEnd('what confined functions are called with', (load) => {
  for (const [name, args] of [
    ['take', ['text']],
    ['give', []],
  ] as const) {
    test(`may not call out: ${name}`, async () => {
      let asked = 0
      const { exports } = await (await load(leaving)).instantiate({ ask: () => ++asked })
      assert.throws(() => exports[name](...args), hasCode('cannot-leave'))
      assert.equal(asked, 0)
    })
  }
})
