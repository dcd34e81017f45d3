/** Objects of the host that do something when the instance that owns them is disposed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instance } from '../../src/index.ts'
import { takenWords } from '../../src/runtime/thread.ts'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

/** Two components that each keep what the host gives them. */
const guest = `
  (import "thing" (type $thing (sub resource)))
  (import "give" (func $give (result (own $thing))))
  (component $Keeper
    (import "thing" (type $thing (sub resource)))
    (import "give" (func $give (result (own $thing))))
    (core func $give (canon lower (func $give)))
    (core module $M (import "" "give" (func $give (result i32)))
      (func (export "keep") (drop (call $give))) (func (export "one") (result i32) (i32.const 1)))
    (core instance $m (instantiate $M (with "" (instance (export "give" (func $give))))))
    (func (export "keep") (canon lift (core func $m "keep")))
    (func (export "one") (result u32) (canon lift (core func $m "one"))))
  (instance $a (instantiate $Keeper (with "thing" (type $thing)) (with "give" (func $give))))
  (instance $b (instantiate $Keeper (with "thing" (type $thing)) (with "give" (func $give))))
  (func (export "keep-a") (alias export $a "keep"))
  (func (export "keep-b") (alias export $b "keep"))
  (func (export "one") (alias export $b "one"))`

eachBackEnd('an instance is disposed that owns objects', (load) => {
  async function world(act: (instance: Instance) => void) {
    let disposed = 0
    class Thing {
      [Symbol.dispose](): void {
        disposed++
        act(instance)
      }
    }
    const instance: Instance = await (await load(guest)).instantiate({ Thing, give: () => new Thing() })
    instance.exports.keepA()
    instance.exports.keepA()
    instance.exports.keepB()
    return { instance, disposed: () => disposed }
  }

  const acts: readonly (readonly [name: string, act: (instance: Instance) => void])[] = [
    ['that do nothing', () => {}],
    [
      'that throw',
      () => {
        throw new Error('mine')
      },
    ],
    ['that dispose it again', (instance) => instance.dispose()],
    ['that call it', (instance) => void instance.exports.one()],
    ['that call it later', (instance) => void instance.async.one().catch(() => {})],
  ]
  for (const [name, act] of acts) {
    test(name, async () => {
      const before = takenWords()
      const { instance, disposed } = await world(act)
      try {
        instance.dispose()
      } catch (error) {
        assert.match(String(error), /mine|was disposed/)
      }
      assert.equal(disposed(), 3)
      assert.ok(instance.disposed)
      assert.equal((await thrownBy(() => instance.exports.one())).code, 'instance-disposed')
      instance.dispose()
      assert.equal(disposed(), 3)
      assert.equal(takenWords(), before)
    })
  }

  test('that throw, when an instance cannot be made', async () => {
    let disposed = 0
    class Thing {
      [Symbol.dispose](): void {
        disposed++
        throw new Error('mine')
      }
    }
    const component = await load(`
      (import "thing" (type $thing (sub resource)))
      (import "give" (func $give (result (own $thing))))
      (core func $give (canon lower (func $give)))
      (core module $M (import "" "give" (func $give (result i32)))
        (func $start (drop (call $give)) (drop (call $give)) (unreachable)) (start $start))
      (core instance (instantiate $M (with "" (instance (export "give" (func $give))))))`)
    const error = await thrownBy(() => component.instantiate({ Thing, give: () => new Thing() }))
    assert.equal(error.code, 'unreachable', error.message)
    assert.equal(disposed, 2)
  })
})

const answered = `
  (import "thing" (type $thing (sub resource)))
  (type $answer' (record (field "before" u8) (field "thing" (own $thing)) (field "in" (stream u8)) (field "after" u8)))
  (import "answer" (type $answer (eq $answer')))
  (import "ask" (func $ask (result $answer)))
  (core module $Memory (memory (export "memory") 1))
  (core instance $memory (instantiate $Memory))
  (core func $ask' (canon lower (func $ask) (memory $memory "memory")))
  (core module $M (import "" "ask" (func $ask (param i32)))
    (func (export "run") (call $ask (i32.const 0))))
  (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask'))))))
  (func (export "run") (canon lift (core func $m "run")))`

eachBackEnd('an answer whose getters dispose the instance that asked', (load) => {
  for (const view of ['exports', 'async'] as const) {
    for (const field of ['before', 'after']) {
      test(`comes too late: ${field}, ${view}`, async () => {
        class Thing {
          dropped = 0;
          [Symbol.dispose](): void {
            this.dropped++
          }
        }
        const thing = new Thing()
        let cancelled = 0
        const stream = new ReadableStream({ cancel: () => void cancelled++ })
        const answer = {
          before: 1,
          thing,
          in: stream,
          after: 2,
          get [field]() {
            instance.dispose()
            return 3
          },
        }
        const instance: Instance = await (await load(answered)).instantiate({ Thing, ask: () => answer })
        await assert.rejects(async () => instance[view].run(), { code: 'instance-disposed' })
        await new Promise((resolve) => setTimeout(resolve, 2))
        // The interpreter reads all of it before anything moves.
        const taken = Number(stream.locked)
        assert.deepEqual([thing.dropped, cancelled], [taken, taken])
        if (field === 'before') assert.equal(taken, 0)
      })
    }
  }
})
