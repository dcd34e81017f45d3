/** The core modules that lie beside a transpiled module. */
import { TenonError } from '../errors.ts'
import type { CoreFunction } from '../runtime/back-end.ts'
import { type ModuleKind, moduleMark, provideModule } from '../runtime/module-cache.ts'

/** The name of a file beside the module → what was compiled of it, or a promise of that. */
export type GetCoreModule = (file: string) => WebAssembly.Module | PromiseLike<WebAssembly.Module>

/**
 * Gets the modules and hands them on: at once, where none of them is a promise.
 *
 * @param optional files that the engine may be unable to compile: there is no module then
 * @throws {TypeError} what `get` returns is no module
 */
export function withCoreModules<T>(
  files: readonly string[],
  get: GetCoreModule,
  make: (modules: readonly (WebAssembly.Module | undefined)[]) => T | Promise<T>,
  optional: readonly string[] = [],
): T | Promise<T> {
  const got = files.map((file) => (optional.includes(file) ? unlessFailing(() => get(file)) : get(file)))
  const checked = (modules: readonly unknown[]): T | Promise<T> => {
    const wrong = modules.findIndex((one, i) => !isModule(one) && !optional.includes(files[i]!))
    if (wrong >= 0) throw new TypeError(`there is no WebAssembly.Module for ${files[wrong]}`)
    return make(modules as readonly (WebAssembly.Module | undefined)[])
  }
  return got.some(isPromise) ? Promise.all(got).then(checked) : checked(got)
}

function unlessFailing(get: () => unknown): unknown {
  try {
    const got = get()
    return isPromise(got) ? Promise.resolve(got).catch(() => undefined) : got
  } catch {
    return undefined
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | undefined)?.then === 'function'
}

/** Of any realm. */
function isModule(value: unknown): value is WebAssembly.Module {
  return Object.prototype.toString.call(value) === '[object WebAssembly.Module]'
}

/** A guest's function as one of the plain type, through the module that was written for it. */
export function plainCall(module: WebAssembly.Module, core: CoreFunction): CoreFunction {
  const imports = { core: core as () => unknown }
  return new WebAssembly.Instance(module, { '': imports }).exports.call as CoreFunction
}

/**
 * Modules that the runtime would make for itself: kind and key of each, and the module, where the engine could compile it. Others are
 * not taken: they get memories of all components, and whoever has one core module only may give that, whichever is asked for.
 */
export function provideModules(
  modules: readonly (readonly [kind: ModuleKind, key: string, module: WebAssembly.Module | undefined])[],
): void {
  for (const [kind, key, module] of modules)
    if (isModule(module) && saidBy(module) === `${kind} ${key}`) provideModule(kind, key, module)
}

function saidBy(module: WebAssembly.Module): string {
  return new TextDecoder().decode(WebAssembly.Module.customSections(module, moduleMark)[0])
}

/** Compile options that TypeScript's library does not know yet. */
interface Compilers {
  compile(bytes: BufferSource, options: CompileOptions): Promise<WebAssembly.Module>
  compileStreaming(response: Response, options: CompileOptions): Promise<WebAssembly.Module>
}

interface CompileOptions {
  readonly builtins: readonly string[]
}

// TypeScript's library does not know the compile options yet.
const wasm = WebAssembly as unknown as Compilers
const options: CompileOptions = { builtins: ['js-string'] }

/** What Node, Deno and Bun have, asked of the platform: no bundler meets a `node:` module to resolve. */
interface Platform {
  readonly process?: {
    getBuiltinModule?(id: string): { readFile(url: URL): Promise<BufferSource> }
  }
}

/**
 * Compiles a file: of the disk where the platform has one, else what `fetch` gets.
 *
 * @throws {TenonError} file
 */
export async function compileFile(url: URL): Promise<WebAssembly.Module> {
  // Not a type of Node's: this file is for browsers, too.
  const { process } = globalThis as unknown as Platform
  if (url.protocol === 'file:' && process?.getBuiltinModule) {
    return wasm.compile(await process.getBuiltinModule('node:fs/promises').readFile(url), options)
  }
  const response = await fetch(url)
  if (!response.ok)
    throw new TenonError('file', `${url.href} answered ${response.status} ${response.statusText}`)
  const streams = response.headers.get('content-type')?.startsWith('application/wasm')
  return streams
    ? wasm.compileStreaming(response, options)
    : wasm.compile(await response.arrayBuffer(), options)
}
