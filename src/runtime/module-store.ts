import type { ByteRange } from '../component/component.ts'
import { FileModule } from './core-module.ts'

/** The core modules of one file. All instances share them. */
export class ModuleStore {
  readonly bytes: Uint8Array
  readonly #modules: readonly FileModule[]
  #compiled = false

  constructor(bytes: Uint8Array, ranges: readonly ByteRange[]) {
    this.bytes = bytes
    this.#modules = ranges.map((range, index) => new FileModule(bytes, range, `core module ${index}`))
  }

  get(index: number): FileModule {
    return this.#modules[index]!
  }

  get count(): number {
    return this.#modules.length
  }

  /** Whether all of them are compiled. */
  get compiled(): boolean {
    return this.#compiled
  }

  /**
   * Compiles those that are not compiled yet, all at the same time: engines use all cores for it, and browsers compile
   * large modules in no other way. One that is not valid is found even where nothing instantiates it.
   *
   * @throws {ValidationError} where the engine refuses a module
   */
  async compile(): Promise<void> {
    await Promise.all(this.#modules.map((module) => module.compile()))
    this.#compiled = true
  }
}
