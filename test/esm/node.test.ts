/** `--import tenon/register` in the Node that runs the tests: system flags, threads, errors. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type AppFiles, makeApp, packageJson } from './app.ts'
import {
  adder,
  blobs,
  calculator,
  counter,
  interfacedAdder,
  keyValueStore,
  names,
  passing,
} from './guests.ts'

const coreModule = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)

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
    { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } },
  )
  return { lines: stdout.split('\n').slice(0, -1), stderr: stderr.replaceAll(folder, '.'), folder }
}

const application: AppFiles = {
  'package.json': packageJson({
    'tenon-examples:interfaced-adder/add': './components/interfaced-adder.wasm',
    'docs:sums/add@1.4.0': 'sums',
    'tenon-examples:kv-store/*': './database.js',
    log: './log.js',
    'wasi:cli/*': './wasi.js',
  }),
  'adder.wasm': adder,
  'calculator.wasm': calculator,
  'components/interfaced-adder.wasm': interfacedAdder,
  'components/kv-store.wasm': keyValueStore,
  'blobs.wasm': blobs,
  'names.wasm': names,
  'core.wasm': coreModule,
  'node_modules/sums/package.json': JSON.stringify({ exports: './sums.mjs' }),
  'node_modules/sums/sums.mjs': 'export const add = (a, b) => a + b',
  'log.js': 'export default (message) => console.log(message)',
  'database.js': `
    export class Connection {
      #entries = new Map()
      get(key) { return this.#entries.get(key) }
      set(key, value) { this.#entries.set(key, value) }
    }`,
  'wasi.js': `
    import { wasi } from 'tenon/wasi'
    export default wasi({ stdout: process.stdout })`,
  'counter.wasm': counter,
  'app.js': `
    import instance, { add } from './adder.wasm'
    import { run, 'wasi:cli/run' as exact } from './calculator.wasm'
    import { replaceValue } from './components/kv-store.wasm'
    import { Blob, blob } from './blobs.wasm'
    import { bump } from './counter.wasm'
    import { bump as same } from './counter.wasm'
    import { bump as other } from './counter.wasm?other'
    import byDefault, { getIt, 'get-it' as getItExactly, then_ } from './names.wasm'
    import * as core from './core.wasm'
    const say = (...values) => console.log(JSON.stringify(values))
    say(add(1, 2), await instance.async.add(3, 4), instance.disposed)
    run.run()
    say(run === exact)
    say(replaceValue('a', '1') ?? 'none', replaceValue('a', '2'))
    say(new Blob(5).size(), Blob === blob)
    say(bump(), same(), other())
    say(byDefault(), getIt(), getItExactly(), then_(), Object.keys(await import('./names.wasm')))
    say(Object.keys(core))`,
}

const output = [
  '[3,7,false]',
  'result: 3',
  '[true]',
  'a: None replaced by "1"',
  'a: None replaced by "2"',
  '["none",null]',
  '[105,true]',
  '[1,2,1]',
  '[7,7,7,7,["await","default","get-it","getIt","then_"]]',
  '[[]]',
]

describe('a component is imported like a module', () => {
  test('by what is on the main thread', () => {
    const { lines, stderr } = run(application, 'app.js')
    assert.deepEqual({ lines, stderr }, { lines: output, stderr: '' })
  })

  test('where Node has its hooks on another thread', () => {
    const files = { ...application, 'old-hooks.cjs': oldHooks }
    const { lines, stderr } = run(files, 'app.js', {}, '--require', './old-hooks.cjs')
    assert.deepEqual({ lines, stderr }, { lines: output, stderr: '' })
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
      'tenon-examples:kv-store/kvdb': './log.js',
      log: './nothing.js',
    }),
    'one.wasm': passing('a:b/one', 'a:b/two'),
    'two.wasm': passing('a:b/two', 'a:b/one'),
    'adder.wasm': adder,
    'kv-store.wasm': keyValueStore,
    'calculator.wasm': calculator,
    'damaged.wasm': adder.subarray(0, 100),
    'damaged-table/package.json': '{ "tenon": { "imports": { "log": 1 } } }',
    'damaged-table/kv-store.wasm': keyValueStore,
    'damaged-json/package.json': '{',
    'damaged-json/adder.wasm': adder,
    'no-package/node_modules/kv-store.wasm': keyValueStore,
    'nothing.js': '',
    'log.js': 'export const log = () => {}',
    'graph.mjs': `import './adder.wasm'`,
    'app.cjs': `
      const tell = ({ code, message }) => console.log(code, message.replaceAll(__dirname, '.'))
      const required = (path) => { try { require(path) } catch (error) { tell(error) } }
      required('./adder.wasm')
      required('./graph.mjs')
      const all = async () => {
        for (const path of ['one', 'kv-store', 'calculator', 'damaged', 'damaged-table/kv-store', 'damaged-json/adder', 'none'])
          await import('./' + path + '.wasm').catch(tell)
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
      /^link \.\/(one|two)\.wasm: the import `a:b\/(one|two)` comes from file:.*\.wasm, which has not run yet: .* in a circle$/m,
      /^link \.\/kv-store\.wasm: the import `log` comes from .*nothing\.js, which exports neither `log` nor a default$/m,
      /^link \.\/calculator\.wasm: nothing says where an import comes from:\n {2}`tenon-examples:interfaced-adder\/add`: an interface with `add`\nName a module for each in \.\/package\.json: "tenon": { "imports": { "tenon-examples:interfaced-adder\/add": "\.\/…" } }$/m,
      /^decode \.\/damaged\.wasm: .*end.* \(at offset 0xb\)$/m,
      /^file \.\/damaged-table\/kv-store\.wasm: \.\/damaged-table\/package\.json: "tenon": { "imports": { "log" } }: wanted a module specifier, such as "\.\/adder\.wasm"; found 1$/m,
      /^file \.\/damaged-json\/adder\.wasm: \.\/damaged-json\/package\.json: /m,
      /none\.wasm/,
    ])
      assert.match(text, expected)
  })
})
