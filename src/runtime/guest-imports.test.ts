/** Guests whose functions are all of types that are not the plain ones with the same parameters and results. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { eachBackEnd } from '../../test/support/load-component.ts'

type Define = (types: readonly [name: string, type: string][]) => string

/** All types in one group: none is of the plain type with the same parameters. */
const inOneGroup: Define = (types) =>
  `(rec (type (struct (field i32))) ${types.map(([name, type]) => `(type ${name} ${type})`).join(' ')})`

/** What is lifted may have no supertypes and no subtypes; what the options name may. */
const options = ['$drop', '$realloc', '$after', '$callback']
const withSubtypes: Define = (types) =>
  [
    inOneGroup(types.filter(([name]) => !options.includes(name))),
    ...types
      .filter(([name]) => options.includes(name))
      .map(([name, type]) => `(type ${name}' (sub ${type})) (type ${name} (sub final ${name}' ${type}))`),
  ].join(' ')

const synchronous = (define: Define): string => `
  (import "nap" (func $nap (param "x" u32) (result u32)))
  (core func $nap' (canon lower (func $nap)))
  (core module $D
    (import "" "nap" (func $nap (param i32) (result i32)))
    ${define([
      ['$drop', '(func (param i32))'],
      ['$count', '(func (result i32))'],
    ])}
    (global $dropped (mut i32) (i32.const 0))
    (func (export "drop") (type $drop)
      (global.set $dropped (i32.add (global.get $dropped) (call $nap (local.get 0)))))
    (func (export "dropped") (type $count) (global.get $dropped)))
  (core instance $d (instantiate $D (with "" (instance (export "nap" (func $nap'))))))
  (type $r (resource (rep i32) (dtor (func $d "drop"))))
  (core func $new (canon resource.new $r))
  (core func $drop (canon resource.drop $r))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "nap" (func $nap (param i32) (result i32)))
    ${define([
      ['$realloc', '(func (param i32 i32 i32 i32) (result i32))'],
      ['$echo', '(func (param i32 i32) (result i32))'],
      ['$after', '(func (param i32))'],
      ['$make-and-drop', '(func (param i32))'],
      ['$sleep', '(func (param i32) (result i32))'],
      ['$add', '(func (param i32 i32) (result i32))'],
    ])}
    (memory (export "memory") 1)
    (func (export "realloc") (type $realloc) (i32.const 64))
    (func (export "echo") (type $echo)
      (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)) (i32.const 0))
    (func (export "after") (type $after))
    (func (export "make-and-drop") (type $make-and-drop) (call $drop (call $new (local.get 0))))
    (func (export "sleep") (type $sleep) (i32.add (call $nap (local.get 0)) (i32.const 1)))
    (func (export "add") (type $add) (i32.add (local.get 0) (local.get 1))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "drop" (func $drop)) (export "nap" (func $nap'))))))
  (func (export "echo") (param "s" string) (result string)
    (canon lift (core func $m "echo") (memory $m "memory") (realloc (func $m "realloc")) (post-return (func $m "after"))))
  (func (export "make-and-drop") (param "rep" u32) (canon lift (core func $m "make-and-drop")))
  (func (export "dropped") (result u32) (canon lift (core func $d "dropped")))
  (func (export "sleep") (param "x" u32) (result u32) (canon lift (core func $m "sleep")))
  (func (export "add") (param "x" u32) (param "y" u32) (result u32) (canon lift (core func $m "add")))`

/** The same as an inner component, and an outer one, which calls it. */
const composed = (define: Define): string => `
  (import "nap" (func $nap (param "x" u32) (result u32)))
  (component $Inner ${synchronous(define)})
  (component $Outer
    (import "inner" (instance $inner
      (export "echo" (func (param "s" string) (result string)))
      (export "add" (func (param "x" u32) (param "y" u32) (result u32)))
      (export "sleep" (func (param "x" u32) (result u32)))))
    (core module $Memory
      ${define([
        ['$realloc', '(func (param i32 i32 i32 i32) (result i32))'],
        ['$other', '(func)'],
      ])}
      (memory (export "memory") 1)
      (func (export "realloc") (type $realloc) (i32.const 128)))
    (core instance $memory (instantiate $Memory))
    (core func $echo (canon lower (func $inner "echo") (memory $memory "memory") (realloc (func $memory "realloc"))))
    (core func $add (canon lower (func $inner "add")))
    (core func $sleep (canon lower (func $inner "sleep")))
    (core module $M
      (import "" "memory" (memory 1))
      (import "" "echo" (func $echo (param i32 i32 i32)))
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (import "" "sleep" (func $sleep (param i32) (result i32)))
      (data (i32.const 8) "a text")
      (func (export "echo") (result i32)
        (call $echo (i32.const 8) (i32.const 6) (i32.const 0))
        (i32.const 0))
      (func (export "sleep") (param i32) (result i32)
        (call $add (call $sleep (local.get 0)) (i32.const 100))))
    (core instance $m (instantiate $M (with "" (instance
      (export "memory" (memory $memory "memory"))
      (export "echo" (func $echo)) (export "add" (func $add)) (export "sleep" (func $sleep))))))
    (func (export "echo") (result string) (canon lift (core func $m "echo") (memory $memory "memory")))
    (func (export "sleep") (param "x" u32) (result u32) (canon lift (core func $m "sleep"))))
  (instance $inner (instantiate $Inner (with "nap" (func $nap))))
  (instance $outer (instantiate $Outer (with "inner" (instance $inner))))
  (export "echo" (func $outer "echo"))
  (export "sleep" (func $outer "sleep"))`

