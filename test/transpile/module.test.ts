/** Transpiled components as modules that run: in a process that may generate no JavaScript, with imports from other modules. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { transpile, type TranspileOptions } from '../../src/bindgen/transpile/transpile.ts'
import { assemble } from '../support/assemble.ts'
import { loadTranspiled } from '../support/transpiled-component.ts'

const runtime = new URL('../../src/transpiled/index.ts', import.meta.url).href
const wasi = new URL('../../src/esm/closed-wasi.ts', import.meta.url).href
const example = (name: string): Uint8Array =>
  readFileSync(new URL(`../../examples/${name}/rust/${name}.wasm`, import.meta.url))

describe('a module', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-transpile-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  function write(bytes: Uint8Array, options: TranspileOptions): void {
    const { files } = transpile(bytes, { types: false, ...options, runtime })
    for (const [name, content] of files) writeFileSync(join(folder, name), content)
  }

  /** What a program prints that may evaluate no strings. */
  function run(program: string): string {
    writeFileSync(join(folder, 'app.mjs'), program)
    const flags = ['--conditions=tenon-source', '--disallow-code-generation-from-strings']
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, join(folder, 'app.mjs')], {
      encoding: 'utf8',
    })
    assert.equal(stderr, '')
    return stdout
  }

  test('exports what the component exports, and its instance', () => {
    write(example('adder'), { name: 'adder' })
    const program = `
      import instance, { add } from './adder.js'
      console.log(add(1, 2), await instance.async.add(3, 4))
      instance.dispose()
      try { add(1, 2) } catch (error) { console.log(error.code) }`
    assert.equal(run(program), '3 7\ninstance-disposed\n')
  })

  test('imports what the component imports', () => {
    const map = { log: './log.mjs', 'tenon-examples:kv-store/*': './database.mjs', 'wasi:*': wasi }
    write(example('kv-store'), { name: 'store', map })
    writeFileSync(join(folder, 'log.mjs'), 'export function log(text) { console.log(text) }')
    writeFileSync(
      join(folder, 'database.mjs'),
      `const rows = new Map()
      export class Connection {
        get(key) { return rows.get(key) }
        set(key, value) { rows.set(key, value) }
      }`,
    )
    const program = `
      import { replaceValue } from './store.js'
      console.log(replaceValue('a', 'b'), replaceValue('a', 'c'))`
    assert.equal(run(program), 'a: None replaced by "b"\na: Some("b") replaced by "c"\nundefined b\n')
  })

  test('imports another component', async () => {
    const user = `(component
      (import "docs:sum/add@0.1.0" (instance $sum (export "add" (func (param "a" s32) (param "b" s32) (result s32)))))
      (alias export $sum "add" (func $add))
      (core func $add (canon lower (func $add)))
      (core module $m (import "" "add" (func $add (param i32 i32) (result i32)))
        (func (export "twice") (param i32) (result i32) (call $add (local.get 0) (local.get 0))))
      (core instance $i (instantiate $m (with "" (instance (export "add" (func $add))))))
      (func (export "twice") (param "n" s32) (result s32) (canon lift (core func $i "twice"))))`
    write(example('adder'), { name: 'adder' })
    write(await assemble(user), { name: 'user', map: { 'docs:sum/add': './adder.js' } })
    assert.equal(run(`import { twice } from './user.js'; console.log(twice(21))`), '42\n')
  })
})

test('imports that come from nowhere are named, with the cure', () => {
  assert.throws(() => transpile(example('kv-store'), { map: { logg: './log.js' } }), {
    name: 'LinkError',
    message:
      /2 imports come from:\n.*kvdb.*\n {2}`log`: `func\(msg: string\)`; there is `logg`\n.*--map '.*=\.\/module\.js'/,
  })
})

test('core modules that are there at once are instantiated at once', async () => {
  const { files, source } = await loadTranspiled(example('adder'))
  const module = new WebAssembly.Module(files.get('component.core.wasm') as Uint8Array<ArrayBuffer>)
  const { instantiate } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    instantiate(get: () => unknown): { exports: { add(a: number, b: number): number }; dispose(): void }
  }
  for (let i = 0; i < 3; i++) {
    const instance = instantiate(() => module)
    assert.equal(instance.exports.add(1, 2), 3)
    instance.dispose()
  }
  assert.equal((await instantiate(() => Promise.resolve(module))).exports.add(1, 2), 3)
  await assert.rejects(async () => instantiate(() => Promise.reject(new Error('gone'))), /gone/)
  const missing = { name: 'TypeError', message: 'there is no WebAssembly.Module for component.core.wasm' }
  assert.throws(() => instantiate(() => undefined), missing)
  await assert.rejects(async () => instantiate(() => Promise.resolve('bytes')), missing)
})

