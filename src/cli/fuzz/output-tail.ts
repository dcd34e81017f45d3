/** Characters of output that are kept: the end, where a panic says why. */
const kept = 2_000

/** The end of what the guest printed. */
export class OutputTail {
  #decoder = new TextDecoder()
  #text = ''

  readonly write = (bytes: Uint8Array): void => {
    this.#text = (this.#text + this.#decoder.decode(bytes, { stream: true })).slice(-kept)
  }

  restart(): void {
    this.#decoder = new TextDecoder()
    this.#text = ''
  }

  get text(): string {
    return this.#text
  }
}
