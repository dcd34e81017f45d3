/** Broken files give typed errors, whatever is broken in them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../../test/support/fast-check.ts'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import { encode } from '../binary/encode.ts'
import type { Component, Definition } from '../component/component.ts'
import { DecodeError, ValidationError } from '../errors.ts'
import { validate, validationProblems } from './validate.ts'

/** Uses every sort of definition. */
const text = `(component $C
  (import "a:b/types@0.2.0" (instance $types
    (type $t (record (field "x" u32) (field "y" (list string))))
    (export "t" (type $tn (eq $t)))
    (export "r" (type $r (sub resource)))
    (export "[method]r.m" (func (param "self" (borrow $r)) (param "t" $tn) (result (result (own $r) (error string)))))))
  (import "c" (component $c
    (import "in" (type $in (sub resource)))
    (import "m" (core module (import "" "f" (func)) (export "g" (global i32))))
    (export "out" (type (eq $in)))
    (export "fresh" (type (sub resource)))))
  (alias export $types "t" (type $t))
  (alias export $types "r" (type $r))
  (alias export $types "[method]r.m" (func $method))
  (type (variant (case "a") (case "b" $t)))
  (type (enum "a" "b"))
  (type (flags "a" "b"))
  (type (tuple u8 (option char)))
  (type $stream (stream u8))
  (type $future (future (list u8 4)))
  (core type $ft (func (param i32)))
  (core module $m
    (memory (export "memory") 1)
    (table (export "table") 1 funcref)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "take") (param i32))
    (func (export "g") (param i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (alias core export $i "take" (core func $take))
  (core func $lowered (canon lower (func $method) (memory $memory) (realloc $realloc)))
  (core instance (export "lowered" (func $lowered)) (export "memory" (memory $memory)))
  (core func (canon stream.read $stream async (memory $memory)))
  (core func (canon future.write $future async (memory $memory)))
  (core func (canon waitable-set.wait (memory $memory)))
  (core func (canon task.return (result string) (memory $memory)))
  (core func (canon thread.new-indirect $ft (core table $i "table")))
  (type $own (resource (rep i32) (dtor (core func $take))))
  (core func (canon resource.new $own))
  (core module $other (import "" "f" (func)) (global (export "g") i32 (i32.const 0)))
  (instance $ci (instantiate $c (with "in" (type $own)) (with "m" (core module $other))))
  (alias export $ci "fresh" (type $fresh))
  (component $nested (alias outer $C $stream (type $s)) (export "s" (type $s)))
  (instance $ni (instantiate $nested))
  (instance $bag (export "t" (type $t)) (export "n" (instance $ni)))
  (export $exported "own" (type $own))
  (export "fresh" (type $fresh))
  (func (export "g") (param "s" string) (result string)
    (canon lift (core func $i "g") (memory $memory) (realloc $realloc)))
  (export "bag" (instance $bag) (instance (export "n" (instance)))))`

test('10,000 mutations are valid, or fail with a typed error', async () => {
  const bytes = await assemble(text)
  validate(decode(bytes))
  const change = fc.record({
    position: fc.nat(bytes.length - 1),
    to: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.nat(8), fc.nat(255)),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const mutated = Uint8Array.from(bytes)
      for (const { position, to } of changes) mutated[position] = to
      check(mutated)
    }),
    { numRuns: 10_000 },
  )
})

test('2,000 mutations of definitions are valid, or fail with a typed error', async () => {
  const component = decode(await assemble(text))
  const change = fc.record({ place: fc.nat(), how: fc.nat(4), by: fc.nat(1_000) })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const definitions = structuredClone(component.definitions) as Definition[]
      for (const { place, how, by } of changes) {
        const places = placesIn(definitions)
        mutate(places[place % places.length]!, how, by, places)
      }
      check(encode({ bytes: component.bytes, range: component.range, definitions }))
    }),
    { numRuns: 2_000 },
  )
})

/** A list of definitions or of their parts, an index, a count, a name or a choice. */
interface Place {
  readonly owner: Record<string, unknown>
  readonly key: string
}

/** All that says something; not where it stands. */
function placesIn(owner: object, places: Place[] = []): readonly Place[] {
  for (const [key, value] of Object.entries(owner)) {
    if (key === 'kind' || key === 'offset' || key === 'range' || key === 'bytes' || key === 'layout') continue
    // Other texts are choices of the format.
    if (typeof value !== 'string' || key === 'name' || key === 'module')
      places.push({ owner: owner as Place['owner'], key })
    if (typeof value === 'object' && value !== null) placesIn(value, places)
  }
  return places
}

function mutate({ owner, key }: Place, how: number, by: number, places: readonly Place[]): void {
  const value = owner[key]
  if (Array.isArray(value)) mutateList(value, how, by)
  else if (typeof value === 'number') owner[key] = how === 0 ? by : Math.max(0, value + how - 2)
  else if (typeof value === 'boolean') owner[key] = !value
  else if (typeof value === 'string') {
    const names = places.map((place) => place.owner[place.key]).filter((other) => typeof other === 'string')
    owner[key] = how === 0 ? value.toUpperCase() : names[by % names.length]
  }
}

/** Drops, doubles, swaps or moves an item. */
function mutateList(list: unknown[], how: number, by: number): void {
  if (list.length === 0) return
  const from = by % list.length
  const to = (by >> 3) % list.length
  switch (how) {
    case 0:
      list.splice(from, 1)
      break
    case 1:
      list.splice(to, 0, structuredClone(list[from]))
      break
    case 2:
      ;[list[from], list[to]] = [list[to], list[from]]
      break
    default:
      list.splice(to, 0, ...list.splice(from, 1))
  }
}

function check(bytes: Uint8Array): void {
  let component: Component
  try {
    component = decode(bytes)
  } catch (error) {
    assert.ok(error instanceof DecodeError, String(error))
    return
  }
  const first = firstProblem(component)
  assert.equal(validationProblems(component)[0]?.message, first)
}

function firstProblem(component: Component): string | undefined {
  try {
    validate(component)
    return undefined
  } catch (error) {
    assert.ok(error instanceof ValidationError || error instanceof DecodeError, String(error))
    return error.message
  }
}
