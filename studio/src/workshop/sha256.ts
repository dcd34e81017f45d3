/** SHA-256 (FIPS 180-4) where the browser gives none: pages of plain `http:` have no `crypto.subtle`. */

/** The first 32 bits of the fractional parts of the roots of the first primes: square roots begin, cube roots are added. */
const [begin, added] = constants()

export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(begin)
  const words = new Uint32Array(64)
  const whole = bytes.length - (bytes.length % 64)
  const view = new DataView(bytes.buffer, bytes.byteOffset, whole)
  for (let at = 0; at < whole; at += 64) mix(state, words, view, at)
  const rest = padded(bytes.subarray(whole), bytes.length)
  for (let at = 0; at < rest.byteLength; at += 64) mix(state, words, rest, at)
  const digest = new DataView(new ArrayBuffer(32))
  for (const [index, word] of state.entries()) digest.setUint32(index * 4, word)
  return new Uint8Array(digest.buffer)
}

/** A bit, zeros, and the length in bits: one block or two. */
function padded(rest: Uint8Array, length: number): DataView {
  const blocks = new Uint8Array(rest.length + 9 <= 64 ? 64 : 128)
  blocks.set(rest)
  blocks[rest.length] = 0x80
  const view = new DataView(blocks.buffer)
  view.setBigUint64(blocks.length - 8, BigInt(length) * 8n)
  return view
}

function mix(state: Uint32Array, words: Uint32Array, block: DataView, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = block.getUint32(at + i * 4)
  for (let i = 16; i < 64; i++) {
    const [x, y] = [words[i - 15]!, words[i - 2]!]
    const low = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)
    const high = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10)
    words[i] = words[i - 16]! + low + words[i - 7]! + high
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as EightWords
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g)
    const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + added[i]! + words[i]!
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index]! += word
}

type EightWords = [number, number, number, number, number, number, number, number]

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function constants(): [readonly number[], Uint32Array] {
  const primes: number[] = []
  for (let each = 2; primes.length < 64; each++)
    if (primes.every((prime) => each % prime !== 0)) primes.push(each)
  const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32)
  return [
    primes.slice(0, 8).map((each) => fraction(Math.sqrt(each))),
    Uint32Array.from(primes, (each) => fraction(Math.cbrt(each))),
  ]
}
