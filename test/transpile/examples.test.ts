/** The examples as modules: Rust and Python, resources of the host's, commands, compositions, and calls that wait. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { buildPythonGuest } from '../../examples/build-python.ts'
import { encodeComposition, type Part, plug } from '../../src/compose/index.ts'
import { canSuspend } from '../../src/runtime/switch.ts'
import { wasi } from '../../src/wasi/index.ts'
import { forbidCodeGeneration, loadTranspiled } from '../support/transpiled-component.ts'

const example = (name: string): Uint8Array =>
  readFileSync(new URL(`../../examples/${name}/rust/${name}.wasm`, import.meta.url))

const part = (name: string): Part => ({ name: `my:${name}`, component: example(name) })

forbidCodeGeneration()

test('the Rust adder, in both views', async () => {
  using adder = await (await loadTranspiled(example('adder'))).instantiate()
  assert.equal(adder.exports.add(1, 2), 3)
  assert.equal(await adder.async.add(1, 2), 3)
  assert.throws(() => adder.exports.add(1), /add: expected 2 arguments \(a, b\), got 1/)
  assert.throws(() => adder.exports.add(1, '2'), /add: argument b: expected s32 .*, got "2"/)
})

test('the Python adder', async (t) => {
  const built = await buildPythonGuest('adder')
  if ('reason' in built) return t.skip(built.reason)
  using adder = await (await loadTranspiled(readFileSync(built.path))).instantiate({ ...wasi() })
  assert.equal(adder.exports.add(1, 2), 3)
})

/** A database, and what was logged. */
function database() {
  const rows = new Map<string, string>()
  const logged: string[] = []
  class Connection {
    get(key: string): string | undefined {
      return rows.get(key)
    }
    set(key: string, value: string): void {
      rows.set(key, value)
    }
  }
  return { logged, imports: { ...wasi(), 'tenon-examples:kv-store/kvdb': { Connection } } }
}

test('the key-value store, with a class of the host', async () => {
  const { logged, imports } = database()
  const log = (text: string) => logged.push(text)
  using store = await (await loadTranspiled(example('kv-store'))).instantiate({ ...imports, log })
  assert.equal(store.exports.replaceValue('greeting', 'hello'), undefined)
  assert.equal(store.exports.replaceValue('greeting', 'good morning'), 'hello')
  assert.deepEqual(logged, [
    'greeting: None replaced by "hello"',
    'greeting: Some("hello") replaced by "good morning"',
  ])
})

test('the key-value store, while its host waits', { skip: !canSuspend && 'no JSPI' }, async () => {
  const { imports } = database()
  const log = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
  const store = await (await loadTranspiled(example('kv-store'))).instantiate({ ...imports, log })
  assert.throws(() => store.exports.replaceValue('a', '1'), { name: 'Trap', code: 'cannot-block' })
  using other = await (await loadTranspiled(example('kv-store'))).instantiate({ ...imports, log })
  const calls = ['1', '2', '3'].map((value) => other.async.replaceValue('b', value))
  assert.deepEqual(await Promise.all(calls), [undefined, '1', '2'])
})

/** What a command writes to its standard output. */
async function run(bytes: Uint8Array, view: 'exports' | 'async'): Promise<string> {
  const chunks: Uint8Array[] = []
  using command = await (await loadTranspiled(bytes)).instantiate({ ...wasi({ stdout: chunks }) })
  await command[view].run.run()
  return Buffer.concat(chunks).toString()
}

test('a command that was composed of the calculator and the adder', async () => {
  const { composition } = plug(part('calculator'), [part('interfaced-adder')])
  const bytes = encodeComposition(composition)
  assert.equal(await run(bytes, 'async'), 'result: 3\n')
  assert.equal(await run(bytes, 'exports'), 'result: 3\n')
})

test('a command whose store has its database from another component: resources between components', async () => {
  const { composition } = plug(part('kv-command'), [part('kv-store'), part('kv-database')])
  const bytes = encodeComposition(composition)
  const { files } = await loadTranspiled(bytes)
  assert.ok(
    [...files.keys()].some((name) => name.includes('.adapters')),
    'no adapters',
  )
  const expected =
    'log: greeting: None replaced by "hello"\nnone\nlog: greeting: Some("hello") replaced by "good morning"\nhello\n'
  assert.equal(await run(bytes, 'async'), expected)
})
