import { rememberedModules } from '../component/limits.ts'

/** What there is no need to make: modules that were written to files, by kind and key. */
const provided = new Map<string, WebAssembly.Module>()

/**
 * Gives the runtime a module of its own that was compiled elsewhere: where modules must not be compiled from bytes, and for as long as
 * the program runs.
 *
 * @param kind the name of its cache
 */
export function provideModule(kind: ModuleKind, key: string, module: WebAssembly.Module): void {
  provided.set(`${kind} ${key}`, module)
}

/** The modules that the runtime makes for itself, by what they are for. */
export type ModuleKind =
  | 'trap'
  | 'drop'
  | 'strings'
  | 'switch'
  | 'trampoline'
  | 'thread'
  | 'adapters'
  | 'swap'
  | 'wiper'

/**
 * The custom section in which modules that were written to files say which they are: kind and key. No core module of a component that lies
 * beside them has one.
 */
export const moduleMark = 'tenon:module'

/** Modules that the runtime made for itself, by what they were made of: all instances of a component share them. */
export class ModuleCache {
  readonly #kind: ModuleKind
  readonly #modules = new Map<string, WebAssembly.Module>()

  constructor(kind: ModuleKind) {
    this.#kind = kind
  }

  /** @param encode makes the bytes where there is no module under this key */
  get(key: string, encode: () => Uint8Array<ArrayBuffer>): WebAssembly.Module {
    let module = this.#modules.get(key)
    if (module === undefined) {
      module = provided.get(`${this.#kind} ${key}`) ?? new WebAssembly.Module(encode())
      if (this.#modules.size >= rememberedModules) this.#modules.clear()
      this.#modules.set(key, module)
    }
    return module
  }
}

/** One that was provided, if there is one. */
export function providedModule(kind: ModuleKind, key = ''): WebAssembly.Module | undefined {
  return provided.get(`${kind} ${key}`)
}
