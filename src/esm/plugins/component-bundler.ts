/** What the plugins of all bundlers do alike. */
import { transpile } from '../../bindgen/transpile/transpile.ts'
import { bundledSource } from '../bundled-component.ts'
import { TenonError } from '../../errors.ts'
import { componentOf, isComponent, naming } from '../component-file.ts'
import { componentTypes, typesFile } from '../component-types.ts'
import { ImportGraph } from '../import-graph.ts'
import type { ImportTable } from '../import-table.ts'

export interface PluginOptions {
  /**
   * Where imports of components come from: names and module specifiers, as in the table of a package.json, and before it. Relative
   * specifiers are relative to the working directory.
   */
  readonly imports?: Readonly<Record<string, string>> | undefined
  /** Whether to write types beside each component, for the editor: `adder.d.wasm.ts`. Default: false. */
  readonly types?: boolean | undefined
}

/** What a bundler does for a module that is loaded. */
export interface Output {
  /** Takes the bytes of a core module; returns an expression for its address, absolute or relative to the module. */
  emit(name: string, bytes: Uint8Array): string
  /** Loads the module anew when this file changes. */
  watch(file: string): void
}

/** Asked of the platform, not imported, as everywhere; bundlers run where there are files. */
const builtin = () => ({
  fs: process.getBuiltinModule('node:fs'),
  path: process.getBuiltinModule('node:path'),
  url: process.getBuiltinModule('node:url'),
})

/** The module that holds what was transpiled of the component in the same file. */
const transpiledQuery = '?tenon-transpiled'

export class ComponentBundler {
  readonly #table: ImportTable
  readonly #types: boolean
  readonly #graph = new ImportGraph()
  readonly #transpiled = new Map<string, Transpiled>()

  constructor({ imports = {}, types = false }: PluginOptions) {
    const { path, url } = builtin()
    const base = url.pathToFileURL(`${process.cwd()}${path.sep}`).href
    this.#types = types
    this.#table = { entries: imports, place: 'the options of the plugin', base }
  }

  /**
   * The source of a module; undefined where it is for others to load.
   *
   * @throws {TenonError} naming the file
   */
  load(id: string, output: Output): string | undefined {
    if (!isComponentModule(id)) return undefined
    const { fs, path } = builtin()
    const { path: file } = splitQuery(id)
    const bytes = fs.readFileSync(file)
    if (!isComponent(bytes)) return undefined
    output.watch(file)
    const { files } = naming(file, () => this.#transpile(file, bytes))
    if (this.#types) writeTypes(file, bytes)
    if (isTranspiled(id)) return files.get('component.js') as string
    const addresses = new Map<string, string>()
    for (const [name, content] of files) {
      if (typeof content === 'string') continue
      const called = name.replace(/^component/, path.basename(file, '.wasm'))
      addresses.set(name, output.emit(called, content))
    }
    const { source, packageFile } = naming(file, () =>
      bundledSource(componentOf(bytes, file, false), file, {
        table: this.#table,
        transpiled: `${file}${transpiledQuery}`,
        addresses,
        graph: this.#graph,
      }),
    )
    output.watch(packageFile)
    return source
  }

  /** Once for both modules of a component, however often they are loaded. */
  #transpile(file: string, bytes: Buffer): Transpiled {
    const known = this.#transpiled.get(file)
    if (known?.bytes.equals(bytes)) return known
    const { files } = transpile(bytes, { name: 'component', instantiation: true })
    const made = { bytes, files }
    this.#transpiled.set(file, made)
    return made
  }
}

/**
 * Leaves a file alone that is right already: whoever watches it has nothing to do.
 *
 * @throws {TenonError} file: it was written by somebody else
 */
function writeTypes(file: string, bytes: Uint8Array): void {
  const { fs } = builtin()
  const place = typesFile(file)
  const types = naming(file, () => componentTypes(bytes, file))
  const found = fs.existsSync(place) ? fs.readFileSync(place, 'utf8') : undefined
  if (found === types) return
  if (found !== undefined && !found.startsWith('// The exports of '))
    throw new TenonError(
      'file',
      `${place}: it is not ours to replace: remove it, or leave out the option \`types\``,
    )
  fs.writeFileSync(place, types)
}

interface Transpiled {
  readonly bytes: Buffer
  readonly files: ReadonlyMap<string, string | Uint8Array>
}

/** By its name; and no request for something else of a file: bundlers have `?url` and others. */
export function isComponentModule(id: string): boolean {
  return /^[^?#\0]*\.wasm(?:\?(?!.*\b(?:init|inline|no-inline|raw|url|vite-wasm-instance|worker)\b)|$)/.test(
    id,
  )
}

/** Whether a module of a component imports a module of ours, which its package need not know. */
export function isOwnImport(specifier: string, importer: string | undefined): boolean {
  return importer !== undefined && isComponentModule(importer) && /^tenon\//.test(specifier)
}

/** Where one of our own modules is, where the bundler does not find it from the component. */
export function ownModule(specifier: string): string {
  return builtin().url.fileURLToPath(import.meta.resolve(specifier))
}

/** Whether it is the module that holds what was transpiled of a component. */
export function isTranspiled(id: string): boolean {
  return id.endsWith(transpiledQuery)
}

export function splitQuery(id: string): { readonly path: string; readonly query: string } {
  const at = id.indexOf('?')
  return at === -1 ? { path: id, query: '' } : { path: id.slice(0, at), query: id.slice(at) }
}
