/** Tenon's other way: `tenon transpile`, and the module imported. It should cost what calls cost in memory. */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { adderFile, composedFile, valuesFile } from '../guests.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { type Composed, type Contestant, ping, type Values } from '../values.ts'

const dist = new URL('../../dist/', import.meta.url).href
const { transpile }: typeof import('../../src/bindgen/index.ts') = await import(`${dist}bindgen/index.js`)
const { wasi }: typeof import('../../src/wasi/index.ts') = await import(`${dist}wasi/index.js`)

export async function load(): Promise<Contestant> {
  const values = await importTranspiled(valuesFile)
  const adder = await importTranspiled(adderFile)
  const composed = await importTranspiled(composedFile)
  const instantiateValues = () => values({ ...wasi(), ping }).exports as Values
  return {
    values: instantiateValues(),
    instantiateValues,
    composed() {
      const live = composed({}).exports as Composed
      return { ...live, runUnchecked: live.runString }
    },
    instantiateAdder: () => adder({}),
    recycleAdder: () => adder({}).dispose(),
  }
}

interface Live {
  readonly exports: unknown
  dispose(): void
}

type Instantiate = (getCoreModule: (file: string) => WebAssembly.Module, imports: object) => Live

/** Returns what instantiates the component; its core modules are compiled once. */
async function importTranspiled(file: string): Promise<(imports: object) => Live> {
  const name = basename(file, '.wasm')
  const runtime = `${dist}transpiled/index.js`
  const { files } = transpile(readFileSync(file), { name, runtime, instantiation: true, types: false })
  const folder = temporaryFolder()
  const modules = new Map<string, WebAssembly.Module>()
  for (const [path, content] of files) {
    if (typeof content === 'string') writeFileSync(join(folder, path), content)
    else modules.set(path, compiled(content))
  }
  const { instantiate } = (await import(pathToFileURL(join(folder, `${name}.js`)).href)) as {
    instantiate: Instantiate
  }
  return (imports) => instantiate((path) => modules.get(path)!, imports)
}

/** As `compileFile` of the runtime does: TypeScript's library does not know the option yet. */
function compiled(bytes: Uint8Array): WebAssembly.Module {
  const Module = WebAssembly.Module as new (bytes: Uint8Array, options: object) => WebAssembly.Module
  return new Module(bytes, { builtins: ['js-string'] })
}
