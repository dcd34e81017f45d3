/** Handles that one component passes to another: to the one that implements the resource, and to one that does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

const members = `
  (export "[constructor]r" (func (param "n" u32) (result (own $R))))
  (export "[method]r.get" (func (param "self" (borrow $R)) (result u32)))
  (export "both" (func (param "lent" (borrow $R)) (param "given" (own $R))))
  (export "twice" (func (param "one" (borrow $R)) (param "other" (borrow $R)) (result u32)))
  (export "take" (func (param "given" (own $R)) (result u32)))
  (export "sum" (func (param "all" (list (borrow $R))) (result u32)))`

/** Implements the resource, whose rep is a number. */
const maker = `
  (component $Maker
    (type $R' (resource (rep i32)))
    (export $R "r" (type $R'))
    (core func $new (canon resource.new $R'))
    (core func $rep (canon resource.rep $R'))
    (core func $drop (canon resource.drop $R'))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32))) (import "" "rep" (func $rep (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "get") (param i32) (result i32) (local.get 0))
      (func (export "both") (param i32 i32))
      (func (export "twice") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "take") (param i32) (result i32) (call $rep (local.get 0)) (call $drop (local.get 0)))
      (func (export "sum") (param $at i32) (param $left i32) (result i32) (local $sum i32)
        (block $done (loop $again
          (br_if $done (i32.eqz (local.get $left)))
          (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br $again)))
        (local.get $sum)))
    (core instance $m (instantiate $M (with "" (instance
      (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
    (func (export "[constructor]r") (param "n" u32) (result (own $R)) (canon lift (core func $m "make")))
    (func (export "[method]r.get") (param "self" (borrow $R)) (result u32) (canon lift (core func $m "get")))
    (func (export "both") (param "lent" (borrow $R)) (param "given" (own $R)) (canon lift (core func $m "both")))
    (func (export "twice") (param "one" (borrow $R)) (param "other" (borrow $R)) (result u32)
      (canon lift (core func $m "twice")))
    (func (export "take") (param "given" (own $R)) (result u32) (canon lift (core func $m "take")))
    (func (export "sum") (param "all" (list (borrow $R))) (result u32) (canon lift (core func $m "sum")
      (memory $m "memory") (realloc (func $m "realloc")))))`

/** Gets borrows of a resource that it does not implement: `keep` forgets to drop one. */
const keeper = `
  (component $Keeper
    (import "maker" (instance $i (export "r" (type $R (sub resource))) ${members}))
    (alias export $i "r" (type $R))
    (core func $drop (canon resource.drop $R))
    (core func $get (canon lower (func $i "[method]r.get")))
    (core module $M (import "" "drop" (func $drop (param i32))) (import "" "get" (func $get (param i32) (result i32)))
      (func (export "ask") (param i32) (result i32) (call $get (local.get 0)) (call $drop (local.get 0)))
      (func (export "keep") (param i32)))
    (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop)) (export "get" (func $get))))))
    (func (export "ask") (param "lent" (borrow $R)) (result u32) (canon lift (core func $m "ask")))
    (func (export "keep") (param "lent" (borrow $R)) (canon lift (core func $m "keep"))))`

