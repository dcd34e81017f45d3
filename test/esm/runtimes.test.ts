/** `tenon/register` in Deno, Bun and other Nodes, which `npm install` in tools/platforms brings. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { makeApp, packageJson } from './app.ts'
import { application, output } from './application.ts'
import { adder, passing } from './guests.ts'

const { platform, arch } = process
const installed = resolve('tools/platforms/node_modules')
const bunArch = arch === 'arm64' ? 'aarch64' : arch
const libc = platform === 'linux' ? '-glibc' : ''

interface Runtime {
  readonly name: string
  readonly command: string
  readonly flags: readonly string[]
  /** What an import of a core module prints. */
  readonly core: string
}

const conditions = '--conditions=tenon-source'

/** 22 is the oldest that we support. */
const nodes = [22, 24].map((version) => ({
  name: `Node ${version}`,
  command: `node-${version}-${platform}-${arch}/bin/node`,
  flags: [conditions, '--no-warnings', '--import', 'tenon/register'],
  core: 'core 5',
}))

const runtimes: readonly Runtime[] = [
  ...nodes,
  {
    name: 'Deno',
    command: `@deno/${platform}-${arch}${libc}/deno`,
    // Deno resolves no package there.
    flags: ['run', '--allow-all', conditions, '--import', resolve('src/esm/register.ts')],
    core: 'core 5',
  },
  {
    name: 'Bun',
    command: `@oven/bun-${platform}-${bunArch}/bin/bun`,
    flags: [conditions, '--preload', 'tenon/register'],
    core: '',
  },
]

for (const { name, command, flags, core } of runtimes) {
  const path = `${installed}/${command}`
  const skip = existsSync(path) ? false : `no ${name}: npm install --prefix tools/platforms`

  const run = (folder: string, entry: string) => {
    const env = { ...process.env, NO_COLOR: '1' }
    const { stdout, stderr } = spawnSync(path, [...flags, entry], { cwd: folder, encoding: 'utf8', env })
    return { lines: stdout.split('\n').slice(0, -1), stderr: stderr.replaceAll(folder, '.') }
  }

  describe(name, { skip }, () => {
    test('imports components', () => {
      const entry = core === '' ? 'app.js' : 'with-core.js'
      const lines = core === '' ? output : [...output, core]
      assert.deepEqual(run(makeApp(application), entry), { lines, stderr: '' })
    })

    test('says what is wrong', () => {
      const folder = makeApp({
        'package.json': packageJson({ 'a:b/one': './two.wasm', 'a:b/two': './one.wasm' }),
        'one.wasm': passing('a:b/one', 'a:b/two'),
        'two.wasm': passing('a:b/two', 'a:b/one'),
        'three.wasm': passing('a:b/three', 'a:b/four'),
        'damaged.wasm': adder.subarray(0, 100),
        'app.js': `
          for (const name of ['one', 'three', 'damaged'])
            await import('./' + name + '.wasm').catch(({ message }) => console.log(message.split('\\n')[0]))`,
      })
      const { lines } = run(folder, 'app.js')
      const [circle, missing, damaged] = lines
      assert.match(circle!, /two\.wasm: components import each other in a circle/)
      assert.match(missing!, /three\.wasm: nothing says where an import comes from:$/)
      assert.match(damaged!, /damaged\.wasm: unexpected end-of-file/)
    })
  })
}
