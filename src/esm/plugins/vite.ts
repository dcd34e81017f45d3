/** Components in applications that Vite serves and builds: `plugins: [tenon()]`. */
import '../../engine.ts'
import { ComponentBundler, type Output, type PluginOptions } from './component-bundler.ts'
import { assets, type RollupContext, type RollupPlugin, resolveOwn } from './rollup.ts'

export type { PluginOptions }

/** What we give Vite; what it gives us, as far as we use it. */
export interface VitePlugin extends Omit<RollupPlugin, 'load'> {
  readonly enforce: 'pre'
  config(): object
  configResolved(config: { readonly command: string; readonly base: string }): void
  configureServer(server: { readonly middlewares: { use(serve: Middleware): unknown } }): void
  load(this: RollupContext, id: string, options?: { readonly ssr?: boolean }): string | null
}

type Middleware = (request: { readonly url?: string }, response: Response, next: () => void) => void

interface Response {
  setHeader(name: string, value: string): unknown
  end(body: Uint8Array): unknown
}

/**
 * Core modules become assets. While developing, the server serves them, and a page is loaded anew when a component changes.
 *
 * @example
 * tenon({ imports: { 'docs:adder/add': './adder.wasm' } }).name // 'tenon'
 */
export default function tenon(options: PluginOptions = {}): VitePlugin {
  const bundler = new ComponentBundler(options)
  const served = new ServedModules()
  let building = false
  let base = '/'
  return {
    name: 'tenon',
    // Vite loads core modules, and would take components for some.
    enforce: 'pre',
    // Bundled beforehand, its classes would be there twice.
    config: () => ({ optimizeDeps: { exclude: ['tenon'] } }),
    configResolved(config) {
      building = config.command === 'build'
      base = config.base
    },
    configureServer: ({ middlewares }) => void middlewares.use(served.middleware),
    resolveId: resolveOwn,
    load(id, { ssr = false } = {}) {
      const { emit, watch } = assets(this)
      const output: Output = {
        // Of what runs on a server, Vite keeps no assets.
        emit: ssr ? inlined : building ? emit : (name, bytes) => served.add(base, id, name, bytes),
        watch,
      }
      return bundler.load(id, output) ?? null
    },
  }
}

function inlined(_name: string, bytes: Uint8Array): string {
  return JSON.stringify(`data:application/wasm;base64,${Buffer.from(bytes).toString('base64')}`)
}

/** Core modules that the development server serves. */
class ServedModules {
  readonly #bytes = new Map<string, Uint8Array>()

  readonly middleware: Middleware = ({ url = '' }, response, next) => {
    const bytes = this.#bytes.get(url)
    if (bytes === undefined) next()
    else {
      response.setHeader('content-type', 'application/wasm')
      // The same address may be that of other bytes after the next change.
      response.setHeader('cache-control', 'no-cache')
      response.end(bytes)
    }
  }

  /** Returns an expression for the address; where it is a constant one, Vite looks for a file. */
  add(base: string, id: string, name: string, bytes: Uint8Array): string {
    const path = `@tenon/${encodeURIComponent(id)}/${encodeURIComponent(name)}`
    this.#bytes.set(base + path, bytes)
    return `import.meta.env.BASE_URL + ${JSON.stringify(path)}`
  }
}
