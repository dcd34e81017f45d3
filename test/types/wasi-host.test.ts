/** What `wasi()` gives has the types that the WIT of WASI says: its interfaces were written by hand, the declarations were not. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { generateTypes } from '../../src/bindgen/declarations/generate-types.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { wasi } from '../../src/wasi/index.ts'
import { readWasi } from '../wit/read-wasi.ts'
import { shown, typeCheck, withTenon } from './type-check.ts'

const packages = [...readWasi()]
  .filter(([name]) => name.startsWith('0.2/'))
  .flatMap(([, { files }]) => [files])
const interfaces = join(import.meta.dirname, '../../src/wasi/0.2/interfaces.ts')

const program = `import type { AllImports } from './types/all.js'
import type { interfaces } from ${JSON.stringify(interfaces)}
type Given = ReturnType<typeof interfaces>
type Imports = { [K in keyof Given as \`wasi:\${K}@0.2.12\`]: Given[K] }
declare const given: Imports
export const imports: AllImports = given
`

test('WASI 0.2', { skip: packages.length === 0 && 'no ../shared/conformance' }, () => {
  const names = Object.keys(wasi())
  const text = `package all:wasi; world all { ${names.map((name) => `import ${name};`).join(' ')} }`
  const sources = { files: [{ name: 'all.wit', text }], dependencies: packages }
  const world = resolveWit(sources, { features: 'all' }).main.worlds.get('all')!
  const types = generateTypes(world)
  assert.equal(types.size, names.length + 1)
  const files = new Map([...types].map(([path, text]) => [`types/${path}`, text]))
  assert.deepEqual(shown(typeCheck(files.set('program.ts', program), withTenon)), [])
})
