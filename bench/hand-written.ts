/**
 * The lower bound: what a person writes who knows this one guest, its core module and the canonical ABI by heart.
 * Ordinary good JavaScript, with the `realloc` and post-return calls that the ABI asks for and no check of its own
 * but those that a caller may rely on: strings are well-formed, results are of their types.
 */
import { Buffer } from 'node:buffer'
import { type Counter, type Item, ping, type Values } from './values.ts'

type Core = Record<string, (...args: number[]) => number>

/** Measured: in strings up to so many UTF-16 units (lowered) or bytes (lifted) a char loop is faster than the platform's coder … */
const shortToLower = 24
const shortToLift = 24
/** … but all-ASCII ones are lifted faster by the platform from so many bytes on. */
const longAscii = 12

const itemSize = 32
const itemAlignment = 8

/** Instantiates the core module of `guests/values` and wraps its exports. */
export function handWritten(module: WebAssembly.Module): Values {
  /** Counters by handle, as core pointers; the guest asks for a handle when it makes one. */
  const counters: number[] = []
  const imports: Record<string, Record<string, (n: number) => unknown>> = {}
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {}
    imports[from][name] = () => {
      throw new Error(`${from} ${name} is only called when the guest panics`)
    }
  }
  imports.$root!.ping = (n) => ping(n >>> 0)
  imports['[export]tenon-bench:values/counters']!['[resource-new]counter'] = (pointer) =>
    counters.push(pointer) - 1
  const { exports } = new WebAssembly.Instance(module, imports)
  const core = exports as Core
  const memory = exports.memory as WebAssembly.Memory

  // Destructured so that each call has one known target.
  const add = core.add!
  const stringLength = core['string-length']!
  const setString = core['set-string']!
  const getString = core['get-string']!
  const freeString = core['cabi_post_get-string']!
  const bytesLength = core['bytes-length']!
  const getBytes = core['get-bytes']!
  const freeBytes = core['cabi_post_get-bytes']!
  const total = core.total!
  const getItems = core['get-items']!
  const freeItems = core['cabi_post_get-items']!
  const callHost = core['call-host']!
  const newCounter = core['tenon-bench:values/counters#[constructor]counter']!
  const next = core['tenon-bench:values/counters#[method]counter.next']!
  const realloc = core.cabi_realloc!

  let view = new DataView(memory.buffer)
  let bytes = Buffer.from(memory.buffer)

  /** To be called after each call into the guest, which may have grown its memory: that detaches the views. */
  function refresh() {
    if (bytes.length !== 0) return
    view = new DataView(memory.buffer)
    bytes = Buffer.from(memory.buffer)
  }

  let stringBytes = 0

  /** Copies a string into the guest: returns the pointer, leaves the length in `stringBytes`. */
  function lowerString(s: string): number {
    const { length } = s
    if (length > shortToLower) {
      stringBytes = Buffer.byteLength(s)
      const pointer = realloc(0, 0, 1, stringBytes)
      refresh()
      bytes.write(s, pointer, stringBytes, 'utf8')
      return pointer
    }
    const pointer = realloc(0, 0, 1, length)
    refresh()
    for (let i = 0; i < length; i++) {
      const code = s.charCodeAt(i)
      if (code > 0x7f) return lowerShort(s, pointer)
      bytes[pointer + i] = code
    }
    stringBytes = length
    return pointer
  }

  /** For a short string that is not all ASCII: `tooSmall` holds one byte per unit. */
  function lowerShort(s: string, tooSmall: number): number {
    stringBytes = utf8Length(s)
    const pointer = realloc(tooSmall, s.length, 1, stringBytes)
    refresh()
    let at = pointer
    for (let i = 0; i < s.length; i++) {
      let code = s.codePointAt(i)!
      if (code < 0x80) {
        bytes[at++] = code
      } else if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6)
        bytes[at++] = 0x80 | (code & 0x3f)
      } else if (code < 0x10000) {
        if ((code & 0xf800) === 0xd800) code = 0xfffd // a lone surrogate
        bytes[at++] = 0xe0 | (code >> 12)
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
        bytes[at++] = 0x80 | (code & 0x3f)
      } else {
        i++
        bytes[at++] = 0xf0 | (code >> 18)
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f)
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
        bytes[at++] = 0x80 | (code & 0x3f)
      }
    }
    return pointer
  }

  function liftString(pointer: number, length: number): string {
    const end = pointer + length
    if (length > shortToLift) {
      const s = bytes.toString('utf8', pointer, end)
      // What is malformed decodes to U+FFFD, which may also stand there by right.
      return s.includes('\ufffd') ? strict.decode(bytes.subarray(pointer, end)) : s
    }
    if (length > longAscii && isAscii(pointer, end)) return bytes.toString('latin1', pointer, end)
    let s = ''
    let at = pointer
    while (at < end) {
      const first = bytes[at++]!
      if (first < 0x80) {
        s += String.fromCharCode(first)
        continue
      }
      const size = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
      let code = first & (0x3f >> size)
      let wellFormed = first >= 0xc2 && first < 0xf5 && at + size <= end
      for (let i = 0; i < size; i++) {
        const next = bytes[at++]!
        wellFormed &&= (next & 0xc0) === 0x80
        code = (code << 6) | (next & 0x3f)
      }
      if (!wellFormed || code < smallest[size]! || code > 0x10ffff || (code & 0xfff800) === 0xd800) {
        throw new WebAssembly.RuntimeError('invalid utf8')
      }
      s += String.fromCodePoint(code)
    }
    return s
  }

  function isAscii(start: number, end: number): boolean {
    let all = 0
    for (let i = start; i < end; i++) all |= bytes[i]!
    return all < 0x80
  }

  class GuestCounter implements Counter {
    readonly #pointer: number

    constructor(start: number) {
      this.#pointer = counters[newCounter(start)]!
    }

    next(): number {
      return next(this.#pointer) >>> 0
    }
  }

  return {
    add: (a, b) => add(a, b),
    stringLength(s) {
      const pointer = lowerString(s)
      return stringLength(pointer, stringBytes) >>> 0
    },
    setString(s) {
      const pointer = lowerString(s)
      setString(pointer, stringBytes)
    },
    getString() {
      const result = getString()
      refresh()
      const s = liftString(view.getUint32(result, true), view.getUint32(result + 4, true))
      freeString(result)
      return s
    },
    bytesLength(list) {
      const pointer = realloc(0, 0, 1, list.length)
      refresh()
      bytes.set(list, pointer)
      return bytesLength(pointer, list.length) >>> 0
    },
    getBytes(length) {
      const result = getBytes(length)
      refresh()
      const pointer = view.getUint32(result, true)
      const list = new Uint8Array(memory.buffer.slice(pointer, pointer + view.getUint32(result + 4, true)))
      freeBytes(result)
      return list
    },
    total(items) {
      const pointer = realloc(0, 0, itemAlignment, items.length * itemSize)
      refresh()
      let at = pointer
      for (const item of items) {
        const name = lowerString(item.name)
        view.setUint32(at, item.id, true)
        view.setUint32(at + 4, name, true)
        view.setUint32(at + 8, stringBytes, true)
        view.setFloat64(at + 16, item.price, true)
        view.setUint16(at + 24, item.quantity, true)
        view.setUint8(at + 26, item.inStock ? 1 : 0)
        at += itemSize
      }
      return total(pointer, items.length)
    },
    getItems(count) {
      const result = getItems(count)
      refresh()
      const pointer = view.getUint32(result, true)
      const length = view.getUint32(result + 4, true)
      const items: Item[] = []
      for (let at = pointer; at < pointer + length * itemSize; at += itemSize) {
        items.push({
          id: view.getUint32(at, true),
          name: liftString(view.getUint32(at + 4, true), view.getUint32(at + 8, true)),
          price: view.getFloat64(at + 16, true),
          quantity: view.getUint16(at + 24, true),
          inStock: view.getUint8(at + 26) !== 0,
        })
      }
      freeItems(result)
      return items
    },
    callHost: (times) => callHost(times) >>> 0,
    counters: { Counter: GuestCounter },
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The smallest code point that needs so many continuation bytes. */
const smallest = [0, 0x80, 0x800, 0x10000]

function utf8Length(s: string): number {
  let bytes = s.length
  for (let i = 0; i < s.length; i++) {
    const code = s.codePointAt(i)!
    if (code < 0x80) continue
    if (code < 0x800) bytes += 1
    else {
      bytes += 2
      // A pair's second half is counted as one unit already.
      if (code > 0xffff) i++
    }
  }
  return bytes
}
