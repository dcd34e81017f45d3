import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { assemble } from '../../../test/support/assemble.ts'
import { mutantsOutside, random } from '../../../test/hostile/mutate.ts'
import { decode } from '../../binary/decode.ts'
import { compile } from '../../compile/compile.ts'
import { TenonError } from '../../errors.ts'
import { helperNames } from '../../compile/glue/link.ts'
import { hostFunction } from '../../runtime/host-function.ts'
import { canSuspend } from '../../runtime/switch.ts'
import * as runtime from '../../transpiled/index.ts'
import { loadTranspiled } from '../../../test/support/transpiled-component.ts'
import { transpile } from './transpile.ts'

const adder = `(component $adder
  (core module $m (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" s32) (param "b" s32) (result s32) (canon lift (core func $i "add"))))`

test('files are named after the component', async () => {
  const bytes = await assemble(adder)
  assert.deepEqual([...transpile(bytes).files.keys()], ['adder.js', 'adder.d.ts', 'adder.core.wasm'])
  assert.deepEqual(
    [...transpile(bytes, { name: 'sum' }).files.keys()],
    ['sum.js', 'sum.d.ts', 'sum.core.wasm'],
  )
})

test('a core module stays as it is, unless its memory is to be used again', async () => {
  const core = async (memory: string, instantiation: boolean): Promise<boolean> => {
    const bytes = await assemble(`(component
      (core module $m ${memory} (func (export "f")))
      (core instance $i (instantiate $m))
      (func (export "f") (canon lift (core func $i "f"))))`)
    const { files } = transpile(bytes, { name: 'a', instantiation })
    const [range] = compile(decode(bytes)).modules
    const file = files.get('a.core.wasm') as Uint8Array
    return Buffer.compare(file, bytes.subarray(range!.start, range!.end)) === 0
  }
  assert.equal(await core('(memory 1)', false), true)
  assert.equal(await core('(memory 1)', true), false)
  assert.equal(await core('(memory 32)', true), false)
  const kept = [
    '(memory 0)',
    '(memory 33)',
    '(memory 1 2 shared)',
    '(memory i64 1)',
    '(memory 1) (memory i64 1)',
  ]
  for (const memory of kept) assert.equal(await core(memory, true), true, memory)
})

const asking = `(component
  (import "a" (func $a (param "n" u32) (result u32)))
  (import "b" (func $b (param "n" u32) (result u32)))
  (import "c" (func $c (result u64)))
  (core module $wider (import "" "c" (func $c (result i64))) (func (export "c") (result i32) (i32.wrap_i64 (call $c))))
  (core func $c (canon lower (func $c)))
  (core instance $w (instantiate $wider (with "" (instance (export "c" (func $c))))))
  (core func $a (canon lower (func $a)))
  (core func $b (canon lower (func $b)))
  (core module $sum (import "" "a" (func $a (param i32) (result i32))) (import "" "b" (func $b (param i32) (result i32)))
    (import "" "c" (func $c (result i32)))
    (func (export "sum") (result i32)
      (i32.add (call $c) (i32.add (call $a (i32.const 1)) (call $b (i32.const 2))))))
  (core instance $s (instantiate $sum
    (with "" (instance (export "a" (func $a)) (export "b" (func $b)) (export "c" (func $w "c"))))))
  (func (export "sum") (result u32) (canon lift (core func $s "sum"))))`

test('imports that may wait have one module of switches, whichever of them wait', async () => {
  const component = await loadTranspiled(await assemble(asking), { name: 'x' })
  assert.deepEqual(
    [...component.files.keys()].filter((file) => file.includes('switch')),
    ['x.switch.wasm'],
  )
  const later = async <T>(value: T): Promise<T> => value
  for (let waits = 0; waits < 8; waits++) {
    const blocks = (bit: number): { blocks: boolean } => ({ blocks: (waits & bit) !== 0 })
    const answer = <T>(bit: number, value: T): T | Promise<T> => (waits & bit ? later(value) : value)
    using instance = await component.instantiate({
      a: hostFunction(blocks(1), (n: number) => answer(1, n * 10)),
      b: hostFunction(blocks(2), (n: number) => answer(2, n * 100)),
      c: hostFunction(blocks(4), () => answer(4, 3n)),
    })
    if (waits === 0 || canSuspend) assert.equal(await instance.async.sum(), 213)
  }
})

