/** `tenon/register` in Deno, Bun and other Nodes, which `npm install` in tools/platforms brings. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { type AppFiles, environment, makeApp } from './app.ts'
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
  /** What an import of a core module prints, where that is possible. */
  readonly core?: string
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
    // Deno resolves no package there. Reading is all that has to be allowed.
    flags: ['run', '--no-prompt', '--allow-read', conditions, '--import', resolve('src/esm/register.ts')],
    core: 'core 5',
  },
  {
    name: 'Bun',
    command: `@oven/bun-${platform}-${bunArch}/bin/bun`,
    flags: [conditions, '--preload', 'tenon/register'],
  },
]

for (const { name, command, flags, core } of runtimes) {
  const path = `${installed}/${command}`
  const skip = existsSync(path) ? false : `no ${name}: npm install --prefix tools/platforms`

  describe(name, { skip }, () => {
    test('imports components, and says what is wrong', () => {
      const folder = makeApp({ ...application, ...wrong })
      const { stdout, stderr } = spawnSync(path, [...flags, 'main.js'], {
        cwd: folder,
        encoding: 'utf8',
        env: environment(),
      })
      assert.equal(stderr, '')
      const lines = stdout.split('\n').slice(0, -1)
      const printed = core === undefined ? output : [...output, core]
      assert.deepEqual(lines.slice(0, printed.length), printed)
      const [circle, missing, damaged] = lines.slice(printed.length)
      assert.match(circle!, /four\.wasm: components import each other in a circle/)
      assert.match(missing!, /five\.wasm: nothing says which module an import comes from:$/)
      assert.match(damaged!, /damaged\.wasm: unexpected end-of-file/)
    })
  })

  const wrong: AppFiles = {
    'three.wasm': passing('circle:a/three', 'circle:a/four'),
    'four.wasm': passing('circle:a/four', 'circle:a/three'),
    'five.wasm': passing('a:b/five', 'a:b/six'),
    'damaged.wasm': adder.subarray(0, 100),
    'main.js': `
      await import(${JSON.stringify(core === undefined ? './app.js' : './with-core.js')})
      for (const name of ['three', 'five', 'damaged'])
        await import('./' + name + '.wasm').catch(({ message }) => console.log(message.split('\\n')[0]))`,
  }
}
