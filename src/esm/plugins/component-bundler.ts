/** What the plugins of all bundlers do alike. */
import { isFileName, transpile } from '../../bindgen/transpile/transpile.ts'
import { TenonError } from '../../errors.ts'
import { isComponent, naming } from '../component-file.ts'
import { componentTypes } from '../component-types.ts'
import { ImportGraph } from '../import-graph.ts'
import type { ImportTable, TableEntries } from '../import-table.ts'
import { mergedEntries, namingEntries } from '../import-tables.ts'
import { typesFile } from '../module-declarations.ts'
import { packageTable } from '../package-table.ts'

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
  /** Takes the bytes of a core module; returns an expression for its address, as `AddressOf`. */
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

export class ComponentBundler {
  readonly #table: ImportTable
  readonly #types: boolean
  readonly #graph = new ImportGraph()

  constructor({ imports = {}, types = false }: PluginOptions) {
    const { path, url } = builtin()
    this.#types = types
    const base = url.pathToFileURL(`${process.cwd()}${path.sep}`).href
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
    const file = splitQuery(id).path
    // Other plugins may have modules that are no files.
    const bytes = fs.existsSync(file) ? fs.readFileSync(file) : new Uint8Array()
    if (!isComponent(bytes)) return undefined
    output.watch(file)
    if (this.#types) writeTypes(file, bytes)
    const called = path.basename(file, '.wasm')
    // Files may have names that not every system takes, and core modules are emitted under this one.
    const name = isFileName(called) ? called : 'component'
    return naming(file, () => {
      const ofPackage = packageTable(file)
      output.watch(ofPackage.place)
      const map = relativeTo(file, mergedEntries([ofPackage, this.#table]))
      const { files, imports } = namingEntries(ofPackage.place, () =>
        transpile(bytes, {
          name,
          map,
          types: false,
          addressOf: (core, content) => output.emit(core, content),
        }),
      )
      this.#graph.add(
        file,
        imports.map(({ specifier }) => path.join(path.dirname(file), specifier)),
      )
      return files.get(`${name}.js`) as string
    })
  }
}

/** Files as they are from another one: what is bundled shall not depend on where all of them lie. */
function relativeTo(file: string, entries: TableEntries): TableEntries {
  const { path, url } = builtin()
  return Object.fromEntries(
    Object.entries(entries).map(([name, specifier]) => {
      if (!specifier.startsWith('file:')) return [name, specifier]
      const way = path.relative(path.dirname(file), url.fileURLToPath(specifier)).replaceAll(path.sep, '/')
      return [name, way.startsWith('../') ? way : `./${way}`]
    }),
  )
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

export function splitQuery(id: string): { readonly path: string; readonly query: string } {
  const at = id.indexOf('?')
  return at === -1 ? { path: id, query: '' } : { path: id.slice(0, at), query: id.slice(at) }
}
