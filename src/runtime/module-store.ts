import type { ByteRange } from '../component/component.ts'
import { FileModule } from './core-module.ts'

/** Core modules of one file whose compilation has begun, by where they start. */
export type BegunModules = ReadonlyMap<number, FileModule>

/**
 * Begins to compile modules before anything else is known of them: engines do it on other threads, while this one goes on.
 * What is wrong with one is said when it is needed.
 */
export function beginCompiling(bytes: Uint8Array, ranges: readonly ByteRange[]): BegunModules {
  const begun = new Map<number, FileModule>()
  for (const range of ranges) {
    const module = new FileModule(bytes, range, `core module at 0x${range.start.toString(16)}`)
    module.compile().catch(() => {})
    begun.set(range.start, module)
  }
  return begun
}

/** The core modules of one file. All instances share them. */
export class ModuleStore {
  readonly bytes: Uint8Array
  readonly #modules: readonly FileModule[]
  #compiled = false

  constructor(bytes: Uint8Array, ranges: readonly ByteRange[], begun?: BegunModules) {
    this.bytes = bytes
    this.#modules = ranges.map((range, index) => {
      const name = `core module ${index}`
      const module = begun?.get(range.start) ?? new FileModule(bytes, range, name)
      module.name = name
      return module
    })
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
