/** Zeroes one memory, which does not grow. */
export class MemoryWiper {
  readonly #memory: WebAssembly.Memory
  readonly #wipe: ((size: number) => void) | undefined

  /** @param module `memory-wiper.wat`; undefined where there is none: then JavaScript zeroes, in twice the time */
  constructor(memory: WebAssembly.Memory, module: WebAssembly.Module | undefined) {
    this.#memory = memory
    if (module === undefined) return
    const { exports } = new WebAssembly.Instance(module, { '': { memory } })
    this.#wipe = exports.wipe as (size: number) => void
  }

  wipe(): void {
    const { buffer } = this.#memory
    if (this.#wipe) this.#wipe(buffer.byteLength)
    else new Uint8Array(buffer).fill(0)
  }
}
