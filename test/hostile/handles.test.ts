/** Guests and programs that use handles they do not have, twice, or for too long. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component, Instance } from '../../src/index.ts'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

/**
 * A guest that does with indices of handles what it is told, and knows three resource types: `thing` of the host, `mine` of
 * its own, and `other` of another component.
 */
const guest = `
  (import "things" (instance $things
    (export "thing" (type $thing (sub resource)))
    (export "give" (func (result (own $thing))))
    (export "take" (func (param "a" (own $thing))))
    (export "take-two" (func (param "a" (own $thing)) (param "b" (own $thing))))
    (export "look" (func (param "a" (borrow $thing))))
    (export "look-and-take" (func (param "a" (borrow $thing)) (param "b" (own $thing))))
    (export "take-and-look" (func (param "a" (own $thing)) (param "b" (borrow $thing))))))
  (alias export $things "thing" (type $thing))
  (component $Other
    (core module $D (global $live (mut i32) (i32.const 0))
      (func (export "dtor") (param i32) (global.set $live (i32.sub (global.get $live) (i32.const 1))))
      (func (export "born") (global.set $live (i32.add (global.get $live) (i32.const 1))))
      (func (export "live") (result i32) (global.get $live)))
    (core instance $d (instantiate $D))
    (type $r' (resource (rep i32) (dtor (core func $d "dtor"))))
    (export $r "other" (type $r'))
    (core func $new (canon resource.new $r'))
    (core func $drop (canon resource.drop $r'))
    (core module $M
      (import "" "born" (func $born)) (import "" "new" (func $new (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "make") (result i32) (call $born) (call $new (i32.const 7)))
      (func (export "take") (param i32) (call $drop (local.get 0)))
      (func (export "look") (param i32) (if (i32.ne (local.get 0) (i32.const 7)) (then unreachable))))
    (core instance $m (instantiate $M (with "" (instance
      (export "born" (func $d "born")) (export "new" (func $new)) (export "drop" (func $drop))))))
    (func (export "give") (result (own $r)) (canon lift (core func $m "make")))
    (func (export "take") (param "a" (own $r)) (canon lift (core func $m "take")))
    (func (export "look") (param "a" (borrow $r)) (canon lift (core func $m "look")))
    (func (export "live") (result u32) (canon lift (core func $d "live"))))
  (instance $other (instantiate $Other))
  (alias export $other "other" (type $other-r))
  (component $User
    (import "thing" (type $thing (sub resource)))
    (import "give" (func $give (result (own $thing))))
    (import "take" (func $take (param "a" (own $thing))))
    (import "take-two" (func $take-two (param "a" (own $thing)) (param "b" (own $thing))))
    (import "look" (func $look (param "a" (borrow $thing))))
    (import "look-and-take" (func $look-and-take (param "a" (borrow $thing)) (param "b" (own $thing))))
    (import "take-and-look" (func $take-and-look (param "a" (own $thing)) (param "b" (borrow $thing))))
    (import "other" (type $other (sub resource)))
    (import "other-give" (func $other-give (result (own $other))))
    (import "other-take" (func $other-take (param "a" (own $other))))
    (import "other-look" (func $other-look (param "a" (borrow $other))))
    (type $mine (resource (rep i32)))
    (core func $give (canon lower (func $give)))
    (core func $take (canon lower (func $take)))
    (core func $take-two (canon lower (func $take-two)))
    (core func $look (canon lower (func $look)))
    (core func $look-and-take (canon lower (func $look-and-take)))
    (core func $take-and-look (canon lower (func $take-and-look)))
    (core func $other-give (canon lower (func $other-give)))
    (core func $other-take (canon lower (func $other-take)))
    (core func $other-look (canon lower (func $other-look)))
    (core func $drop (canon resource.drop $thing))
    (core func $other-drop (canon resource.drop $other))
    (core func $mine-new (canon resource.new $mine))
    (core func $mine-rep (canon resource.rep $mine))
    (core func $mine-drop (canon resource.drop $mine))
    (core module $Nothing (func (export "keep") (param i32)))
    (core instance $nothing (instantiate $Nothing))
    (func (export "give") (result u32) (canon lift (core func $give)))
    (func (export "take") (param "a" u32) (canon lift (core func $take)))
    (func (export "take-two") (param "a" u32) (param "b" u32) (canon lift (core func $take-two)))
    (func (export "look") (param "a" u32) (canon lift (core func $look)))
    (func (export "look-and-take") (param "a" u32) (param "b" u32) (canon lift (core func $look-and-take)))
    (func (export "take-and-look") (param "a" u32) (param "b" u32) (canon lift (core func $take-and-look)))
    (func (export "drop") (param "a" u32) (canon lift (core func $drop)))
    (func (export "other-give") (result u32) (canon lift (core func $other-give)))
    (func (export "other-take") (param "a" u32) (canon lift (core func $other-take)))
    (func (export "other-look") (param "a" u32) (canon lift (core func $other-look)))
    (func (export "other-drop") (param "a" u32) (canon lift (core func $other-drop)))
    (func (export "mine-new") (param "rep" u32) (result u32) (canon lift (core func $mine-new)))
    (func (export "mine-rep") (param "a" u32) (result u32) (canon lift (core func $mine-rep)))
    (func (export "mine-drop") (param "a" u32) (canon lift (core func $mine-drop)))
    (export $mine' "mine" (type $mine))
    (func (export "keep") (param "a" (borrow $thing)) (canon lift (core func $nothing "keep")))
    (func (export "take-borrow") (param "a" (borrow $thing)) (canon lift (core func $take)))
    (func (export "drop-borrow") (param "a" (borrow $thing)) (canon lift (core func $drop))))
  (instance $user (instantiate $User
    (with "thing" (type $thing))
    (with "give" (func $things "give")) (with "take" (func $things "take"))
    (with "take-two" (func $things "take-two")) (with "look" (func $things "look"))
    (with "look-and-take" (func $things "look-and-take")) (with "take-and-look" (func $things "take-and-look"))
    (with "other" (type $other-r)) (with "other-give" (func $other "give"))
    (with "other-take" (func $other "take")) (with "other-look" (func $other "look"))))
  (export "user" (instance $user))
  (func (export "other-live") (alias export $other "live"))`

