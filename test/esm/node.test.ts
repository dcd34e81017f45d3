/** `--import tenon/register` in the Node that runs the tests: system flags, threads, errors. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type AppFiles, environment, makeApp, packageJson } from './app.ts'
import { application, output } from './application.ts'
import { adder, calculator, counter, keyValueStore, passing } from './guests.ts'

/** Where Node has its hooks for modules on a thread of their own only. */
const oldHooks = `
  const modules = require('node:module')
  modules.registerHooks = undefined
  modules.syncBuiltinESMExports()`

interface Result {
  readonly lines: readonly string[]
  readonly stderr: string
  readonly folder: string
}

function run(files: AppFiles, entry: string, env: NodeJS.ProcessEnv = {}, ...flags: string[]): Result {
  const folder = makeApp(files)
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=tenon-source', '--no-warnings', ...flags, '--import', 'tenon/register', entry],
    { cwd: folder, encoding: 'utf8', env: { ...environment(), ...env } },
  )
  return { lines: stdout.split('\n').slice(0, -1), stderr: stderr.replaceAll(folder, '.'), folder }
}

describe('a component is imported like a module', () => {
  test('by what is on the main thread', () => {
    const { lines, stderr } = run(application, 'with-core.js')
    assert.deepEqual({ lines, stderr }, { lines: [...output, 'core 5'], stderr: '' })
  })

  test('where Node has its hooks on another thread', () => {
    const files = { ...application, 'old-hooks.cjs': oldHooks }
    const { lines, stderr } = run(files, 'with-core.js', {}, '--require', './old-hooks.cjs')
    assert.deepEqual({ lines, stderr }, { lines: [...output, 'core 5'], stderr: '' })
  })

  test('in a worker', () => {
    const { lines, stderr } = run(
      {
        'package.json': packageJson({}),
        'counter.wasm': counter,
        'main.js': `
          import { Worker } from 'node:worker_threads'
          import { bump } from './counter.wasm'
          bump()
          new Worker(new URL('./worker.js', import.meta.url)).on('message', (n) => console.log(n, bump()))`,
        'worker.js': `
          import { parentPort } from 'node:worker_threads'
          import { bump } from './counter.wasm'
          parentPort.postMessage(bump())`,
      },
      'main.js',
    )
    assert.deepEqual({ lines, stderr }, { lines: ['1 2'], stderr: '' })
  })

  test('from a cache, where the environment names one', () => {
    const files = {
      ...application,
      'adding.js': `import { add } from './adder.wasm'; console.log(add(1, 2))`,
    }
    const folder = makeApp({})
    const env = { TENON_CACHE: join(folder, 'cache') }
    assert.deepEqual(run(files, 'adding.js', env).lines, ['3'])
    assert.equal(readdirSync(env.TENON_CACHE).length, 1)
    assert.deepEqual(run(files, 'adding.js', env).lines, ['3'])
    assert.equal(readdirSync(env.TENON_CACHE).length, 1)
  })
})

describe('what cannot be imported says why', () => {
  const files: AppFiles = {
    'package.json': packageJson({
      'a:b/one': './two.wasm',
      'a:b/two': './one.wasm',
      'a:b/three': './three.js',
      'tenon-examples:kv-store/kvdb': './log.js',
      log: './nothing.js',
    }),
    'one.wasm': passing('a:b/one', 'a:b/two'),
    'two.wasm': passing('a:b/two', 'a:b/one'),
    'three.wasm': passing('a:b/three', 'a:b/four'),
    'three.js': `
      import { four } from './three.wasm'
      export const { next } = four`,
    'adder.wasm': adder,
    'kv-store.wasm': keyValueStore,
    'calculator.wasm': calculator,
    'damaged.wasm': adder.subarray(0, 100),
    'damaged-table/package.json': '{ "tenon": { "imports": { "log": 1 } } }',
    'damaged-table/kv-store.wasm': keyValueStore,
    'damaged-json/package.json': '{',
    'damaged-json/adder.wasm': adder,
    'nothing.js': '',
    'log.js': 'export const log = () => {}',
    'graph.mjs': `import './adder.wasm'`,
    'app.cjs': `
      const tell = ({ code, message }) => console.log(code, message.replaceAll(__dirname, '.'))
      const required = (path) => { try { require(path) } catch (error) { tell(error) } }
      required('./adder.wasm')
      required('./graph.mjs')
      const all = async () => {
        for (const path of ['one.wasm', 'three.js', 'kv-store.wasm', 'calculator.wasm', 'damaged.wasm', 'damaged-table/kv-store.wasm', 'damaged-json/adder.wasm', 'none.wasm'])
          await import('./' + path).catch(tell)
      }
      all()`,
  }

  test('each with its file and the cure', () => {
    const { lines, stderr } = run(files, 'app.cjs')
    assert.equal(stderr, '')
    const text = lines.join('\n')
    for (const expected of [
      /^unsupported \.\/adder\.wasm: require\(\) cannot wait .*: `await import\(".\/adder\.wasm"\)` does$/m,
      /^ERR_REQUIRE_ASYNC_MODULE /m,
      /^link \.\/two\.wasm: components import each other in a circle, and none of them can be the first: \.\/two\.wasm → \.\/one\.wasm → \.\/two\.wasm$/m,
      /^link \.\/three\.wasm: the import `a:b\/three` comes from file:.*three\.js, which has not run yet: .* in a circle$/m,
      /^link \.\/kv-store\.wasm: the import `log` comes from .*nothing\.js, which exports neither `log` nor a default$/m,
      /^link \.\/calculator\.wasm: nothing says which module an import comes from:\n {2}`tenon-examples:interfaced-adder\/add`: an interface with `add`\nName a module for each in \.\/package\.json: "tenon": { "imports": { "tenon-examples:interfaced-adder\/add": "\.\/…" } }$/m,
      /^decode \.\/damaged\.wasm: .*end.* \(at offset 0xb\)$/m,
      /^file \.\/damaged-table\/kv-store\.wasm: \.\/damaged-table\/package\.json: "tenon": { "imports": { "log" } }: wanted a module specifier, such as "\.\/adder\.wasm"; found 1$/m,
      /^file \.\/damaged-json\/adder\.wasm: \.\/damaged-json\/package\.json: /m,
      /none\.wasm/,
    ])
      assert.match(text, expected)
  })
})
