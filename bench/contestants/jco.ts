/** The peer jco, as its users call it: transpiled once, the result kept in a file, then imported. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { adderFile, composedFile, valuesFile } from '../guests.ts'
import { type Composed, type Contestant, ping, type Values } from '../values.ts'

// Beside the packages, because what jco writes imports them, and they are not installed when this is type-checked.
const packages = join(import.meta.dirname, '../node_modules')

type GetCoreModule = (path: string) => WebAssembly.Module
type Instantiate = (getCoreModule: GetCoreModule, imports: object) => object
interface Jco {
  transpile(bytes: Uint8Array, options: object): Promise<{ files: Record<string, Uint8Array> }>
}
interface Shim {
  WASIShim: new () => { getImportObject(): object }
}

/** Transpiles the guests, once per run of the benchmark. */
export async function prepareJco(): Promise<void> {
  const jco: Jco = await importFile('@bytecodealliance/jco/dist/api.js')
  for (const file of [valuesFile, adderFile, composedFile]) {
    const name = basename(file, '.wasm')
    const { files } = await jco.transpile(readFileSync(file), {
      name,
      instantiation: 'sync',
      noTypescript: true,
    })
    mkdirSync(folderOf(name), { recursive: true })
    for (const [path, bytes] of Object.entries(files)) {
      if (!path.endsWith('.d.ts')) writeFileSync(join(folderOf(name), path), bytes)
    }
  }
}

export async function load(): Promise<Contestant> {
  const shim: Shim = await importFile('@bytecodealliance/preview2-shim/dist/common/instantiation.js')
  const values = await importTranspiled(valuesFile)
  const adder = await importTranspiled(adderFile)
  const composed = await importTranspiled(composedFile)
  const instantiateValues = () =>
    values({ ...new shim.WASIShim().getImportObject(), ping: { default: ping } }) as Values
  return {
    values: instantiateValues(),
    instantiateValues,
    composed() {
      const live = composed({}) as Composed
      return { ...live, runUnchecked: live.runString }
    },
    instantiateAdder: () => adder({}),
  }
}

/** Returns what instantiates the component; its core modules are compiled once. */
async function importTranspiled(file: string): Promise<(imports: object) => object> {
  const name = basename(file, '.wasm')
  const { instantiate }: { instantiate: Instantiate } = await importFile(
    join('.transpiled', name, `${name}.js`),
  )
  const modules = new Map<string, WebAssembly.Module>()
  function compiled(path: string): WebAssembly.Module {
    const module = modules.get(path) ?? new WebAssembly.Module(readFileSync(join(folderOf(name), path)))
    modules.set(path, module)
    return module
  }
  return (imports) => instantiate(compiled, imports)
}

function folderOf(name: string): string {
  return join(packages, '.transpiled', name)
}

function importFile(path: string) {
  return import(pathToFileURL(join(packages, path)).href)
}