test('functions that pass streams, and their elements, are written out', async () => {
  const { source } = await loadTranspiled(
    await assemble(`(component
      (type $s (stream string)) (type $n (stream u8))
      (import "in" (func $in (param "s" $s) (param "why" error-context)))
      (core module $Memory (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
      (core instance $memory (instantiate $Memory))
      (alias core export $memory "memory" (core memory $memory))
      (core func $in (canon lower (func $in)))
      (core func $read (canon stream.read $s (memory $memory) (realloc (func $memory "realloc"))))
      (core func $write (canon stream.write $s (memory $memory)))
      (core func $write-numbers (canon stream.write $n (memory $memory)))
      (core module $m
        (import "" "in" (func (param i32 i32)))
        (import "" "read" (func (param i32 i32 i32) (result i32)))
        (import "" "write" (func (param i32 i32 i32) (result i32)))
        (import "" "write-numbers" (func (param i32 i32 i32) (result i32)))
        (func (export "out") (result i32) (i32.const 0)))
      (core instance $m (instantiate $m (with "" (instance (export "in" (func $in))
        (export "read" (func $read)) (export "write" (func $write)) (export "write-numbers" (func $write-numbers))))))
      (func (export "out") (result $s) (canon lift (core func $m "out")))
      (func (export "out-task") async (result $s) (canon lift (core func $m "out"))))`),
  )
  const signatures = source.split('\n').filter((line) => line.startsWith('const signature'))
  assert.equal(signatures.length, 3)
  for (const one of signatures) assert.match(one, /, (?:lift|lower|taskLift): \w+/)
  const builtins = source.split('\n').filter((line) => line.includes('kind: "stream.'))
  assert.deepEqual(
    builtins.map((line) => line.includes('writtenElements(')),
    [true, true, false],
  )
  assert.match(source, /factories: \{ store: /)
  assert.match(source, /factories: \{ load: /)
})

test('the same component gives the same files', async () => {
  const bytes = await assemble(adder)
  assert.deepEqual(transpile(bytes), transpile(bytes))
})

test('a component that is not valid is refused', async () => {
  const bytes = await assemble(
    '(component (import "f" (func $f)) (export "g" (func $f) (func (param "x" u8))))',
  )
  assert.throws(() => transpile(bytes), { name: 'ValidationError' })
})

test('names of core modules are nothing but names in what is written', async () => {
  const names = [
    '__proto__',
    'constructor',
    'a"b',
    'a\\',
    'a\nb',
    '*/',
    `$${'{x}'}`,
    '`',
    '\u2028',
    '</script>',
    "it's",
  ]
  const escaped = (name: string): string =>
    [...new TextEncoder().encode(name)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
  const exports = names.map((name, i) => `(func (export "${escaped(name)}") (result i32) (i32.const ${i}))`)
  const imports = names.map(
    (name, i) => `(import "${escaped(name)}" "${escaped(name)}" (func $f${i} (result i32)))`,
  )
  const given = names.map(
    (name) => `(with "${escaped(name)}" (instance (export "${escaped(name)}" (func $a "${escaped(name)}"))))`,
  )
  const sum = names.reduce((text, _, i) => `(i32.add ${text} (call $f${i}))`, '(i32.const 0)')
  const bytes = await assemble(`(component
    (core module $A ${exports.join(' ')})
    (core instance $a (instantiate $A))
    (core module $B ${imports.join(' ')} (func (export "sum") (result i32) ${sum}))
    (core instance $b (instantiate $B ${given.join(' ')}))
    (func (export "sum") (result u32) (canon lift (core func $b "sum"))))`)
  using instance = await (await loadTranspiled(bytes)).instantiate({}, { name: 'evil ` */' })
  assert.equal(
    instance.exports.sum(),
    names.reduce((total, _, i) => total + i, 0),
  )
})

test('the runtime has all that generated code may name', () => {
  assert.deepEqual(
    helperNames.filter((name) => !(name in runtime)),
    [],
  )
})

test('a small component does not make an endless module', async () => {
  const doubled = Array.from({ length: 9 }, (_, i) => `(type $t${i + 1} (tuple $t${i} $t${i}))`)
  const each = (text: (i: number) => string): string =>
    Array.from({ length: 400 }, (_, i) => text(i)).join(' ')
  const bytes = await assemble(`(component
    (type $t0 (tuple u8 u8)) ${doubled.join(' ')}
    (core module $m (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
    (core instance $m (instantiate $m))
    ${each(
      (i) => `(import "f${i}" (func $f${i} (param "a" $t9)))
      (core func $f${i} (canon lower (func $f${i}) (memory $m "memory") (realloc (func $m "realloc"))))`,
    )}
    (core module $n ${each((i) => `(import "" "${i}" (func (param i32)))`)})
    (core instance (instantiate $n (with "" (instance ${each((i) => `(export "${i}" (func $f${i}))`)})))))`)
  assert.throws(() => transpile(bytes, { instantiation: true, types: false }), {
    name: 'TenonError',
    code: 'limit',
    message: /the module would be longer than 33554432 characters/,
  })
})

test('of a component with more exports than a call takes arguments', async () => {
  const exports = Array.from({ length: 90_000 }, (_, i) => `(export "f${i}" (func $f))`)
  const bytes = await assemble(`(component
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func $f (canon lift (core func $i "f"))) ${exports.join('\n')})`)
  const { exports: names } = transpile(bytes, { types: false })
  assert.equal(names.length, 90_000)
})

test('of a damaged component, a module or a typed error', async () => {
  const bytes = new Uint8Array(readFileSync('examples/kv-store/rust/kv-store.wasm'))
  const modules = decode(bytes).definitions.flatMap((one) => (one.kind === 'core-module' ? [one.range] : []))
  const mutant = mutantsOutside(bytes, modules, random(0x7e_40_52))
  const ends = new Map<string, number>()
  for (let run = 0; run < 150; run++) {
    const end = await transpiledEnd(mutant())
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  assert.deepEqual([...ends.keys()].sort(), ['decode', 'module', 'validation'])
})

/** The code of the typed error, or `module` where the engine takes what is written for one. */
async function transpiledEnd(bytes: Uint8Array): Promise<string> {
  try {
    await loadTranspiled(bytes)
    return 'module'
  } catch (error) {
    if (error instanceof TenonError) return error.code
    throw error
  }
}
