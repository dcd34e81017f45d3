import type { ByteRange } from '../component/component.ts'
import { FileModule, type RewrittenBytes } from './core-module.ts'

/** Core modules of one file, by where they start. */
export type FileModules = ReadonlyMap<number, FileModule>

/** @param rewritten what was made of each before, in the same order */
export function fileModules(
  file: () => Uint8Array,
  ranges: readonly ByteRange[],
  rewritten?: readonly RewrittenBytes[],
): FileModules {
  return new Map(
    ranges.map((range, i) => {
      const name = `core module at 0x${range.start.toString(16)}`
      return [range.start, new FileModule(file, range, name, rewritten?.[i])]
    }),
  )
}

/**
 * Begins to compile modules before anything else is known of them: engines do it on other threads, while this one goes on.
 * What is wrong with one is said when it is needed.
 */
export function beginCompiling(modules: FileModules): void {
  for (const module of modules.values()) module.compile().catch(() => {})
}

/** The core modules of one file. All instances share them. */
export class ModuleStore {
  readonly #file: () => Uint8Array
  readonly #modules: readonly FileModule[]
  #compiled = false

  /**
   * @param file the component's; asked for where something is to be told of it, and to compile what is not in `made`
   * @param made modules that there are already
   */
  constructor(file: () => Uint8Array, ranges: readonly ByteRange[], made?: FileModules) {
    this.#file = file
    this.#modules = ranges.map((range, index) => {
      const name = `core module ${index}`
      const module = made?.get(range.start) ?? new FileModule(file, range, name)
      module.name = name
      return module
    })
  }

  get bytes(): Uint8Array {
    return this.#file()
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
