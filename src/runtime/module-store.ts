import type { ByteRange } from '../component/component.ts'
import { ValidationError } from '../errors.ts'
import { exportStart } from './exported-start.ts'

export interface StartExport {
  readonly module: WebAssembly.Module
  readonly name: string
  /** See `ExportedStart`. */
  readonly shift: number
}

/** The core modules of one file, each compiled at most once, when first needed. All instances share them. */
export class ModuleStore {
  readonly #bytes: Uint8Array
  readonly #ranges: readonly ByteRange[]
  readonly #modules: (WebAssembly.Module | undefined)[] = []
  #compiled = false
  readonly #starts = new Map<number, StartExport | undefined>()

  constructor(bytes: Uint8Array, ranges: readonly ByteRange[]) {
    this.#bytes = bytes
    this.#ranges = ranges
  }

  /** @throws {ValidationError} where the engine refuses the module */
  get(index: number): WebAssembly.Module {
    const known = this.#modules[index]
    if (known) return known
    const module = this.#compileNow(index)
    this.#modules[index] = module
    return module
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
    await Promise.all(this.#ranges.map((_, index) => this.#compile(index)))
    this.#compiled = true
  }

  /** The module with its start function as an export; undefined where it has none. */
  startExport(index: number): StartExport | undefined {
    if (this.#starts.has(index)) return this.#starts.get(index)
    const start = exportStart(this.#bytes, this.#ranges[index]!)
    const made = start && {
      name: start.name,
      shift: start.shift,
      module: new WebAssembly.Module(start.bytes),
    }
    this.#starts.set(index, made)
    return made
  }

  /** By how many bytes code may lie further back than in the file. */
  shift(index: number): number {
    return this.#starts.get(index)?.shift ?? 0
  }

  get count(): number {
    return this.#ranges.length
  }

  range(index: number): ByteRange {
    return this.#ranges[index]!
  }

  get bytes(): Uint8Array {
    return this.#bytes
  }

  #compileNow(index: number): WebAssembly.Module {
    try {
      return new WebAssembly.Module(this.#moduleBytes(index))
    } catch (error) {
      throw this.#refusal(index, error)
    }
  }

  async #compile(index: number): Promise<void> {
    if (this.#modules[index]) return
    try {
      this.#modules[index] = await WebAssembly.compile(this.#moduleBytes(index))
    } catch (error) {
      throw this.#refusal(index, error)
    }
  }

  #moduleBytes(index: number): Uint8Array<ArrayBuffer> {
    const { start, end } = this.#ranges[index]!
    // WebAssembly takes views of plain ArrayBuffers only; a file in shared memory is copied.
    const bytes = this.#bytes.subarray(start, end)
    return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
  }

  #refusal(index: number, error: unknown): unknown {
    if (!(error instanceof WebAssembly.CompileError)) return error
    const message = error.message.replace(/^WebAssembly\.\w+\(\): */, '')
    return new ValidationError(`core module ${index} is not valid: ${message}`, this.#ranges[index]!.start)
  }
}