/** Its second module looks like the one that zeroes memories as far as it can, and swaps a word of the memory for another. */
const pretending = `(component
  (core module $a (memory (export "memory") 1))
  (core instance $a (instantiate $a))
  (core module $b
    (import "" "memory" (memory 1))
    (func (export "wipe") (param i32) (result i32)
      (i32.load (i32.const 0))
      (i32.store (i32.const 0) (local.get 0)))
    (@custom "tenon:module" (after last) "wiper ")
    (@custom "more" (after last) "stays"))
  (core instance $b (instantiate $b (with "" (instance (export "memory" (memory $a "memory"))))))
  (func (export "swap") (param "n" u32) (result u32) (canon lift (core func $b "wipe"))))`

test('no core module of a component is taken for one of the runtime, whatever the host gives for that', async () => {
  const { files, source } = await loadTranspiled(await assemble(pretending))
  const { instantiate } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    instantiate(get: (file: string) => unknown): { exports: { swap(n: number): number }; dispose(): void }
  }
  const compiled = (file: string): WebAssembly.Module =>
    new WebAssembly.Module(files.get(file) as Uint8Array<ArrayBuffer>)
  const modules = ['component.core.wasm', 'component.core2.wasm', 'component.wiper.wasm'].map(compiled)
  const sections = (name: string): number[] =>
    modules.map((module) => WebAssembly.Module.customSections(module, name).length)
  assert.deepEqual(
    [sections('tenon:module'), sections('more')],
    [
      [0, 0, 1],
      [0, 1, 0],
    ],
  )
  for (const wiper of [modules[1], modules[2]]) {
    for (let i = 1; i < 4; i++) {
      const instance = instantiate((file) => (file.includes('wiper') ? wiper : compiled(file)))
      assert.deepEqual([instance.exports.swap(i), instance.exports.swap(9)], [0, i])
      instance.dispose()
    }
  }
})

const between = `(component
  (component $inner
    (core module $m (func (export "negate") (param i32) (result i32) (i32.sub (i32.const 0) (local.get 0))))
    (core instance $i (instantiate $m))
    (func (export "negate") (param "n" s16) (result s16) (canon lift (core func $i "negate"))))
  (component $outer
    (import "negate" (func $negate (param "n" s16) (result s16)))
    (core func $negate (canon lower (func $negate)))
    (core module $m (import "" "negate" (func $negate (param i32) (result i32)))
      (func (export "run") (param i32) (result i32) (call $negate (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance (export "negate" (func $negate))))))
    (func (export "run") (param "n" s16) (result s16) (canon lift (core func $i "run"))))
  (instance $a (instantiate $inner))
  (instance $b (instantiate $outer (with "negate" (func $a "negate"))))
  (export "run" (func $b "run")))`

test('calls between components work where the engine cannot compile adapters', async () => {
  const { files, source } = await loadTranspiled(await assemble(between))
  const { instantiate } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    instantiate(get: (file: string) => unknown): { exports: { run(n: number): number } }
  }
  const asked: string[] = []
  const instance = instantiate((file) => {
    asked.push(file)
    if (file.includes('adapters')) throw new WebAssembly.CompileError('multiple memories')
    return new WebAssembly.Module(files.get(file) as Uint8Array<ArrayBuffer>)
  })
  assert.ok(asked.includes('component.adapters.wasm'))
  assert.equal(instance.exports.run(5), -5)
})

test('a component cannot choose where its files go', async () => {
  const bytes = await assemble('(component $../../evil)')
  assert.deepEqual([...transpile(bytes).files.keys()], ['component.js', 'component.d.ts'])
  for (const name of ['../x', 'a/b', '.x', '', 'a\\b', 'a\0b']) {
    assert.throws(() => transpile(bytes, { name }), TypeError, name)
  }
})

test('short names that collide are told, and are no exports', async () => {
  const bytes = await assemble(`(component
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func $f (canon lift (core func $i "f")))
    (export "a1" (func $f)) (export "a-1" (func $f)) (export "then" (func $f)))`)
  const { exports, collisions } = transpile(bytes)
  assert.deepEqual(exports, [
    { name: 'a1', as: ['a1'] },
    { name: 'a-1', as: ['a-1'] },
    { name: 'then', as: ['then_'] },
  ])
  assert.deepEqual(collisions, [{ short: 'a1', names: ['a1', 'a-1'] }])
})
