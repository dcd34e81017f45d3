/** Applications that import components, bundled by what `npm install` in tools/platforms brings, and run in Node. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, rmSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import esbuildPlugin from '../../src/esm/plugins/esbuild.ts'
import rollupPlugin from '../../src/esm/plugins/rollup.ts'
import { type AppFiles, makeApp, packageJson } from './app.ts'
import { application, output } from './application.ts'
import { adder, passing } from './guests.ts'

interface Problem {
  readonly message: string
}

interface Bundler {
  readonly name: string
  /** What has to be installed. */
  readonly package: string
  /** Writes `out/app.js` in a folder. @throws where it cannot */
  bundle(folder: string): Promise<void>
}

const platforms = resolve('tools/platforms/package.json')

/** A package of tools/platforms, or one of ours. */
async function load<T>(name: string): Promise<T> {
  const path = createRequire(name === 'rolldown' ? resolve('package.json') : platforms).resolve(name)
  return import(pathToFileURL(path).href)
}

type Build = (options: object) => Promise<{ write(options: object): Promise<unknown> }>

const conditions = ['tenon-source', 'node', 'import']

/** Rollup knows no TypeScript, and what we are bundled from here are our sources. */
const stripTypes = {
  transform: (code: string, id: string) =>
    id.endsWith('.ts') ? { code: stripTypeScriptTypes(code), map: null } : null,
}

const bundlers: readonly Bundler[] = [
  {
    name: 'Rollup',
    package: 'rollup',
    async bundle(folder) {
      const { rollup } = await load<{ rollup: Build }>('rollup')
      const { nodeResolve } = await load<{ nodeResolve: (options: object) => object }>(
        '@rollup/plugin-node-resolve',
      )
      const resolving = nodeResolve({ exportConditions: conditions, extensions: ['.js'] })
      const plugins = [rollupPlugin(), resolving, stripTypes]
      const bundle = await rollup({ input: join(folder, 'app.js'), plugins, onLog: () => {} })
      await bundle.write({ dir: join(folder, 'out'), format: 'es' })
    },
  },
  {
    name: 'Rolldown',
    package: 'rolldown',
    async bundle(folder) {
      const { rolldown } = await load<{ rolldown: Build }>('rolldown')
      const bundle = await rolldown({
        input: join(folder, 'app.js'),
        platform: 'node',
        resolve: { conditionNames: conditions },
        plugins: [rollupPlugin()],
        logLevel: 'silent',
      })
      await bundle.write({ dir: join(folder, 'out'), format: 'es' })
    },
  },
  {
    name: 'esbuild',
    package: 'esbuild',
    async bundle(folder) {
      const { build } = await load<{ build: (options: object) => Promise<unknown> }>('esbuild')
      await build({
        entryPoints: [join(folder, 'app.js')],
        outdir: join(folder, 'out'),
        bundle: true,
        format: 'esm',
        platform: 'node',
        conditions,
        plugins: [esbuildPlugin()],
        logLevel: 'silent',
      })
    },
  },
]

/** Why tests of it cannot run; false where they can. */
function missing(bundler: Bundler): string | false {
  const installed =
    bundler.package === 'rolldown' || existsSync(resolve('tools/platforms/node_modules', bundler.package))
  return installed ? false : `no ${bundler.name}: npm install --prefix tools/platforms`
}

for (const bundler of bundlers) {
  describe(bundler.name, { skip: missing(bundler) }, () => {
    test('bundles an application that runs', async () => {
      const folder = makeApp(application)
      await bundler.bundle(folder)
      assert.ok(globSync('out/**/*.core*.wasm', { cwd: folder }).length > 0)
      const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'out/app.js')], {
        encoding: 'utf8',
      })
      assert.deepEqual({ lines: stdout.split('\n').slice(0, -1), stderr }, { lines: output, stderr: '' })
    })

    const problems: readonly [name: string, files: AppFiles, message: RegExp][] = [
      [
        'an import that comes from nowhere',
        { 'package.json': packageJson({}), 'one.wasm': passing('a:b/one', 'a:b/two') },
        /one\.wasm: nothing says which module an import comes from:\n {2}`a:b\/one`: an interface with `next`\n/,
      ],
      [
        'components that import each other',
        {
          'package.json': packageJson({ 'a:b/one': './two.wasm', 'a:b/two': './one.wasm' }),
          'one.wasm': passing('a:b/one', 'a:b/two'),
          'two.wasm': passing('a:b/two', 'a:b/one'),
        },
        /components import each other in a circle.*two\.wasm → .*one\.wasm → .*two\.wasm/,
      ],
      [
        'a damaged component',
        { 'package.json': packageJson({}), 'one.wasm': adder.subarray(0, 100) },
        /one\.wasm: unexpected end-of-file: .* \(at offset 0xb\)/,
      ],
    ]
    for (const [name, files, message] of problems)
      test(`says where there is ${name}`, async () => {
        const folder = makeApp({ 'app.js': `import './one.wasm'`, ...files })
        await assert.rejects(bundler.bundle(folder), (error: Problem) => {
          assert.match(error.message, message)
          assert.match(error.message, /one\.wasm/)
          return true
        })
      })
  })
}

test('Rollup finds our modules without help', { skip: missing(bundlers[0]!) }, async () => {
  const { rollup } = await load<{ rollup: Build }>('rollup')
  const folder = makeApp({
    'adder.wasm': adder,
    'app.js': `import { add } from './adder.wasm'; console.log(add(1, 2))`,
  })
  rmSync(join(folder, 'node_modules'), { recursive: true })
  const bundle = await rollup({
    input: join(folder, 'app.js'),
    plugins: [rollupPlugin(), stripTypes],
    onLog: () => {},
  })
  await bundle.write({ dir: join(folder, 'out'), format: 'es' })
  const { stdout } = spawnSync(process.execPath, [join(folder, 'out/app.js')], { encoding: 'utf8' })
  assert.equal(stdout, '3\n')
})
