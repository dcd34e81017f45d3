/** An application that imports components in all the ways that there are. */
import { parseWat } from '../../src/wat/index.ts'
import { type AppFiles, packageJson } from './app.ts'
import { adder, blobs, calculator, counter, interfacedAdder, keyValueStore, names } from './guests.ts'

/** What it prints is {@link output}. */
export const application: AppFiles = {
  'package.json': packageJson({
    'tenon-examples:interfaced-adder/add': './components/interfaced-adder.wasm',
    'docs:sums/add@1.4.0': 'sums',
    'tenon-examples:kv-store/*': './database.js',
    log: './log.js',
    'circle:a/three': './four.wasm',
    'circle:a/four': './three.wasm',
    'wasi:cli/*': './wasi.js',
  }),
  'adder.wasm': adder,
  'calculator.wasm': calculator,
  'components/interfaced-adder.wasm': interfacedAdder,
  'components/kv-store.wasm': keyValueStore,
  'blobs.wasm': blobs,
  'names.wasm': names,
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
  'core.wasm': parseWat(`(module
    (import "./core-imports.js" "five" (func $five (result i32)))
    (func (export "five") (result i32) (call $five)))`),
  'core-imports.js': 'export const five = () => 5',
  'with-core.js': `
    import './app.js'
    import { five } from './core.wasm'
    console.log('core', five())`,
  // Names as strings stand apart from the default: the lexer of Vite's development server cannot read both at once.
  'app.js': `
    import instance, { add } from './adder.wasm'
    import command, { run } from './calculator.wasm'
    import { 'wasi:cli/run' as exact } from './calculator.wasm'
    import { replaceValue } from './components/kv-store.wasm'
    import { blobs, 'docs:blobs/blobs' as unversioned } from './blobs.wasm'
    import { bump } from './counter.wasm'
    import { bump as same } from './counter.wasm'
    import { bump as other } from './counter.wasm?other'
    import byDefault, { getIt, then_ } from './names.wasm'
    import { 'get-it' as getItExactly } from './names.wasm'
    const say = (...values) => console.log(JSON.stringify(values))
    say(add(1, 2), await instance.async.add(3, 4), instance.disposed)
    await command.async.run.run()
    say(run === exact)
    say(replaceValue('a', '1') ?? 'none', replaceValue('a', '2'))
    say(new blobs.Blob(5).size(), blobs === unversioned, blobs.Blob === blobs.blob)
    say(bump(), same(), other())
    say(byDefault(), getIt(), getItExactly(), then_(), Object.keys(await import('./names.wasm')))`,
}

export const output = [
  '[3,7,false]',
  'result: 3',
  '[true]',
  'a: None replaced by "1"',
  'a: None replaced by "2"',
  '["none",null]',
  '[105,true,true]',
  '[1,2,1]',
  '[7,7,7,7,["await","default","get-it","getIt","then_"]]',
]
