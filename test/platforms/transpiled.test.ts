/** Transpiled components in Deno, Bun and other Nodes, which `npm install` in tools/platforms brings. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { transpile } from '../../src/bindgen/transpile/transpile.ts'
import { encodeComposition, plug } from '../../src/compose/index.ts'

const { platform, arch } = process
const installed = resolve('tools/platforms/node_modules')
const source = (path: string): string => pathToFileURL(resolve('src', path)).href
const guest = (name: string): Uint8Array => readFileSync(`examples/${name}/rust/${name}.wasm`)
const conditions = '--conditions=tenon-source'

const runtimes: readonly { name: string; command: string; flags: readonly string[] }[] = [
  ...[22, 24].map((version) => ({
    name: `Node ${version}`,
    command: `node-${version}-${platform}-${arch}/bin/node`,
    flags: [conditions, '--no-warnings', '--disallow-code-generation-from-strings'],
  })),
  {
    name: 'Deno',
    command: `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}/deno`,
    flags: ['run', '--no-prompt', '--allow-read', conditions],
  },
  {
    name: 'Bun',
    command: `@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}/bin/bun`,
    flags: [conditions],
  },
]

/** A store with a class of the host's, and a command of two components; where calls can wait, they do. */
const program = `
  import store, { replaceValue } from './store.js'
  import command from './command.js'
  const lines = [replaceValue('a', 'b'), replaceValue('a', 'c')]
  await command.async.run.run()
  if ('Suspending' in WebAssembly) {
    globalThis.wait = () => new Promise((resolve) => setTimeout(resolve, 1))
    lines.push(await store.async.replaceValue('a', 'd'))
  } else lines.push('c')
  console.log(lines.join())`

const modules: Readonly<Record<string, string>> = {
  'log.js': 'export const log = () => globalThis.wait?.()',
  'database.js': `const rows = new Map()
    export class Connection {
      get(key) { return rows.get(key) }
      set(key, value) { rows.set(key, value) }
    }`,
  'wasi.js': `import { wasi } from ${JSON.stringify(source('wasi/index.ts'))}
    export default wasi({ stdout: (bytes) => console.log(new TextDecoder().decode(bytes).trim()) })`,
  'program.js': program,
  'package.json': '{ "type": "module" }',
}

describe('transpiled components', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-transpiled-'))
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text)
    const parts = ['calculator', 'interfaced-adder'].map((name) => ({
      name: `my:${name}`,
      component: guest(name),
    }))
    const map = { log: './log.js', 'tenon-examples:*': './database.js', 'wasi:*': './wasi.js' }
    const components = {
      store: guest('kv-store'),
      command: encodeComposition(plug(parts[0]!, [parts[1]!]).composition),
    }
    for (const [name, bytes] of Object.entries(components)) {
      const { files } = transpile(bytes, { name, map, runtime: source('transpiled/index.ts'), types: false })
      for (const [file, content] of files) writeFileSync(join(folder, file), content)
    }
  })
  after(() => rmSync(folder, { recursive: true }))

  for (const { name, command, flags } of runtimes) {
    const path = `${installed}/${command}`
    const skip = existsSync(path) ? false : `no ${name}: npm install --prefix tools/platforms`
    test(`in ${name}`, { skip }, () => {
      const { stdout, stderr } = spawnSync(path, [...flags, join(folder, 'program.js')], {
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', DENO_DIR: join(folder, 'deno') },
      })
      assert.deepEqual({ stdout, stderr }, { stdout: 'result: 3\n,b,c\n', stderr: '' })
    })
  }
})