/** `go` is what the test wants to be called. */
const composed = (body: string): string => `
  ${maker} ${keeper}
  (component $User
    (import "maker" (instance $i (export "r" (type $R (sub resource))) ${members}))
    (alias export $i "r" (type $R))
    (import "ask" (func $ask (param "lent" (borrow $R)) (result u32)))
    (import "keep" (func $keep (param "lent" (borrow $R))))
    (type $Other' (resource (rep i32)))
    (core func $other (canon resource.new $Other'))
    (core module $Memory (memory (export "memory") 1))
    (core instance $memory (instantiate $Memory))
    (core func $make (canon lower (func $i "[constructor]r")))
    (core func $get (canon lower (func $i "[method]r.get")))
    (core func $both (canon lower (func $i "both")))
    (core func $twice (canon lower (func $i "twice")))
    (core func $take (canon lower (func $i "take")))
    (core func $sum (canon lower (func $i "sum") (memory $memory "memory")))
    (core func $ask (canon lower (func $ask)))
    (core func $keep (canon lower (func $keep)))
    (core func $drop (canon resource.drop $R))
    (core module $M
      (import "" "memory" (memory 1))
      (import "" "make" (func $make (param i32) (result i32))) (import "" "get" (func $get (param i32) (result i32)))
      (import "" "both" (func $both (param i32 i32))) (import "" "twice" (func $twice (param i32 i32) (result i32)))
      (import "" "take" (func $take (param i32) (result i32))) (import "" "sum" (func $sum (param i32 i32) (result i32)))
      (import "" "ask" (func $ask (param i32) (result i32))) (import "" "keep" (func $keep (param i32)))
      (import "" "drop" (func $drop (param i32))) (import "" "other" (func $other (param i32) (result i32)))
      (func (export "go") (result i32) (local $a i32) (local $b i32)
        (local.set $a (call $make (i32.const 7))) (local.set $b (call $make (i32.const 30)))
        ${body}))
    (core instance $m (instantiate $M (with "" (instance
      (export "memory" (memory $memory "memory"))
      (export "make" (func $make)) (export "get" (func $get)) (export "both" (func $both))
      (export "twice" (func $twice)) (export "take" (func $take)) (export "sum" (func $sum))
      (export "ask" (func $ask)) (export "keep" (func $keep)) (export "drop" (func $drop))
      (export "other" (func $other))))))
    (func (export "go") (result u32) (canon lift (core func $m "go"))))
  (instance $maker (instantiate $Maker))
  (instance $keeper (instantiate $Keeper (with "maker" (instance $maker))))
  (instance $user (instantiate $User (with "maker" (instance $maker))
    (with "ask" (func $keeper "ask")) (with "keep" (func $keeper "keep"))))
  (func (export "go") (alias export $user "go"))`

const list = '(i32.store (i32.const 64) (local.get $a)) (i32.store (i32.const 68) (local.get $b))'

/** The result, or the code of the trap. */
const cases: readonly (readonly [name: string, body: string, outcome: number | string])[] = [
  ['a method', '(call $get (local.get $a))', 7],
  ['a method, and the handle is dropped', '(call $get (local.get $b)) (call $drop (local.get $b))', 30],
  ['a method, and the handle is moved', '(drop (call $get (local.get $a))) (call $take (local.get $a))', 7],
  [
    'a method of what was dropped',
    '(call $drop (local.get $a)) (call $get (local.get $a))',
    'unknown-handle',
  ],
  [
    'a method of what was moved',
    '(drop (call $take (local.get $a))) (call $get (local.get $a))',
    'unknown-handle',
  ],
  ['a method of nothing', '(call $get (i32.const 0))', 'unknown-handle'],
  ['a method of another resource', '(call $get (call $other (i32.const 1)))', 'handle-type'],
  ['one is lent, another given', '(call $both (local.get $a) (local.get $b)) (call $get (local.get $a))', 7],
  ['one is lent and given', '(call $both (local.get $a) (local.get $a)) (i32.const 0)', 'resource-lent'],
  ['one is lent twice', '(call $twice (local.get $a) (local.get $a)) (call $drop (local.get $a))', 14],
  [
    'some are lent in a list',
    `${list} (call $sum (i32.const 64) (i32.const 2)) (call $drop (local.get $a))`,
    37,
  ],
  ['one in a list is none', `${list} (call $sum (i32.const 64) (i32.const 3))`, 'unknown-handle'],
  ['one is lent on', '(call $ask (local.get $b)) (call $drop (local.get $b))', 30],
  ['one is lent and kept', '(call $keep (local.get $a)) (i32.const 0)', 'borrow-not-dropped'],
]

eachBackEnd('a handle between components', (load) => {
  for (const [name, body, outcome] of cases) {
    test(name, async () => {
      const component = await load(composed(body))
      for (const view of views) {
        const instance = await component.instantiate()
        if (typeof outcome === 'number') {
          assert.equal(await instance[view].go(), outcome)
          assert.equal(await instance[view].go(), outcome)
        } else {
          const error = await thrownBy(() => instance[view].go())
          assert.equal(error.code, outcome, error.message)
          assert.equal((await thrownBy(() => instance[view].go())).code, 'cannot-enter')
        }
        instance.dispose()
      }
    })
  }
})
