import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recorder } from '../../test/support/live-recorder.ts'
import { Composition } from '../compose/composition.ts'
import { hostFunction } from '../index.ts'
import { canSuspend } from '../runtime/switch.ts'
import { parseWat } from '../wat/index.ts'
import { LiveComposition } from './live-composition.ts'

const component = (text: string): Uint8Array => parseWat(`(component ${text})`)

test('an observed constructor of another instance can wait', { skip: !canSuspend }, async () => {
  const thing = component(`
    (import "nap" (func $nap (param "x" u32) (result u32)))
    (component $C
      (import "nap" (func $nap (param "x" u32) (result u32)))
      (core func $nap' (canon lower (func $nap)))
      (type $r (resource (rep i32)))
      (export $e "thing" (type $r))
      (core func $new (canon resource.new $r))
      (core module $M
        (import "" "new" (func $new (param i32) (result i32)))
        (import "" "nap" (func $nap (param i32) (result i32)))
        (func (export "make") (param i32) (result i32) (call $new (call $nap (local.get 0))))
        (func (export "get") (param i32) (result i32) (local.get 0)))
      (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "nap" (func $nap'))))))
      (func (export "[constructor]thing") (param "n" u32) (result (own $e)) (canon lift (core func $m "make")))
      (func (export "[method]thing.get") (param "self" (borrow $e)) (result u32) (canon lift (core func $m "get"))))
    (instance $c (instantiate $C (with "nap" (func $nap))))
    (export "w:w/things" (instance $c))`)
  const maker = component(`
    (import "w:w/things" (instance $i
      (export "thing" (type $r (sub resource)))
      (export "[constructor]thing" (func (param "n" u32) (result (own $r))))
      (export "[method]thing.get" (func (param "self" (borrow $r)) (result u32)))))
    (core func $make (canon lower (func $i "[constructor]thing")))
    (core func $get (canon lower (func $i "[method]thing.get")))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "get" (func $get (param i32) (result i32)))
      (func (export "run") (param i32) (result i32) (call $get (call $make (local.get 0)))))
    (core instance $m (instantiate $M (with "" (instance (export "make" (func $make)) (export "get" (func $get))))))
    (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run")))`)
  let [graph, id] = new Composition().add('a:thing', thing).add('a:maker', maker).instantiate('a:thing')
  ;[graph, id] = graph.alias(id, 'w:w/things')
  const things = id
  ;[graph, id] = graph.instantiate('a:maker', { 'w:w/things': id })
  ;[graph, id] = graph.alias(id, 'run')
  graph = graph.export(id, 'run').export(things, 'w:w/things')
  const { calls, observe } = recorder()
  const nap = hostFunction({ sync: (x: number) => x }, async (x: number) => x + 1)
  const live = await LiveComposition.instantiate(graph, { nap }, { observe })
  assert.equal(await live.async.run!(5), 6)
  assert.equal((live.exports.run as (n: number) => number)(5), 5)
  assert.deepEqual(
    calls.slice(0, 3).map(({ kind, end }) => [kind, end?.waited]),
    [
      ['constructor', true],
      ['function', true],
      ['method', true],
    ],
  )
  // The same for whoever calls what the composition exports.
  const made = live.async['w:w/things'] as Record<string, (n: unknown) => Promise<unknown>>
  assert.equal(await made['[method]thing.get']!(await made['[constructor]thing']!(7)), 8)
  live.dispose()
})
