import { TenonError } from '../errors.ts'
import { limits } from '../component/limits.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A message as bytes, with its header (Language Server Protocol, "Base Protocol"). */
export function frame(message: string): Uint8Array {
  const body = encoder.encode(message)
  const header = encoder.encode(`Content-Length: ${body.length}\r\n\r\n`)
  const bytes = new Uint8Array(header.length + body.length)
  bytes.set(header)
  bytes.set(body, header.length)
  return bytes
}

/** Bytes of headers, which say little, before they are taken for something else. */
const longestHeader = 4_096

/**
 * Takes messages out of a stream of bytes, whatever pieces it comes in.
 *
 * @example
 * const found = []
 * const reader = new MessageReader((message) => found.push(message))
 * for (const byte of frame('{"é":1}')) reader.push(Uint8Array.of(byte))
 * found // ['{"é":1}']
 */
export class MessageReader {
  readonly #receive: (message: string) => void
  #bytes: Uint8Array = new Uint8Array(0)
  /** Of `#bytes`, those that are not taken yet. */
  #start = 0
  #end = 0
  /** Of the message whose header was read. */
  #length: number | undefined

  constructor(receive: (message: string) => void) {
    this.#receive = receive
  }

  /** @throws {TenonError} code `protocol`, where a header cannot be read: from then on nothing can */
  push(bytes: Uint8Array): void {
    this.#append(bytes)
    for (;;) {
      if (this.#length === undefined) this.#length = this.#header()
      if (this.#length === undefined || this.#end - this.#start < this.#length) return
      const body = this.#bytes.subarray(this.#start, this.#start + this.#length)
      this.#start += this.#length
      this.#length = undefined
      this.#receive(decoder.decode(body))
    }
  }

  #append(bytes: Uint8Array): void {
    const kept = this.#end - this.#start
    if (this.#end + bytes.length > this.#bytes.length) {
      const room = new Uint8Array(Math.max(4_096, 2 * (kept + bytes.length)))
      room.set(this.#bytes.subarray(this.#start, this.#end))
      this.#bytes = room
      this.#start = 0
      this.#end = kept
    }
    this.#bytes.set(bytes, this.#end)
    this.#end += bytes.length
  }

  /** The length of the message that follows; undefined where the header is not there yet. */
  #header(): number | undefined {
    const from = this.#bytes.subarray(this.#start, Math.min(this.#end, this.#start + longestHeader))
    const text = String.fromCharCode(...from)
    const end = text.indexOf('\r\n\r\n')
    if (end === -1) {
      if (from.length === longestHeader) throw unreadable('a header without an end')
      return undefined
    }
    const length = /^content-length: *(\d+) *$/im.exec(text.slice(0, end).replaceAll('\r', ''))?.[1]
    if (length === undefined) throw unreadable('a header without Content-Length')
    if (Number(length) > limits.messageSize) throw unreadable(`a message of ${length} bytes`)
    this.#start += end + 4
    return Number(length)
  }
}

function unreadable(what: string): TenonError {
  return new TenonError('protocol', `the language client sent ${what}`)
}
