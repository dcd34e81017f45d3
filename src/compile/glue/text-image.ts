/** An image that refers to nothing but strings, of which each element has as many, at the same places. */
import { limits } from '../../component/limits.ts'
import { STRING_PLACES, words } from '../../runtime/thread.ts'
import { copyImage, type Image } from './image.ts'
import type { GuestMemory } from './memory.ts'
import type { Scratch } from './scratch.ts'
import { STORED_AT_ONCE } from './string-helper.ts'
import type { StringLayout } from './string-layout.ts'
import { storeUtf8 } from './strings.ts'

export class TextImage implements Image {
  readonly start: number
  readonly byteLength: number
  readonly mask: number
  readonly length: number
  /** In order; who reads the elements fills it. */
  readonly strings: string[]
  readonly #layout: StringLayout

  constructor(start: number, byteLength: number, mask: number, length: number, layout: StringLayout) {
    this.start = start
    this.byteLength = byteLength
    this.mask = mask
    this.length = length
    const count = length * layout.offsets.length
    this.strings = new Array(count <= limits.allocatedReferences ? count : 0)
    this.#layout = layout
  }

  lower(memory: GuestMemory, scratch: Scratch, what: 'list' | 'arguments'): number {
    const pointer = copyImage(this, memory, scratch, what)
    this.#placeStrings(memory, pointer)
    memory.views.refreshDetached()
    return pointer
  }

  #placeStrings(memory: GuestMemory, pointer: number): void {
    const { strings } = this
    const { size, offsets } = this.#layout
    const count = this.length * offsets.length
    const helper = count < STORED_AT_ONCE ? null : memory.storingHelper()
    if (helper === null) {
      this.#placeEach(memory, pointer, 0, count)
      return
    }
    // Whole elements, so that the offsets are the same in each call.
    const elements = Math.floor(STORED_AT_ONCE / offsets.length)
    const most = elements * offsets.length
    for (let i = 0; i < most; i++) words[STRING_PLACES + i] = this.#offsetOf(i)
    const step = elements * size
    let first = 0
    for (let address = pointer; first + STORED_AT_ONCE <= count; address += step) {
      const stored = memory.storeEight(helper, strings, first, most, address)
      // One is long.
      if (stored < most) this.#placeEach(memory, pointer, first + stored, first + most)
      first += most
    }
    this.#placeEach(memory, pointer, first, count)
  }

  /** One by one, from the `from`-th on. */
  #placeEach(memory: GuestMemory, pointer: number, from: number, to: number): void {
    const simple = memory.hasSimpleStrings
    for (let i = from; i < to; i++) {
      const address = pointer + this.#offsetOf(i)
      if (simple) storeUtf8(memory, this.strings[i]!, address)
      else memory.storeString(address, this.strings[i]!)
    }
  }

  /** Of the `i`-th string, from the start of the first element. */
  #offsetOf(i: number): number {
    const { size, offsets } = this.#layout
    return Math.floor(i / offsets.length) * size + offsets[i % offsets.length]!
  }

  place(memory: GuestMemory, scratch: Scratch, address: number): void {
    memory.storeRange(address, this.lower(memory, scratch, 'list'), this.length)
  }

  changed(): undefined {}

  reserve(): void {}

  abandon(): void {}
}
