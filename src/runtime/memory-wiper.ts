/** The assembled `memory-wiper.wat`, in base64. */
export const memoryWiperBytes =
  'AGFzbQEAAAABBQFgAX8AAgwBAAZtZW1vcnkCAAEDAgEABwgBBHdpcGUAAArLAQHIAQECfwNAIAFBgCBqIQICQANAIAH9AAQAIAH9AAQQ/VAgAf0ABCAgAf0ABDD9UP1QIAH9AARAIAH9AARQ/VAgAf0ABGAgAf0ABHD9UP1Q/VAgAf0ABIABIAH9AASQAf1QIAH9AASgASAB/QAEsAH9UP1QIAH9AATAASAB/QAE0AH9UCAB/QAE4AEgAf0ABPAB/VD9UP1Q/VD9UwRAIAFBACACIAFr/AsADAILIAFBgAJqIQEgASACSQ0ACwsgAiEBIAEgAEkNAAsLADMEbmFtZQISAQADAARzaXplAQJhdAIDZW5kAxgBAAMABmJsb2NrcwEFY2xlYW4CBHNjYW4='

/** Zeroes one memory, which does not grow. */
export class MemoryWiper {
  readonly #memory: WebAssembly.Memory
  readonly #wipe: ((size: number) => void) | undefined

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory
    if (module === undefined) module = compile()
    if (module === null) return
    const { exports } = new WebAssembly.Instance(module, { '': { memory } })
    this.#wipe = exports.wipe as (size: number) => void
  }

  wipe(): void {
    const { buffer } = this.#memory
    if (this.#wipe) this.#wipe(buffer.byteLength)
    else new Uint8Array(buffer).fill(0)
  }
}

let module: WebAssembly.Module | null | undefined

/** Null where the engine has no SIMD. */
function compile(): WebAssembly.Module | null {
  const bytes = Uint8Array.from(atob(memoryWiperBytes), (char) => char.charCodeAt(0))
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}
