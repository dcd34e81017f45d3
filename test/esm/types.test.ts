/** Programs that import components, as the compiler sees them. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { before, describe, test } from 'node:test'
import { componentTypes } from '../../src/esm/component-types.ts'
import { typesFile } from '../../src/esm/module-declarations.ts'
import { type Diagnostic, shown, typeCheck, withTenon } from '../types/type-check.ts'
import { adder, blobs, calculator, interfacedAdder, keyValueStore, names } from './guests.ts'

const components = {
  adder,
  blobs,
  calculator,
  'interfaced-adder': interfacedAdder,
  'kv-store': keyValueStore,
  names,
}

const declarations = Object.entries(components).map(
  ([name, bytes]) => [typesFile(`${name}.wasm`), componentTypes(bytes, `${name}.wasm`)] as const,
)

/** What is wrong has the code of its error behind it. */
const program = `
import adder, { add } from './adder.wasm'
import { add as sum, 'tenon-examples:interfaced-adder/add' as exact } from './interfaced-adder.wasm'
import { run } from './calculator.wasm'
import { blobs, 'docs:blobs/blobs@0.1.0' as versioned } from './blobs.wasm'
import { replaceValue, 'replace-value' as replaceExactly } from './kv-store.wasm'
import byDefault, { getIt, then_ } from './names.wasm'
import { subtract } from './adder.wasm' // TS2614

export const numbers: number[] = [add(1, 2), sum.add(1, 2), exact.add(1, 2), byDefault(), getIt(), then_()]
export const later: Promise<number> = adder.async.add(1, 2)
export const disposed: boolean = adder.disposed
export const old: string | undefined = replaceValue('a', 'b') ?? replaceExactly('a', 'b')
export const size: number = new blobs.Blob(3).size() + new versioned.blob(3).size()
run.run()
adder.dispose()

add('1', 2) // TS2345
add(1) // TS2554
sum.sub(1, 2) // TS2339
export const notYet: number = adder.async.add(1, 2) // TS2322
replaceValue('a', 1) // TS2345
new blobs.Blob('three') // TS2345
run.run(1) // TS2554
adder.exports.add = add // TS2540
`

/** Where they have their types. */
const bundlers = {
  esbuild: 'esbuild/lib/main.d.ts',
  rolldown: 'rolldown/dist/index.d.mts',
  rollup: 'rollup/dist/rollup.d.ts',
  vite: 'vite/dist/node/index.d.ts',
}

const configurations = `
import tenonEsbuild from 'tenon/esbuild'
import tenonRollup from 'tenon/rollup'
import tenonVite from 'tenon/vite'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
import { rollup } from 'rollup'
import { defineConfig } from 'vite'

const options = { imports: { log: './log.js' }, types: true }
export default defineConfig({ plugins: [tenonVite(options)] })
await rollup({ input: 'app.js', plugins: [tenonRollup(options)] })
await rolldown({ input: 'app.js', plugins: [tenonRollup()] })
await build({ entryPoints: ['app.js'], plugins: [tenonEsbuild(options)] })
`

const installed = resolve('tools/platforms/node_modules')
const skip = existsSync(`${installed}/vite`) ? false : 'no bundlers: npm install --prefix tools/platforms'

describe('a program is checked', () => {
  let found: readonly Diagnostic[] = []

  // At once: most of the time goes into our own sources, which stand for the package.
  before(() => {
    const paths = Object.fromEntries([
      ['tenon/transpiled', [resolve('src/transpiled/index.ts')]],
      ...['esbuild', 'rollup', 'vite'].map((name) => [
        `tenon/${name}`,
        [resolve(`src/esm/plugins/${name}.ts`)],
      ]),
      ...Object.entries(bundlers).map(([name, types]) => [name, [`${installed}/${types}`]]),
    ])
    const files = new Map([...declarations, ['app.ts', program]])
    if (!skip) files.set('configurations.ts', configurations)
    // What bundlers' own declarations get wrong is not ours.
    found = typeCheck(files, { ...withTenon, skipLibCheck: true, paths: { ...withTenon.paths, ...paths } })
  })

  const of = (file: string) => found.filter((one) => one.file === file)

  test('where it imports components', () => {
    const expected = program
      .split('\n')
      .map((line, i) => [i + 1, / \/\/ (TS\d+)$/.exec(line)?.[1]] as const)
      .filter(([, code]) => code !== undefined)
      .map(([line, code]) => `${line} ${code}`)
    assert.equal(expected.length, 9)
    assert.deepEqual(
      of('app.ts').map(({ line, code }) => `${line} ${code}`),
      expected,
    )
  })

  test('where it configures a bundler', { skip }, () => {
    assert.deepEqual(shown(of('configurations.ts')), [])
  })
})

describe('where types stand', () => {
  for (const [file, expected] of [
    ['adder.wasm', 'adder.d.wasm.ts'],
    ['a.b/my.adder.wasm', 'a.b/my.adder.d.wasm.ts'],
  ] as const)
    test(file, () => assert.equal(typesFile(file), expected))

  for (const [file, name] of [
    ['lib/adder.wasm', 'AdderExports'],
    ['my_adder.v2.wasm', 'MyAdderV2Exports'],
    ['2.wasm', 'RootExports'],
    ['ä.wasm', 'RootExports'],
  ] as const)
    test(`${file} has ${name}`, () =>
      assert.match(componentTypes(adder, file), new RegExp(`interface ${name} `)))
})

test('those of the examples are up to date: tenon types FILE --module writes them', () => {
  const files = globSync('examples/*/rust/*.d.wasm.ts').map((types) => types.replace('.d.wasm.ts', '.wasm'))
  assert.equal(files.length, 2)
  for (const file of files)
    assert.equal(readFileSync(typesFile(file), 'utf8'), componentTypes(readFileSync(file), file), file)
})
