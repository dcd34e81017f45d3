import type { Declaration } from '../../component/component.ts'
import { sameBytes } from '../same-bytes.ts'

/** Shorter ones are read again as soon as they are found. */
const shortest = 64
/** Bytes that tell most types apart: many begin with what they use of the same interface. */
const prefix = shortest
/** How many types with the same first bytes are kept: those that were read last. */
const perPrefix = 16

interface ReadType {
  readonly start: number
  readonly end: number
  readonly declarations: readonly Declaration[]
  /** As in `Layout`: those between start and end. */
  readonly longForms: readonly number[]
}

/**
 * Remembers the declarations of component and instance types by their bytes. Compositions say the same interfaces in
 * each of their components; the declarations of one that is repeated are the same array, with the offsets where they
 * stood first, and need to be checked only once.
 */
export class RepeatedTypes {
  readonly #bytes: Uint8Array
  readonly #types = new Map<number, ReadType[]>()
  /** How many took the place of others. */
  #replaced = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** What was read before where the bytes from `start` on are the same. A type ends where its grammar says, so its bytes are all of it. */
  find(start: number, end: number): ReadType | undefined {
    if (end - start < shortest) return undefined
    return this.#types.get(this.#hash(start))?.find((type) => this.#stands(type, start, end))
  }

  add(type: ReadType): void {
    if (type.end - type.start < shortest) return
    const hash = this.#hash(type.start)
    const others = this.#types.get(hash)
    if (!others) this.#types.set(hash, [type])
    else if (others.length < perPrefix) others.push(type)
    else others[this.#replaced++ % perPrefix] = type
  }

  #stands(type: ReadType, start: number, end: number): boolean {
    const length = type.end - type.start
    return length <= end - start && sameBytes(this.#bytes, type.start, start, length)
  }

  #hash(start: number): number {
    let hash = 0
    for (let i = start; i < start + prefix; i++) hash = Math.imul(hash ^ this.#bytes[i]!, 0x01000193)
    return hash
  }
}
