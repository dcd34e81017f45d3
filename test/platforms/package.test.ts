/** What is published: what its entries lead to, and nothing else. Of `dist/`, which `npm run build` makes. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve as resolvePath } from 'node:path'
import { after, describe, test } from 'node:test'
import { bundledSize } from '../support/bundled-size.ts'

type Target = string | { readonly [condition: string]: Target }
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: { readonly [subpath: string]: Target }
}

/** The files that an entry leads to, by the condition that its consumer asks for. */
function resolve(target: Target | undefined, conditions: readonly string[]): string | undefined {
  if (target === undefined || typeof target === 'string') return target
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue
    const found = resolve(inner, conditions)
    if (found !== undefined) return found
  }
  return undefined
}

/** An entry's own file, and all that it imports. */
function reached(entry: string, extension: string): ReadonlySet<string> {
  const files = new Set([join(entry)])
  for (const file of files) {
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:\bfrom|\bimport\(|\bimport)\s*['"](\.[^'"]+)['"]/g,
    ))
      files.add(join(dirname(file), specifier!.replace(/\.[jt]s$/, extension)))
  }
  return files
}

describe('the package', { skip: existsSync('dist/index.js') ? false : 'no dist: npm run build' }, () => {
  const subpaths = Object.keys(exports).filter((subpath) => subpath !== './package.json')

  test('has what its entries say, and no declaration more', () => {
    const declarations = new Set<string>()
    for (const subpath of subpaths) {
      for (const conditions of [[], ['browser']]) {
        const code = resolve(exports[subpath], [...conditions, 'import'])
        assert.ok(code && existsSync(code), `${subpath}: ${code}`)
        for (const file of reached(resolve(exports[subpath], [...conditions, 'types'])!, '.d.ts')) {
          assert.ok(existsSync(file), `${subpath} leads to ${file}, which is not there`)
          declarations.add(file)
        }
      }
    }
    assert.deepEqual(globSync('dist/**/*.d.ts').sort(), [...declarations].sort())
  })

  test('is packed without sources and tests', () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const { stdout } = spawnSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    const [{ files }] = JSON.parse(stdout) as [{ files: readonly { readonly path: string }[] }]
    const folders = new Set(files.map(({ path }) => path.split('/')[0]))
    assert.deepEqual([...folders].sort(), ['LICENSE', 'README.md', 'bin', 'dist', 'docs', 'package.json'])
    // What the command's help refers its readers to.
    const help = globSync('src/cli/commands/*.ts').map((file) => readFileSync(file, 'utf8'))
    const pages = new Set(help.flatMap((text) => text.match(/\bdocs\/[a-z-]+\.md/g) ?? []))
    assert.ok(pages.size > 3)
    for (const page of pages)
      assert.ok(
        files.some(({ path }) => path === page),
        page,
      )
    assert.ok(!files.some(({ path }) => /\.test\.|\.ts$/.test(path) && !path.endsWith('.d.ts')))
  })

  test('says in one line what an engine lacks', () => {
    const program = `
      delete Iterator.prototype.map
      await import('tenon').catch(({ code, message }) => console.log(code, message))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
    })
    assert.match(stdout, /^unsupported Tenon needs Node 22\.3 or later.*no iterator helpers\n$/)
  })

  test('leaves bundlers what a transpiled component needs, and no more', async () => {
    const adder = readFileSync('examples/adder/rust/adder.wasm')
    const runtime = resolvePath(resolve(exports['./transpiled'], ['import'])!)
    const size = await bundledSize(adder, { runtime })
    assert.ok(size < 10_000, `${size} bytes`)
  })

  test('has a browser’s WASI that names nothing of Node’s', () => {
    const files = reached(resolve(exports['./wasi'], ['browser', 'import'])!, '.js')
    assert.ok([...files].some((file) => file.endsWith('browser.js')))
    for (const file of files)
      assert.doesNotMatch(readFileSync(file, 'utf8'), /\bprocess\b|node:|\brequire\b/, file)
  })
})

describe('the built tool', { skip: existsSync('dist/cli') ? false : 'no dist: npm run build' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-built-'))
  after(() => rmSync(folder, { recursive: true }))
  const hello = 'bench/guests/hello/hello.wasm'
  const env = { ...process.env, NODE_COMPILE_CACHE: folder }

  /** Runs a component, and says which files were loaded for the first time. */
  function run(...args: string[]): { readonly stdout: string; readonly loaded: readonly string[] } {
    const before = kept()
    const { stdout, stderr } = spawnSync(process.execPath, ['bin/tenon.js', 'run', ...args], {
      encoding: 'utf8',
      env,
    })
    assert.equal(stderr, '')
    return { stdout, loaded: kept().filter((name) => !before.includes(name)) }
  }

  /** Chunks with compiled code, without their hashes. */
  function kept(): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .flatMap((path) => /tenon-run-(.*)-[\w-]{8}\.cjs$/.exec(path)?.[1] ?? [])
      .sort()
  }

  test('loads little for a small component', () => {
    assert.deepEqual(run(hello), { stdout: 'hello\n', loaded: ['file-cache', 'main', 'run'] })
  })

  test('loads what calls from one component to another need when there are any', () => {
    const provider = 'examples/interfaced-adder/rust/interfaced-adder.wasm'
    const calculator = 'examples/calculator/rust/calculator.wasm'
    const link = `tenon-examples:interfaced-adder/add=${provider}`
    assert.deepEqual(run('--import', link, calculator), { stdout: 'result: 3\n', loaded: ['fuse'] })
  })

  test('loads what reads and writes Plans when they are kept', () => {
    const cache = join(folder, 'plans')
    const { stdout, loaded } = run('--cache', cache, hello)
    assert.equal(stdout, 'hello\n')
    assert.ok(loaded.includes('precompiled-plans'))
    assert.deepEqual(run('--cache', cache, hello), { stdout: 'hello\n', loaded: [] })
  })
})
