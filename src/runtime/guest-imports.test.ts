/** A guest whose functions are all of types that it defines in one recursion group: none is of the plain type with the same parameters. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../../test/support/load-component.ts'

const guest = `
  (core module $D
    (rec (type $drop (func (param i32))) (type $count (func (result i32))))
    (global $dropped (mut i32) (i32.const 0))
    (func (export "drop") (type $drop) (global.set $dropped (i32.add (global.get $dropped) (local.get 0))))
    (func (export "dropped") (type $count) (global.get $dropped)))
  (core instance $d (instantiate $D))
  (type $r (resource (rep i32) (dtor (func $d "drop"))))
  (core func $new (canon resource.new $r))
  (core func $drop (canon resource.drop $r))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (rec
      (type $realloc (func (param i32 i32 i32 i32) (result i32)))
      (type $echo (func (param i32 i32) (result i32)))
      (type $after (func (param i32)))
      (type $make-and-drop (func (param i32))))
    (memory (export "memory") 1)
    (func (export "realloc") (type $realloc) (i32.const 64))
    (func (export "echo") (type $echo)
      (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)) (i32.const 0))
    (func (export "after") (type $after))
    (func (export "make-and-drop") (type $make-and-drop) (call $drop (call $new (local.get 0)))))
  (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "drop" (func $drop))))))
  (func (export "echo") (param "s" string) (result string)
    (canon lift (core func $m "echo") (memory $m "memory") (realloc (func $m "realloc")) (post-return (func $m "after"))))
  (func (export "make-and-drop") (param "rep" u32) (canon lift (core func $m "make-and-drop")))
  (func (export "dropped") (result u32) (canon lift (core func $d "dropped")))`

eachBackEnd('functions of types that are defined in groups', (load) => {
  test('are called', async () => {
    const { exports } = await (await load(guest)).instantiate()
    for (const text of ['', 'short', 'é', 'longer '.repeat(30), 'long '.repeat(1000)])
      assert.equal(exports.echo(text), text)
    exports.makeAndDrop(7)
    assert.equal(exports.dropped(), 7)
  })

  test('are called through the promise view', async () => {
    const instance = await (await load(guest)).instantiate()
    assert.equal(await instance.async.echo('text'), 'text')
    await instance.async.makeAndDrop(5)
    assert.equal(await instance.async.dropped(), 5)
  })
})
