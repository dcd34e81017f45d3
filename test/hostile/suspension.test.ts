/** Calls that wait: through parents, destructors and functions that are no guest code. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostFunction } from '../../src/index.ts'
import { eachBackEnd } from '../support/load-component.ts'

/** A promise that is settled later. */
function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(value))
  })
}

/** A core module that calls through a table, and what fills the table afterwards. */
const indirect = `
  (core module $Table (table (export "t") 1 funcref)
    (type $f (func (result i32)))
    (func (export "run") (result i32) (call_indirect (type $f) (i32.const 0))))
  (core instance $t (instantiate $Table))
  (func $run (result u32) (canon lift (core func $t "run")))`
const filled = `
  (core func $ask (canon lower (func $ask)))
  (core module $Fill (import "" "t" (table 1 funcref)) (import "" "ask" (func $ask (result i32)))
    (elem (i32.const 0) func $ask))
  (core instance (instantiate $Fill (with "" (instance (export "t" (table $t "t")) (export "ask" (func $ask))))))`

const caller = `(component $Caller
  (import "run" (func $run (result u32)))
  (core func $run (canon lower (func $run)))
  (core module $M (import "" "run" (func $run (result i32))) (func (export "go") (result i32) (call $run)))
  (core instance $m (instantiate $M (with "" (instance (export "run" (func $run))))))
  (func (export "go") (result u32) (canon lift (core func $m "go"))))`

eachBackEnd('a call waits', (load) => {
  const waiting: readonly (readonly [name: string, text: string])[] = [
    [
      'in a function of the parent, whose import is bound after the child',
      `(import "ask" (func $ask (result u32))) ${indirect} ${caller}
       (instance $child (instantiate $Caller (with "run" (func $run))))
       ${filled}
       (func (export "go") (alias export $child "go"))`,
    ],
    [
      'in the parent, through two children',
      `(import "ask" (func $ask (result u32))) ${indirect} ${caller}
       (instance $inner (instantiate $Caller (with "run" (func $run))))
       (instance $outer (instantiate $Caller (with "run" (func $inner "go"))))
       ${filled}
       (func (export "go") (alias export $outer "go"))`,
    ],
    [
      'in a destructor of a component that is called',
      `(import "ask" (func $ask (result u32)))
       (component $Owner
         (import "ask" (func $ask (result u32)))
         (core func $ask (canon lower (func $ask)))
         (core module $D (import "" "ask" (func $ask (result i32))) (global $g (mut i32) (i32.const 0))
           (func (export "dtor") (param i32) (global.set $g (call $ask)))
           (func (export "last") (result i32) (global.get $g)))
         (core instance $d (instantiate $D (with "" (instance (export "ask" (func $ask))))))
         (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
         (export $e "r" (type $r))
         (core func $new (canon resource.new $r))
         (core module $N (import "" "new" (func $new (param i32) (result i32)))
           (func (export "make") (result i32) (call $new (i32.const 1))))
         (core instance $n (instantiate $N (with "" (instance (export "new" (func $new))))))
         (func (export "make") (result (own $e)) (canon lift (core func $n "make")))
         (func (export "last") (result u32) (canon lift (core func $d "last"))))
       (instance $owner (instantiate $Owner (with "ask" (func $ask))))
       (component $Dropper
         (import "r" (type $r (sub resource)))
         (import "make" (func $make (result (own $r))))
         (import "last" (func $last (result u32)))
         (core func $drop (canon resource.drop $r))
         (core func $make (canon lower (func $make)))
         (core func $last (canon lower (func $last)))
         (core module $M (import "" "make" (func $make (result i32))) (import "" "drop" (func $drop (param i32)))
           (import "" "last" (func $last (result i32)))
           (func (export "go") (result i32) (call $drop (call $make)) (call $last)))
         (core instance $m (instantiate $M (with "" (instance
           (export "make" (func $make)) (export "drop" (func $drop)) (export "last" (func $last))))))
         (func (export "go") (result u32) (canon lift (core func $m "go"))))
       (instance $dropper (instantiate $Dropper
         (with "r" (type $owner "r")) (with "make" (func $owner "make")) (with "last" (func $owner "last"))))
       ${caller}
       (instance $c (instantiate $Caller (with "run" (func $dropper "go"))))
       (func (export "go") (alias export $c "go"))`,
    ],
    [
      'in an import that is lifted as it is',
      `(import "ask" (func $ask (result u32)))
       (core func $ask (canon lower (func $ask)))
       (func (export "go") (result u32) (canon lift (core func $ask)))`,
    ],
    [
      'in an import that a core module exports again',
      `(import "ask" (func $ask (result u32)))
       (core func $ask (canon lower (func $ask)))
       (core module $M (import "" "ask" (func $ask (result i32))) (export "go" (func $ask)))
       (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask))))))
       (func (export "go") (result u32) (canon lift (core func $m "go")))`,
    ],
  ]
  for (const [name, text] of waiting) {
    test(name, async () => {
      const component = await load(text)
      const instance = await component.instantiate({ ask: () => later(42) })
      assert.equal(await instance.async.go(), 42)
      const [one, two] = [instance.async.go(), instance.async.go()]
      assert.deepEqual([await one, await two], [42, 42])
      assert.throws(() => instance.exports.go(), { name: 'Trap', code: 'cannot-block' })
      const at = await component.instantiate({ ask: () => 43 })
      assert.deepEqual([at.exports.go(), await at.async.go()], [43, 43])
    })
  }
})

eachBackEnd('a function that is no guest code waits its turn', (load) => {
  const lifted: readonly (readonly [name: string, text: string, expected: unknown])[] = [
    ['a lowered import', '(func (export "quick") (result u32) (canon lift (core func $now)))', 7],
    [
      'a lowered import that a core module exports again',
      `(core module $Q (import "" "now" (func $now (result i32))) (export "quick" (func $now)))
       (core instance $q (instantiate $Q (with "" (instance (export "now" (func $now))))))
       (func (export "quick") (result u32) (canon lift (core func $q "quick")))`,
      7,
    ],
    [
      '`resource.drop`',
      `(type $r (resource (rep i32)))
       (core func $drop (canon resource.drop $r))
       (func (export "quick") (param "n" u32) (canon lift (core func $drop)))`,
      'unknown-handle',
    ],
    [
      '`resource.new`',
      `(type $r (resource (rep i32)))
       (core func $new (canon resource.new $r))
       (func (export "quick") (param "n" u32) (result u32) (canon lift (core func $new)))`,
      1,
    ],
  ]
  for (const [name, text, expected] of lifted) {
    test(name, async () => {
      const component = await load(`
        (import "ask" (func $ask (result u32)))
        (import "now" (func $now (result u32)))
        (core func $ask (canon lower (func $ask)))
        (core func $now (canon lower (func $now)))
        (func (export "slow") (result u32) (canon lift (core func $ask)))
        ${text}`)
      const now = hostFunction({ blocks: false }, () => 7)
      const { exports, async } = await component.instantiate({ ask: () => later(42), now })
      const args = text.includes('param') ? [5] : []
      const [slow, quick] = [async.slow(), async.quick(...args).catch((error: Error) => error)]
      assert.throws(() => exports.quick(...args), { code: 'instance-busy' })
      assert.equal(await slow, 42)
      const outcome = await quick
      assert.equal(outcome instanceof Error ? (outcome as Error & { code: string }).code : outcome, expected)
    })
  }
})
