import { limits } from '../component/limits.ts'

/** Modules that the runtime made for itself, by what they were made of: all instances of a component share them. */
export class ModuleCache {
  readonly #modules = new Map<string, WebAssembly.Module>()

  /** @param encode makes the bytes where there is no module under this key */
  get(key: string, encode: () => Uint8Array<ArrayBuffer>): WebAssembly.Module {
    let module = this.#modules.get(key)
    if (module === undefined) {
      module = new WebAssembly.Module(encode())
      if (this.#modules.size >= limits.rememberedModules) this.#modules.clear()
      this.#modules.set(key, module)
    }
    return module
  }
}
