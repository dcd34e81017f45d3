import { ByteWriter } from '../binary/byte-writer.ts'
import { limits } from '../component/limits.ts'
import { CompositionError } from '../errors.ts'

const utf8 = new TextEncoder()

/** Bytes as text has them in data segments. */
const escapes = Array.from({ length: 256 }, (_, byte) => `\\${byte.toString(16).padStart(2, '0')}`)

/** The bytes of a memory that is written once: strings and lists as the canonical ABI has them, with 32-bit pointers. */
export class MemoryImage {
  readonly #bytes = new ByteWriter()

  /** Returns the address. @throws {CompositionError} limit */
  bytes(values: Uint8Array, alignment = 1): number {
    if (this.#bytes.length + values.length > limits.virtualMemory) {
      throw new CompositionError(
        'limit',
        `what is fixed, files and texts, has at most ${limits.virtualMemory} bytes together, 16 more counted for each`,
        { cure: 'give the host the larger ones' },
      )
    }
    while (this.#bytes.length % alignment !== 0) this.#bytes.byte(0)
    const address = this.#bytes.length
    this.#bytes.bytes(values)
    return address
  }

  words(values: readonly number[]): number {
    return this.bytes(new Uint8Array(new Uint32Array(values).buffer), 4)
  }

  /** Its pointer and length. */
  string(text: string): readonly [number, number] {
    const encoded = utf8.encode(text)
    return [this.bytes(encoded), encoded.length]
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.#bytes.length / 65_536))
  }

  /** As the contents of a data segment in text. */
  get text(): string {
    return Array.from(this.#bytes.view(), (byte) => escapes[byte]!).join('')
  }
}