/** One function, lifted in three ways: it sleeps in the host twice, and waits in between. */
const asynchronous = (define: Define): string => `
  (import "nap" (func $nap (param "x" u32) (result u32)))
  (core func $nap' (canon lower (func $nap)))
  (core func $return (canon task.return (result u32)))
  (core func $yield (canon thread.yield))
  (core module $M
    (import "" "nap" (func $nap (param i32) (result i32)))
    (import "" "return" (func $return (param i32)))
    (import "" "yield" (func $yield (result i32)))
    ${define([
      ['$stackful', '(func (param i32))'],
      ['$first', '(func (param i32) (result i32))'],
      ['$callback', '(func (param i32 i32 i32) (result i32))'],
    ])}
    (global $x (mut i32) (i32.const 0))
    (func (export "stackful") (type $stackful)
      (local.set 0 (call $nap (local.get 0)))
      (drop (call $yield))
      (call $return (call $nap (local.get 0))))
    (func (export "first") (type $first)
      (global.set $x (call $nap (local.get 0)))
      (i32.const 1 (; YIELD ;)))
    (func (export "callback") (type $callback)
      (call $return (call $nap (global.get $x)))
      (i32.const 0 (; EXIT ;)))
    (func (export "plain") (type $first) (call $nap (call $nap (local.get 0)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "nap" (func $nap')) (export "return" (func $return)) (export "yield" (func $yield))))))
  (func (export "stackful") async (param "x" u32) (result u32) (canon lift (core func $m "stackful") async))
  (func (export "callback") async (param "x" u32) (result u32)
    (canon lift (core func $m "first") async (callback (func $m "callback"))))
  (func (export "plain") async (param "x" u32) (result u32) (canon lift (core func $m "plain")))`

const atOnce = (x: number): number => x + 1
const later = (x: number): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(x + 1), 2))

for (const define of [inOneGroup, withSubtypes]) {
  suite(`functions of types that are defined ${define === inOneGroup ? 'in one group' : 'in a group, or as subtypes'}`, () => {
    eachBackEnd('of synchronous functions', (load) => {
      test('are called', async () => {
        const { exports } = await (await load(synchronous(define))).instantiate({ nap: atOnce })
        for (const text of ['', 'short', 'é', 'longer '.repeat(30), 'long '.repeat(1000)])
          assert.equal(exports.echo(text), text)
        exports.makeAndDrop(7)
        assert.equal(exports.dropped(), 8)
        assert.equal(exports.sleep(1), 3)
        assert.equal(exports.add(1, 2), 3)
      })

      test('are called through the promise view', async () => {
        const instance = await (await load(synchronous(define))).instantiate({ nap: atOnce })
        assert.equal(await instance.async.echo('text'), 'text')
        await instance.async.makeAndDrop(5)
        assert.equal(await instance.async.dropped(), 6)
      })

      test('are suspended where the host has to wait, destructors too', async () => {
        const instance = await (await load(synchronous(define))).instantiate({ nap: later })
        assert.equal(await instance.async.sleep(1), 3)
        await instance.async.makeAndDrop(5)
        assert.equal(await instance.async.dropped(), 6)
      })

      test('are called and suspended through another component', async () => {
        for (const nap of [atOnce, later]) {
          const instance = await (await load(composed(define))).instantiate({ nap })
          assert.equal(await instance.async.echo(), 'a text')
          assert.equal(await instance.async.sleep(1), 103)
        }
      })
    })

    eachBackEnd('of asynchronous functions', (load) => {
      test('are called, and suspended where the host has to wait', async () => {
        for (const nap of [atOnce, later]) {
          const { exports } = await (await load(asynchronous(define))).instantiate({ nap })
          for (const name of ['stackful', 'callback', 'plain'] as const)
            assert.equal(await exports[name](1), 3, name)
        }
      })
    })
  })
}
