/**
 * SHA-256, in wasm: it starts in a fraction of a millisecond, where loading `node:crypto` takes longer than all that a cached
 * Plan saves for a small component (RATIONALE.md, "Start-up"), and it is there on every platform, at once.
 */

/** The exports of `sha256.wat`, which says what they do. */
interface Exports {
  readonly memory: WebAssembly.Memory
  compress(blocks: number): void
}

/** The assembled `sha256.wat`, in base64. */
export const sha256Bytes =
  'AGFzbQEAAAABCgJgAX8Bf2ABfwADAwIAAQUDAQABBxUCBm1lbW9yeQIACGNvbXByZXNzAAEK6QMCGQAgAEEId0H/gfwHcSAAQQh4QYD+g3hxcgvMAwEMf0GACCEBAkADQCAARQ0BQQAhAgNAIAIgASACaigCABAANgKAAiACQQRqIgJBwABJDQALA0AgAigCxAEhAyACKAL4ASEEIAIgAigCwAEgA0EHeCADQRJ4cyADQQN2c2ogAigC5AEgBEEReCAEQRN4cyAEQQp2c2pqNgKAAiACQQRqIgJBgAJJDQALQQAoAgAhBUEAKAIEIQZBACgCCCEHQQAoAgwhCEEAKAIQIQlBACgCFCEKQQAoAhghC0EAKAIcIQxBACECA0AgDCAJQQZ4IAlBC3hzIAlBGXhzaiALIAkgCiALc3FzaiACKAKABCACKAKAAmpqIQMgBUECeCAFQQ14cyAFQRZ4cyAFIAZxIAcgBSAGcnFyaiEEIAshDCAKIQsgCSEKIAggA2ohCSAHIQggBiEHIAUhBiADIARqIQUgAkEEaiICQYACSQ0AC0EAQQAoAgAgBWo2AgBBAEEAKAIEIAZqNgIEQQBBACgCCCAHajYCCEEAQQAoAgwgCGo2AgxBAEEAKAIQIAlqNgIQQQBBACgCFCAKajYCFEEAQQAoAhggC2o2AhhBAEEAKAIcIAxqNgIcIAFBwABqIQEgAEEBayEADAALCwsLiAIBAEGABAuAApgvikKRRDdxz/vAtaXbtelbwlY58RHxWaSCP5LVXhyrmKoH2AFbgxK+hTEkw30MVXRdvnL+sd6Apwbcm3Txm8HBaZvkhke+78adwQ/MoQwkbyzpLaqEdErcqbBc2oj5dlJRPphtxjGoyCcDsMd/Wb/zC+DGR5Gn1VFjygZnKSkUhQq3JzghGy78bSxNEw04U1RzCmW7Cmp2LsnCgYUscpKh6L+iS2YaqHCLS8KjUWzHGeiS0SQGmdaFNQ70cKBqEBbBpBkIbDceTHdIJ7W8sDSzDBw5SqrYTk/KnFvzby5o7oKPdG9jpXgUeMiECALHjPr/vpDrbFCk96P5vvJ4ccYAcwRuYW1lAQcBAARzd2FwAjcCAAEAAXgBDQAFY291bnQBBWJsb2NrAgF0AwF4BAF5BQFhBgFiBwFjCAFkCQFlCgFmCwFnDAFoAyoBAQUABGRvbmUBBmJsb2NrcwIFd29yZHMDCHNjaGVkdWxlBAZyb3VuZHM='

const initial = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]
const blockSize = 64
/** Where blocks begin in the memory, and how many bytes of them there is room for. */
const room = { start: 1024, size: 64_512 }

let module: WebAssembly.Module | undefined

/**
 * The hash of everything that it is given, in order.
 *
 * @example
 * new Sha256().update(new TextEncoder().encode('abc')).hex()
 * // 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 */
export class Sha256 {
  readonly #compress: (blocks: number) => void
  readonly #words: DataView
  readonly #blocks: Uint8Array
  /** Bytes that wait for the block to be full. */
  #waiting = 0
  #length = 0

  constructor() {
    module ??= new WebAssembly.Module(Uint8Array.from(atob(sha256Bytes), (char) => char.charCodeAt(0)))
    // What the module below exports; the engine's type knows no names.
    const { memory, compress } = new WebAssembly.Instance(module).exports as unknown as Exports
    this.#compress = compress
    this.#words = new DataView(memory.buffer, 0, 4 * initial.length)
    this.#blocks = new Uint8Array(memory.buffer, room.start, room.size)
    for (const [i, word] of initial.entries()) this.#words.setInt32(4 * i, word, true)
  }

  update(bytes: Uint8Array): this {
    this.#length += bytes.length
    for (let taken = 0; taken < bytes.length; ) {
      const count = Math.min(room.size - this.#waiting, bytes.length - taken)
      this.#blocks.set(bytes.subarray(taken, taken + count), this.#waiting)
      this.#waiting += count
      taken += count
      if (this.#waiting === room.size) this.#flush()
    }
    return this
  }

  /** Takes in the blocks that are full. */
  #flush(): void {
    const blocks = Math.floor(this.#waiting / blockSize)
    this.#compress(blocks)
    this.#blocks.copyWithin(0, blocks * blockSize, this.#waiting)
    this.#waiting -= blocks * blockSize
  }

  /** The 32 bytes of the hash; nothing can be added afterwards. */
  digest(): Uint8Array<ArrayBuffer> {
    const bits = BigInt(this.#length) * 8n
    const padding = new Uint8Array(blockSize + 8 - ((this.#length + 8) % blockSize))
    padding[0] = 0x80
    new DataView(padding.buffer).setBigUint64(padding.length - 8, bits)
    this.update(padding)
    this.#flush()
    const digest = new Uint8Array(4 * initial.length)
    const words = new DataView(digest.buffer)
    for (let i = 0; i < digest.length; i += 4) words.setInt32(i, this.#words.getInt32(i, true))
    return digest
  }

  hex(): string {
    return Array.from(this.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}
