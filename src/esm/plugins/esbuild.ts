/** Components in applications that esbuild bundles: `plugins: [tenon()]`. */
import '../../engine.ts'
import { TenonError } from '../../errors.ts'
import { ComponentBundler, isOwnImport, ownModule, type PluginOptions } from './component-bundler.ts'

export type { PluginOptions }

/** What we use of esbuild. */
interface Build {
  onResolve(
    options: Filter,
    resolve: (module: Importing) => Resolved | undefined | Promise<Resolved | undefined>,
  ): void
  onLoad(options: Filter, load: (module: Loading) => Loaded | undefined): void
  resolve(
    path: string,
    options: { importer: string; kind: 'import-statement'; resolveDir: string; pluginData: unknown },
  ): Promise<Resolved & { errors: readonly object[] }>
}

interface Filter {
  filter: RegExp
  namespace?: string
}

interface Importing {
  path: string
  importer: string
  resolveDir: string
  pluginData: unknown
}

interface Resolved {
  path: string
  namespace?: string
  suffix?: string
}

interface Loading {
  path: string
  suffix: string
}

interface Loaded {
  contents?: string | Uint8Array
  loader?: 'js' | 'file'
  resolveDir?: string
  watchFiles?: string[]
  errors?: { text: string; location: { file: string } }[]
}

/** What we give esbuild. */
export interface EsbuildPlugin {
  name: 'tenon'
  setup(build: Build): void
}

/** The namespace of core modules, which are in no file of their own. */
const core = 'tenon-core'
/** On what we hand to esbuild to resolve, so that we do not hand it over again. */
const handedOver = {}

/**
 * Core modules are written beside the output.
 *
 * @example
 * tenon({ imports: { 'docs:adder/add': './adder.wasm' } }).name // 'tenon'
 */
export default function tenon(options: PluginOptions = {}): EsbuildPlugin {
  const bundler = new ComponentBundler(options)
  const emitted = new Map<string, Uint8Array>()
  return {
    name: 'tenon',
    setup(build) {
      build.onResolve({ filter: /^tenon-core:/ }, ({ path }) => ({
        path: path.slice('tenon-core:'.length),
        namespace: core,
      }))
      build.onResolve({ filter: /^tenon\// }, async ({ path, importer, resolveDir, pluginData }) => {
        if (pluginData === handedOver || !isOwnImport(path, importer)) return undefined
        const options = { importer, kind: 'import-statement', resolveDir, pluginData: handedOver } as const
        const found = await build.resolve(path, options)
        return found.errors.length === 0 ? found : { path: ownModule(path) }
      })
      build.onLoad({ filter: /.*/, namespace: core }, ({ path }) => ({
        contents: emitted.get(path)!,
        loader: 'file',
      }))
      build.onLoad({ filter: /\.wasm$/ }, ({ path, suffix }) => load(bundler, path, suffix, emitted))
    },
  }
}

function load(
  bundler: ComponentBundler,
  file: string,
  suffix: string,
  emitted: Map<string, Uint8Array>,
): Loaded | undefined {
  const { dirname, relative, sep } = process.getBuiltinModule('node:path')
  const watchFiles: string[] = []
  const imports: string[] = []
  try {
    const source = bundler.load(file + suffix, {
      emit: (name, bytes) => {
        // It stands in the output, which shall not depend on where all of it lies.
        const path = `${relative('', file).replaceAll(sep, '/')}/${name}`
        emitted.set(path, bytes)
        const local = `$core${imports.length}`
        imports.push(`import ${local} from ${JSON.stringify(`tenon-core:${path}`)}\n`)
        return local
      },
      watch: (each) => void watchFiles.push(each),
    })
    if (source === undefined) return undefined
    return { contents: imports.join('') + source, loader: 'js', resolveDir: dirname(file), watchFiles }
  } catch (error) {
    if (!(error instanceof TenonError)) throw error
    return { errors: [{ text: error.message, location: { file } }], watchFiles: [...watchFiles, file] }
  }
}