class Thing {
  disposed = 0;
  [Symbol.dispose](): void {
    this.disposed++
  }
}

type Step = readonly [call: string, ...args: (number | string)[]]
/** The index that the last call returned. */
const last = '$last'

const attacks: readonly (readonly [name: string, code: string, steps: readonly Step[]])[] = [
  ['0 is no handle', 'unknown-handle', [['drop', 0]]],
  ['an index that was never given', 'unknown-handle', [['drop', 1]]],
  ['a large index', 'unknown-handle', [['drop', 0xffff_ffff]]],
  ['the longest index', 'unknown-handle', [['look', 2 ** 28]]],
  ['0 passed as own', 'unknown-handle', [['take', 0]]],
  ['0 passed as borrow', 'unknown-handle', [['look', 0]]],
  ['0 asked for its rep', 'unknown-handle', [['mineRep', 0]]],
  ['dropped twice', 'unknown-handle', [['give'], ['drop', last], ['drop', last]]],
  ['dropped and passed as own', 'unknown-handle', [['give'], ['drop', last], ['take', last]]],
  ['dropped and passed as borrow', 'unknown-handle', [['give'], ['drop', last], ['look', last]]],
  ['passed as own twice', 'unknown-handle', [['give'], ['take', last], ['take', last]]],
  ['passed as own twice at once', 'unknown-handle', [['give'], ['takeTwo', last, last]]],
  ['borrowed, and passed as own at once', 'resource-lent', [['give'], ['lookAndTake', last, last]]],
  ['passed as own, and borrowed at once', 'unknown-handle', [['give'], ['takeAndLook', last, last]]],
  ['dropped as another type', 'handle-type', [['give'], ['otherDrop', last]]],
  ['passed as another type', 'handle-type', [['give'], ['otherTake', last]]],
  ['borrowed as another type', 'handle-type', [['otherGive'], ['look', last]]],
  ['asked for the rep of another type', 'handle-type', [['give'], ['mineRep', last]]],
  ["another component's asked for its rep", 'handle-type', [['otherGive'], ['mineRep', last]]],
  [
    "another component's dropped twice",
    'unknown-handle',
    [['otherGive'], ['otherDrop', last], ['otherDrop', last]],
  ],
  [
    'its own dropped twice',
    'unknown-handle',
    [
      ['mineNew', 5],
      ['mineDrop', last],
      ['mineDrop', last],
    ],
  ],
  [
    'its own dropped as another type',
    'handle-type',
    [
      ['mineNew', 5],
      ['drop', last],
    ],
  ],
  [
    'a rep for an index',
    'unknown-handle',
    [
      ['mineNew', 1234],
      ['mineRep', 1234],
    ],
  ],
]

