/** What TypeScript says of programs that use transpiled components. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { transpile, type TranspileOptions } from '../../src/bindgen/transpile/transpile.ts'
import { shown, typeCheck, withTenon } from '../types/type-check.ts'

const root = join(import.meta.dirname, '../..')
const files = new Map<string, string>()

function add(name: string, options: TranspileOptions): void {
  const bytes = readFileSync(join(root, `examples/${name}/rust/${name}.wasm`))
  for (const [file, content] of transpile(bytes, { ...options, name }).files)
    if (file.endsWith('.d.ts')) files.set(file, content as string)
}

add('adder', {})
add('interfaced-adder', { instantiation: true })
add('kv-store', { instantiation: true })

files.set(
  'program.ts',
  `import adder, { add } from './adder.js'
import { instantiate } from './kv-store.js'
import { instantiate as closed } from './interfaced-adder.js'
import { wasi } from 'tenon/wasi'

export const sum: number = add(1, 2)
export const later: Promise<number> = adder.async.add(1, 2)
adder.dispose()
add(1, '2') // wrong

class Connection {
  get(_key: string): string | undefined {
    return undefined
  }
  set(_key: string, _value: string): void {}
  remove(_key: string): string | undefined {
    return undefined
  }
  clear(): void {}
}
const imports = { ...wasi(), log: (_: string) => {}, 'tenon-examples:kv-store/kvdb': { Connection } }
declare const core: WebAssembly.Module
const store = instantiate(() => core, imports)
export const before: string | undefined = store.exports.replaceValue('a', 'b')
export const promised: Promise<string | undefined> = store.async.replaceValue('a', 'b')
const others = await instantiate(() => Promise.resolve(core), imports, { name: 'store' })
others.exports.replaceValue('a') // wrong
instantiate(() => core, { log: 5 }) // wrong
instantiate(core, imports) // wrong
closed(() => core).exports.add.add(1, 2)
closed(() => core, {}, { maxMemory: 1 }) // wrong
`,
)

test('declarations are right for right programs, and only for those', () => {
  const options = {
    ...withTenon,
    paths: { ...withTenon.paths, 'tenon/transpiled': [join(root, 'src/transpiled/index.ts')] },
  }
  const found = typeCheck(files, options)
  const lines = files.get('program.ts')!.split('\n')
  const wrong = lines.flatMap((line, i) => (line.endsWith('// wrong') ? [i + 1] : []))
  const elsewhere = found.filter(({ file }) => file !== 'program.ts')
  assert.deepEqual(shown(elsewhere), [])
  assert.deepEqual(
    [...new Set(found.map(({ line }) => line))].sort((a, b) => a - b),
    wrong,
    shown(found).join('\n'),
  )
})
