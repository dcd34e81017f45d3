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
