/**
 * Where lists and spilled values are written while they are read from JavaScript: getters, iterators and proxies of
 * the caller run before the guest is entered, and what they yield lies here as the guest's memory will have it. Then
 * it is copied in one go, and what lies elsewhere (strings, inner lists, handles) is put in place.
 */
export class Scratch {
  data: DataView<ArrayBuffer>
  bytes: Uint8Array<ArrayBuffer>
  /** Up to here it is in use. */
  #top = 0

  constructor(size = SMALL) {
    this.bytes = new Uint8Array(size)
    this.data = new DataView(this.bytes.buffer)
  }

  /** Takes zeroed bytes, at an address that every type may have. */
  take(byteLength: number): number {
    const start = this.#top
    this.#top = start + byteLength + (-byteLength & 7)
    if (this.#top > this.bytes.length) this.#grow()
    // Padding is passed too, and must tell nothing of other calls.
    this.bytes.fill(0, start, this.#top)
    return start
  }

  get isFree(): boolean {
    return this.#top === 0
  }

  release(): void {
    this.#top = 0
    if (this.bytes.length > KEPT) this.#resize(INITIAL)
  }

  #grow(): void {
    const old = this.bytes
    this.#resize(Math.max(this.#top, 2 * old.length))
    this.bytes.set(old)
  }

  #resize(size: number): void {
    this.bytes = new Uint8Array(size)
    this.data = new DataView(this.bytes.buffer)
  }
}

const INITIAL = 64 * 1024
const SMALL = 1024
/** A larger one is not kept. */
const KEPT = 4 * 1024 * 1024

const sharedScratch: Scratch = /* @__PURE__ */ new Scratch(INITIAL)

/**
 * For a call that lowers at once, and releases it: nobody else takes of it until then. Calls that its getters make get others; calls
 * that may have to wait their turn make their own.
 */
export function freeScratch(): Scratch {
  return sharedScratch.isFree ? sharedScratch : new Scratch()
}
