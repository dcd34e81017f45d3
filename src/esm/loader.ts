/**
 * Components as modules in Node and Deno (module hooks) and Bun (a plugin): what their loaders have in common, and what the
 * modules import. Nothing here is for programs.
 */
import '../engine.ts'
import { instanceText, moduleImportsText, namedExports } from '../bindgen/transpile/esm-text.ts'
import { closedWasi, type ImportedModule, importedModules } from '../bindgen/transpile/import-modules.ts'
import { commentText } from '../bindgen/transpile/literal-text.ts'
import type { PlanImport } from '../compile/plan.ts'
import { TenonError } from '../errors.ts'
import type { Component } from '../index.ts'
import { componentValue } from '../runtime/component-value.ts'
import type { Imports } from '../runtime/imports.ts'
import type { Instance } from '../runtime/instance.ts'
import { componentOf, isComponent, named, naming } from './component-file.ts'
import { coreModuleSource } from './core-module-source.ts'
import { ImportGraph } from './import-graph.ts'
import { mergedEntries, namingEntries } from './import-tables.ts'
import { packageTable } from './package-table.ts'

export { importsFrom } from './imports-from.ts'

/** Asked of the platform, not imported: no bundler meets a `node:` module to resolve. */
const builtin = () => ({
  fs: process.getBuiltinModule('node:fs'),
  url: process.getBuiltinModule('node:url'),
})

/** The modules that those of components import. */
export interface Addresses {
  /** Of this module. */
  readonly loader: string
  readonly wasi: string
}

let addresses: Addresses | undefined

const graph = new ImportGraph()

/** Components whose modules are yet to run, by the address of the module; undefined where those run on another thread. */
let waiting: Map<string, Component> | undefined

/** To be called once, on the thread that loads modules. */
export function begin(given: Addresses): void {
  addresses = given
  waiting = new Map()
}

/** The same, called by Node where hooks run on a thread of their own. */
export function initialize(given: Addresses): void {
  addresses = given
}

/**
 * The source of the module for a file; undefined where it holds no component.
 *
 * @param address of the module: an instance of its own for each, where several have queries and are of one file
 */
export function sourceOf(file: string, address: string): string | undefined {
  const bytes = builtin().fs.readFileSync(file)
  if (!isComponent(bytes)) return undefined
  const component = componentOf(bytes, file, waiting !== undefined)
  const { plan, exportShape } = component[componentValue].program
  const { loader, wasi } = addresses!
  const imports = naming(file, () => importsOf(plan.imports, file)).map((one) =>
    one.specifier === closedWasi ? { ...one, specifier: wasi } : one,
  )
  waiting?.set(address, component)
  const lines = [
    `// ${commentText(file)}, as a module`,
    `import { importsFrom, instantiate } from ${JSON.stringify(loader)}`,
    ...moduleImportsText(imports),
    ...instanceText(file, imports, namedExports(exportShape), (given) => {
      return `instantiate(${JSON.stringify(address)}, ${JSON.stringify(file)}, ${given})`
    }),
  ]
  return `${lines.join('\n')}\n`
}

function importsOf(imports: readonly PlanImport[], file: string): readonly ImportedModule[] {
  const table = packageTable(file)
  const found = namingEntries(table.place, () => importedModules(imports, mergedEntries([table])))
  graph.add(file, filesAmong(found))
  return found
}

/** By their paths; what is among them and no component closes no circle. */
function filesAmong(imports: readonly ImportedModule[]): readonly string[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith('file:'))
    .map(({ specifier }) => builtin().url.fileURLToPath(specifier))
}

/** For the modules themselves. Where hooks run on another thread than modules do, the file is read again. */
export async function instantiate(address: string, file: string, imports: Imports): Promise<Instance> {
  const component = waiting?.get(address) ?? componentOf(builtin().fs.readFileSync(file), file, true)
  waiting?.delete(address)
  try {
    return await component.instantiate(imports)
  } catch (error) {
    throw named(error, file)
  }
}

/** What the hooks get of a module that is to be loaded. */
interface LoadContext {
  readonly conditions?: readonly string[] | undefined
}

interface Loaded {
  readonly format: 'module'
  readonly source: string
  readonly shortCircuit: true
}

/** `load` of `module.registerHooks`, and of `module.register`, where `nextLoad` returns a promise. */
export function load<Next, Context extends LoadContext>(
  address: string,
  context: Context,
  nextLoad: (address: string, context: Context) => Next,
): Loaded | Next {
  if (!/^file:[^?#]*\.wasm(?:[?#]|$)/.test(address)) return nextLoad(address, context)
  const file = builtin().url.fileURLToPath(address)
  const required = context.conditions?.includes('require')
  const source = required ? undefined : sourceOf(file, address)
  if (source !== undefined) return { format: 'module', source, shortCircuit: true }
  if (required && isComponent(builtin().fs.readFileSync(file))) throw requireError(file)
  const next = nextLoad(address, context)
  return isText(next) ? coreModule(file, address) : next
}

/** What is no text: see `coreModuleSource`. */
function isText(loaded: unknown): boolean {
  const { source } = loaded as { readonly source?: unknown }
  return typeof source === 'string' && source.startsWith('\0asm')
}

function coreModule(file: string, address: string): Loaded {
  const source = coreModuleSource(builtin().fs.readFileSync(file), address)
  return { format: 'module', source, shortCircuit: true }
}

function requireError(file: string): TenonError {
  const cure = `\`await import(${JSON.stringify(file)})\``
  return new TenonError(
    'unsupported',
    `${file}: require() cannot wait until a component is instantiated: ${cure} does`,
  )
}