eachBackEnd('a guest', (load) => {
  function things(made: Thing[] = []): object {
    const give = (): Thing => {
      const thing = new Thing()
      made.push(thing)
      return thing
    }
    const ignore = (): void => {}
    return {
      things: {
        Thing,
        give,
        take: ignore,
        takeTwo: ignore,
        look: ignore,
        lookAndTake: ignore,
        takeAndLook: ignore,
      },
    }
  }
  const instantiate = async (made?: Thing[]): Promise<Instance> =>
    (await load(guest)).instantiate(things(made) as Record<string, unknown>)

  for (const [name, code, steps] of attacks) {
    test(name, async () => {
      for (const view of views) {
        const made: Thing[] = []
        const instance = await instantiate(made)
        let index: unknown
        const run = async ([call, ...args]: Step): Promise<unknown> =>
          instance[view].user[call](...args.map((arg) => (arg === last ? index : arg)))
        for (const step of steps.slice(0, -1)) index = (await run(step)) ?? index
        const error = await thrownBy(() => run(steps.at(-1)!))
        assert.equal(error.code, code, error.message)
        assert.equal((await thrownBy(() => run(['give']))).code, 'cannot-enter')
        for (const { disposed } of made) assert.ok(disposed <= 1)
      }
    })
  }

  const borrowed: readonly (readonly [name: string, call: string, code: string | undefined])[] = [
    ['keeps what it borrowed', 'keep', 'borrow-not-dropped'],
    ['passes on as own what it borrowed', 'takeBorrow', 'handle-type'],
    ['drops what it borrowed', 'dropBorrow', undefined],
  ]
  for (const [name, call, code] of borrowed) {
    test(name, async () => {
      for (const view of views) {
        const instance = await instantiate()
        const thing = new Thing()
        const attempt = (): unknown => instance[view].user[call](thing)
        if (code === undefined) assert.equal(await attempt(), undefined)
        else {
          assert.equal((await thrownBy(attempt)).code, code)
          assert.equal((await thrownBy(attempt)).code, 'cannot-enter')
        }
        assert.equal(thing.disposed, 0)
      }
    })
  }

  test('loses to the host what it passed as own', async () => {
    const made: Thing[] = []
    const instance = await instantiate(made)
    const { user } = instance.exports
    user.take(user.give())
    user.drop(user.give())
    assert.deepEqual(
      made.map(({ disposed }) => disposed),
      [0, 1],
    )
    user.otherTake(user.otherGive())
    user.otherDrop(user.otherGive())
    assert.equal(instance.exports.otherLive(), 0)
    const index = user.otherGive()
    user.otherLook(index)
    user.otherLook(index)
    assert.equal(instance.exports.otherLive(), 1)
  })

  test('is not told of handles of other instances', async () => {
    const component: Component = await load(guest)
    const [one, two] = [
      await component.instantiate(things() as never),
      await component.instantiate(things() as never),
    ]
    const index = one.exports.user.give()
    assert.equal((await thrownBy(() => two.exports.user.drop(index))).code, 'unknown-handle')
    one.exports.user.drop(index)
  })

  test('gets handles of the same table again, and they are others', async () => {
    const made: Thing[] = []
    const { user } = (await instantiate(made)).exports
    const first = user.give()
    user.drop(first)
    const second = user.mineNew(77)
    assert.equal(second, first)
    assert.equal(user.mineRep(second), 77)
    assert.equal((await thrownBy(() => user.drop(second))).code, 'handle-type')
    assert.equal(made[0]!.disposed, 1)
  })
})
