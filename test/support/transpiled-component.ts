/** Transpiled components as tests run them: the module is imported, and no module is compiled but what lies beside it. */
import { transpile, type TranspileOptions } from '../../src/bindgen/transpile/transpile.ts'
import type { Exports, Imports } from '../../src/index.ts'

const runtime = new URL('../../src/transpiled/index.ts', import.meta.url).href

export interface TranspiledInstance extends Disposable {
  readonly exports: Exports
  readonly async: Exports
  readonly disposed: boolean
  dispose(): void
}

export interface TranspiledComponent {
  readonly source: string
  readonly files: ReadonlyMap<string, string | Uint8Array>
  instantiate(
    imports?: Imports,
    options?: { trapUnknown?: boolean; name?: string },
  ): Promise<TranspiledInstance>
}

interface Instantiation {
  instantiate(
    getCoreModule: (file: string) => WebAssembly.Module,
    imports?: Imports,
    options?: object,
  ): TranspiledInstance | Promise<TranspiledInstance>
}

export async function loadTranspiled(
  bytes: Uint8Array,
  options: TranspileOptions = {},
): Promise<TranspiledComponent> {
  const { files } = transpile(bytes, {
    name: 'component',
    types: false,
    ...options,
    instantiation: true,
    runtime,
  })
  const source = files.get(`${options.name ?? 'component'}.js`) as string
  const modules = new Map<string, WebAssembly.Module>()
  for (const [name, content] of files) {
    if (typeof content !== 'string') modules.set(name, compiled(content))
  }
  const module = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as Instantiation
  return {
    source,
    files,
    async instantiate(imports, instantiateOptions) {
      return module.instantiate((file) => modules.get(file)!, imports, instantiateOptions)
    },
  }
}

const Original = WebAssembly.Module
let compiling = false

function compiled(bytes: Uint8Array): WebAssembly.Module {
  const Module = WebAssembly.Module as new (bytes: Uint8Array, options: object) => WebAssembly.Module
  return allowed(() => new Module(bytes, { builtins: ['js-string'] }))
}

/** What may compile all the same. */
export function allowed<T>(run: () => T): T {
  compiling = true
  try {
    return run()
  } finally {
    compiling = false
  }
}

/** From now on, this process generates no code: neither JavaScript nor wasm. */
export function forbidCodeGeneration(): void {
  WebAssembly.Module = new Proxy(Original, {
    construct(target, args: ConstructorParameters<typeof WebAssembly.Module>) {
      if (!compiling) throw new Error('a core module is compiled that lies in no file')
      return new target(...args)
    },
  })
  globalThis.Function = new Proxy(Function, {
    construct() {
      throw new Error('JavaScript is generated')
    },
  })
}
