/**
 * The platform's own coders for strings in memory: Node's Buffer methods where they are (Bun and Deno have them too),
 * TextEncoder and TextDecoder elsewhere. All ranges have been checked; UTF-16 begins at an even address.
 */
import { threadText } from '../../runtime/thread.ts'
import type { GuestMemory, NodeBytes, Views } from './memory.ts'

export interface PlatformStrings {
  /** What is malformed becomes U+FFFD, so that who finds one looks again. */
  decodeUtf8(views: Views, start: number, end: number): string
  decodeLatin1(views: Views, start: number, end: number): string
  /** Lone surrogates stay. */
  decodeUtf16(views: Views, start: number, end: number): string
  /** Allocates exactly what the string takes, and writes it; leaves its bytes in `memory.length`. Lone surrogates become U+FFFD. */
  lowerUtf8(memory: GuestMemory, text: string): number
  encodeLatin1(views: Views, text: string, start: number): void
  encodeUtf16(views: Views, text: string, start: number): void
}

const encoder = /* @__PURE__ */ new TextEncoder()

/**
 * Encodes at most 1,024 units into the thread's memory, for `string-helper.wat`; returns the bytes. Lone surrogates become
 * U+FFFD. Buffer's `utf8Write` is faster where V8 keeps the string in one piece in Latin-1, and slower everywhere else.
 */
export function encodeUtf8(text: string): number {
  return encoder.encodeInto(text, threadText).written
}

interface NodeBuffer {
  from(buffer: ArrayBufferLike, start?: number, byteLength?: number): NodeBytes
  byteLength(text: string): number
  readonly prototype: object
}

/** Longer strings are counted first, whatever is in them. */
const WIDE_UNITS = 65_536

/** Places that are looked at. */
const SAMPLES = 16

/** Whether there is something beyond Latin-1 in it, as far as a few places tell: both ways to lower it are right. */
function looksWide(text: string): boolean {
  const step = Math.max(1, Math.floor(text.length / SAMPLES))
  for (let i = 0; i < text.length; i += step) if (text.charCodeAt(i) > 0xff) return true
  return false
}

export class NodeStrings implements PlatformStrings {
  readonly #buffer: NodeBuffer
  /** Takes the UTF-8 of any string of so many units. */
  #wide: NodeBytes | undefined

  constructor(buffer: NodeBuffer) {
    this.#buffer = buffer
  }

  #bytes(views: Views): NodeBytes {
    if (views.node === undefined) views.node = this.#buffer.from(views.bytes.buffer)
    return views.node
  }

  decodeUtf8(views: Views, start: number, end: number): string {
    return this.#bytes(views).utf8Slice(start, end)
  }

  decodeLatin1(views: Views, start: number, end: number): string {
    return this.#bytes(views).latin1Slice(start, end)
  }

  decodeUtf16(views: Views, start: number, end: number): string {
    return this.#bytes(views).ucs2Slice(start, end)
  }

  lowerUtf8(memory: GuestMemory, text: string): number {
    if (text.length <= WIDE_UNITS && looksWide(text)) return this.#lowerWide(memory, text)
    const byteLength = this.#buffer.byteLength(text)
    const pointer = memory.allocate(0, byteLength, 'string')
    const bytes = this.#bytes(memory.views)
    // As many bytes as units: it is ASCII, and Latin-1 is copied faster.
    if (byteLength === text.length) bytes.latin1Write(text, pointer, byteLength)
    else bytes.utf8Write(text, pointer, byteLength)
    memory.length = byteLength
    return pointer
  }

  /** Copying costs less than counting first: only of Latin-1 are there instructions that count. */
  #lowerWide(memory: GuestMemory, text: string): number {
    this.#wide ??= this.#buffer.from(new ArrayBuffer(3 * WIDE_UNITS))
    const byteLength = this.#wide.utf8Write(text, 0, 3 * WIDE_UNITS)
    const pointer = memory.allocate(0, byteLength, 'string')
    memory.views.bytes.set(this.#wide.subarray(0, byteLength), pointer)
    memory.length = byteLength
    return pointer
  }

  encodeLatin1(views: Views, text: string, start: number): void {
    this.#bytes(views).latin1Write(text, start, text.length)
  }

  encodeUtf16(views: Views, text: string, start: number): void {
    this.#bytes(views).ucs2Write(text, start, 2 * text.length)
  }
}

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })
/** Arguments of one `fromCharCode`. */
const CHUNK = 4096

export class WebStrings implements PlatformStrings {
  decodeUtf8({ bytes }: Views, start: number, end: number): string {
    // Decoders refuse shared memory.
    return decoder.decode(isShared(bytes) ? bytes.slice(start, end) : bytes.subarray(start, end))
  }

  decodeLatin1({ bytes }: Views, start: number, end: number): string {
    let text = ''
    for (let i = start; i < end; i += CHUNK) {
      text += String.fromCharCode(...bytes.subarray(i, Math.min(i + CHUNK, end)))
    }
    return text
  }

  decodeUtf16({ bytes }: Views, start: number, end: number): string {
    const units = new Uint16Array(bytes.buffer, start, (end - start) / 2)
    let text = ''
    for (let i = 0; i < units.length; i += CHUNK) {
      text += String.fromCharCode(...units.subarray(i, i + CHUNK))
    }
    return text
  }

  /** Hopes for ASCII first, as the specification's algorithm does (CanonicalABI.md, "Storing", `store_string_to_utf8`). */
  lowerUtf8(memory: GuestMemory, text: string): number {
    const { length } = text
    if (isShared(memory.views.bytes)) return lowerEncoded(memory, encoder.encode(text))
    const hoped = memory.allocate(0, length, 'string')
    const { read } = encoder.encodeInto(text, memory.views.bytes.subarray(hoped, hoped + length))
    memory.length = length
    if (read === length) return hoped
    const encoded = encoder.encode(text)
    const pointer = memory.reallocate(hoped, length, 0, encoded.length, 'string')
    memory.views.bytes.set(encoded, pointer)
    memory.length = encoded.length
    return pointer
  }

  encodeLatin1({ bytes }: Views, text: string, start: number): void {
    for (let i = 0; i < text.length; i++) bytes[start + i] = text.charCodeAt(i)
  }

  encodeUtf16({ bytes }: Views, text: string, start: number): void {
    const units = new Uint16Array(bytes.buffer, start, text.length)
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i)
  }
}

function lowerEncoded(memory: GuestMemory, encoded: Uint8Array): number {
  const pointer = memory.allocate(0, encoded.length, 'string')
  memory.views.bytes.set(encoded, pointer)
  memory.length = encoded.length
  return pointer
}

function isShared(bytes: Uint8Array): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer
}

const coders = ['utf8Slice', 'latin1Slice', 'ucs2Slice', 'utf8Write', 'latin1Write', 'ucs2Write'] as const

export const platformStrings: PlatformStrings = /* @__PURE__ */ findStrings()

function findStrings(): PlatformStrings {
  // Node's types do not tell of these methods.
  const { Buffer } = globalThis as unknown as { Buffer?: NodeBuffer }
  return Buffer !== undefined && coders.every((coder) => coder in Buffer.prototype)
    ? new NodeStrings(Buffer)
    : new WebStrings()
}
