import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parseWat } from '../wat/index.ts'
import { coreModuleSource } from './core-module-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-core-'))
after(() => rmSync(folder, { recursive: true }))

test('a core module is what the platform would make of it', async () => {
  const url = (name: string) => pathToFileURL(join(folder, name)).href
  const bytes = parseWat(`(module
    (import "./host.mjs" "add" (func $add (param i32 i32) (result i32)))
    (import "./host.mjs" "one" (func $one (result i32)))
    (import "./other.mjs" "two" (func $two (result i32)))
    (global (export "five") i32 (i32.const 5))
    (memory (export "memory") 1)
    (func (export "default") (result i32) (call $add (call $one) (call $two)))
    (func (export "not a name") (result i32) (i32.const 7)))`)
  writeFileSync(join(folder, 'core.wasm'), bytes)
  writeFileSync(join(folder, 'host.mjs'), 'export const add = (a, b) => a + b, one = () => 1')
  writeFileSync(join(folder, 'other.mjs'), 'export const two = () => 2')
  writeFileSync(join(folder, 'core.mjs'), coreModuleSource(bytes, url('core.wasm')))
  const module = await import(url('core.mjs'))
  assert.deepEqual(Object.keys(module), ['default', 'five', 'memory', 'not a name'])
  assert.equal(module.default(), 3)
  assert.equal(module.five, 5)
  assert.ok(module.memory instanceof WebAssembly.Memory)
  assert.equal(module['not a name'](), 7)
})

test('the name of a module is nothing but a name', async () => {
  const names = ['__proto__', "it's", '*/', '`', '\\', '\u2028']
  const escaped = (name: string) =>
    [...new TextEncoder().encode(name)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
  const bytes =
    parseWat(`(module ${names.map((name, i) => `(import "${escaped(name)}" "f" (func $f${i} (result i32)))`).join(' ')}
    (func (export "sum") (result i32) ${names.map((_, i) => `(call $f${i})`).join(' ')} ${'i32.add '.repeat(names.length - 1)}))`)
  const file = join(folder, 'named.wasm')
  writeFileSync(file, bytes)
  const given = pathToFileURL(join(folder, 'given.mjs')).href
  writeFileSync(join(folder, 'given.mjs'), 'export const f = () => 7')
  const source = coreModuleSource(bytes, pathToFileURL(file).href)
  writeFileSync(
    join(folder, 'named.mjs'),
    source.replaceAll(/^(import \* as \S+ from ).*$/gm, `$1'${given}'`),
  )
  assert.equal((await import(pathToFileURL(join(folder, 'named.mjs')).href)).sum(), 7 * names.length)
})
