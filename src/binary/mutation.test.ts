/** Damaged files give typed errors and nothing else, soon: truncations at every byte and random flips. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { random } from '../../test/hostile/mutate.ts'
import { assemble } from '../../test/support/assemble.ts'
import type { Component } from '../component/component.ts'
import { DecodeError } from '../errors.ts'
import { readComponentNames } from './component-name-section.ts'
import { readCoreModuleType } from './core-module.ts'
import { coreSections, customSections } from './core-sections.ts'
import { decode } from './decode.ts'
import { readNameSection } from './name-section.ts'
import { readProducers } from './producers.ts'

const sources: Record<string, string> = {
  'every sort of definition': `(component $outer
    (import "wasi:io/error@0.2.0" (instance (export "error" (type (sub resource))) (export "f" (func (param "größe" u8)))))
    (import "c" (component (import "i" (func)) (export "e" (func))))
    (import "m" (core module (import "a" "b" (func (param i32))) (export "t" (table 1 2 funcref))))
    (core module $m (memory (export "mem") 1) (func (export "f") (param i32 i32)) (global (export "g") i64 (i64.const -1)))
    (core instance $i (instantiate $m))
    (core instance (export "x" (func $i "f")))
    (type $r (resource (rep i32)))
    (type $t (record (field "a" u8) (field "b" (option string)) (field "c" (result (list (own $r)) (error char)))))
    (type (variant (case "x") (case "y" (tuple f32 f64)))) (type (flags "p" "q")) (type (enum "one" "two"))
    (component $inner (component $innermost) (import "x" (func)) (export "y" (func 0)))
    (func $f (import "f") (param "s" string))
    (instance $n (instantiate $inner (with "x" (func $f))))
    (core func $lowered (canon lower (func $f) (memory (core memory $i "mem")) string-encoding=utf16))
    (core func (canon resource.new $r)) (core func (canon resource.drop $r))
    (func (export "g") (param "s" string) (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $lowered))))
    (export "n" (instance $n)))`,
  'async built-ins': `(component
    (core module $m (memory (export "mem") 1)) (core instance $i (instantiate $m))
    (alias core export $i "mem" (core memory $mem))
    (type $s (stream u8)) (type $f (future))
    (core func (canon task.cancel)) (core func (canon subtask.cancel async)) (core func (canon subtask.drop))
    (core func (canon task.return (result u32))) (core func (canon context.get i32 0)) (core func (canon thread.yield))
    (core func (canon stream.new $s)) (core func (canon stream.read $s async (memory $mem)))
    (core func (canon future.write $f async (memory $mem))) (core func (canon future.cancel-read $f))
    (core func (canon waitable-set.new)) (core func (canon waitable-set.wait (memory $mem))) (core func (canon waitable.join)))`,
}

const moduleSource = `(module $math
  (type $pair (struct (field i32) (field (mut i8)))) (rec (type $a (array (mut i64))) (type $f (sub (func (param (ref null $a))))))
  (import "env" "tick" (func)) (import "env" "memory" (memory 1 2 shared))
  (table $t (export "t") 1 funcref) (memory (export "m") i64 1) (tag (export "e") (param i32))
  (global $g (export "g") (ref $pair) (struct.new $pair (i32.const 1) (i32.const 2)))
  (func $add (export "add") (param i32 i64) (result f64) (f64.const 0))
  (@custom "producers" "\\01\\08language\\01\\04Rust\\041.80"))`

function* truncations(bytes: Uint8Array): Generator<Uint8Array> {
  for (let end = 0; end < bytes.length; end++) yield bytes.slice(0, end)
}

function* flips(bytes: Uint8Array, count: number): Generator<Uint8Array> {
  const next = random(0x7e_40_51)
  for (let i = 0; i < count; i++) {
    const mutant = bytes.slice()
    for (let flipped = next() % 3; flipped >= 0; flipped--)
      mutant[next() % mutant.length]! ^= 1 << (next() % 8)
    yield mutant
  }
}

/** Reads all there is; returns whether it was well-formed. */
function survives(read: () => void): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}

function readEverything(component: Component): void {
  readComponentNames(component)
  for (const definition of component.definitions) {
    if (definition.kind === 'component') readEverything(definition.component)
    if (definition.kind === 'core-module') readModule(component.bytes, definition.range)
  }
}

function readModule(bytes: Uint8Array, range = { start: 0, end: bytes.length }): void {
  for (const section of customSections(bytes, coreSections(bytes, range), 'producers'))
    readProducers(bytes, section)
  readNameSection(bytes, range)
  readCoreModuleType(bytes, range)
}

for (const [name, source] of Object.entries(sources)) {
  describe(`a damaged component: ${name}`, () => {
    test('cut at every byte', async () => {
      const bytes = await assemble(source)
      readEverything(decode(bytes))
      let wellFormed = 0
      for (const cut of truncations(bytes)) if (survives(() => readEverything(decode(cut)))) wellFormed++
      // A cut between two sections leaves a component; there are few of those places.
      assert.ok(wellFormed > 0 && wellFormed < 60, `${wellFormed}`)
    })
    test('5,000 times with flipped bits', async () => {
      let wellFormed = 0
      for (const mutant of flips(await assemble(source), 5_000)) {
        if (survives(() => readEverything(decode(mutant)))) wellFormed++
      }
      assert.ok(wellFormed > 0 && wellFormed < 5_000, `${wellFormed}`)
    })
  })
}

describe('a damaged core module', () => {
  test('cut at every byte', async () => {
    const bytes = await assemble(moduleSource)
    readModule(bytes)
    for (const cut of truncations(bytes)) survives(() => readModule(cut))
  })
  test('5,000 times with flipped bits', async () => {
    for (const mutant of flips(await assemble(moduleSource), 5_000)) survives(() => readModule(mutant))
  })
})
