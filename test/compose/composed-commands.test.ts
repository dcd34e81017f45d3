/** Composed commands do the same here and in wasmtime, and wasm-tools has nothing against them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { buildPythonGuest } from '../../examples/build-python.ts'
import { runCli } from '../support/run-cli.ts'

const examples = join(import.meta.dirname, '../../examples')
const guest = (name: string): string => join(examples, name, 'rust', `${name}.wasm`)
const python = spawnSync('python3', ['-c', 'from wasmtime import component'])
const noWasmtime = python.status === 0 ? false : 'python3 cannot import `wasmtime.component`'
const noWasmTools = spawnSync('wasm-tools', ['--version']).status === 0 ? false : 'there is no wasm-tools'

const database = [
  'log: greeting: None replaced by "hello"',
  'none',
  'log: greeting: Some("hello") replaced by "good morning"',
  'hello',
  '',
].join('\n')

suite('composed commands', () => {
  let folder: string
  const file = (name: string): string => join(folder, name)
  const composed = new Map<string, string>()
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-composed-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  async function plugAndRun(name: string, args: readonly string[], prints: string): Promise<void> {
    const plugged = await runCli(['plug', ...args, '-o', file(name)])
    assert.deepEqual(plugged, { code: 0, signal: null, stdout: '', stderr: '' })
    assert.deepEqual(await runCli(['run', file(name)]), { code: 0, signal: null, stdout: prints, stderr: '' })
    composed.set(file(name), prints)
  }

  test('the calculator with the Rust adder', async () => {
    await plugAndRun('rust.wasm', [guest('calculator'), '--plug', guest('interfaced-adder')], 'result: 3\n')
  })

  test('the calculator with the Python adder', async (t) => {
    const built = await buildPythonGuest('interfaced-adder')
    if ('reason' in built) return t.skip(built.reason)
    await plugAndRun('python.wasm', [guest('calculator'), '--plug', built.path], 'result: 3\n')
  })

  test('a command with the key-value store, whose database is a plug of the plug', async () => {
    const plugs = ['kv-database', 'kv-store'].flatMap((name) => ['--plug', guest(name)])
    await plugAndRun('store.wasm', [guest('kv-command'), ...plugs], database)
  })

  test('the calculator with the adder, as WAC', async () => {
    const text =
      'package my:calculator; let adder = new my:adder { ... }; export new my:command { ...adder, ... }...;'
    const where = [
      '--dep',
      `my:adder=${guest('interfaced-adder')}`,
      '--dep',
      `my:command=${guest('calculator')}`,
    ]
    const made = await runCli(['compose', '-', ...where, '-o', file('wac.wasm')], { input: text })
    assert.deepEqual(made, { code: 0, signal: null, stdout: '', stderr: '' })
    assert.equal((await runCli(['run', file('wac.wasm')])).stdout, 'result: 3\n')
    composed.set(file('wac.wasm'), 'result: 3\n')
  })

  test('the same in wasmtime', { skip: noWasmtime }, () => {
    // It takes 5 s to compile an interpreter.
    const files = [...composed.keys()].filter(
      (path) => !path.endsWith('python.wasm') || process.env.TENON_RUNS,
    )
    const script = join(import.meta.dirname, 'run-in-wasmtime.py')
    const { status, stdout, stderr } = spawnSync('python3', [script, ...files], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    assert.equal(stdout, files.map((path) => composed.get(path)).join(''))
  })

  test('valid for wasm-tools', { skip: noWasmTools }, () => {
    for (const path of composed.keys()) {
      const { status, stderr } = spawnSync('wasm-tools', ['validate', '--features', 'all', path], {
        encoding: 'utf8',
      })
      assert.equal(status, 0, stderr)
    }
  })
})
