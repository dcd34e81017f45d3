/** An image that may refer to anything: strings, lists, handles; also where it depends on the value how many there are. */
import { limits } from '../../component/limits.ts'
import type { NumberList, NumberListClass } from '../../component/number-list.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import { STRING_PLACES, words } from '../../runtime/thread.ts'
import { lowerOwn, reserveOwn } from './handles.ts'
import { copyImage, type Image, type Reference } from './image.ts'
import type { Loans } from './loans.ts'
import type { GuestMemory } from './memory.ts'
import { lowerNumbers, ownNumbers } from './numeric-list.ts'
import { changedBorrow, changedNumbers, changedOwn } from './recheck.ts'
import type { Scratch } from './scratch.ts'
import { STORED_AT_ONCE, type StringHelper } from './string-helper.ts'
import { storeUtf8 } from './strings.ts'

export class MixedImage implements Image {
  readonly start: number
  readonly byteLength: number
  readonly mask: number
  readonly length: number
  /** Addresses in the scratch, and what belongs there. */
  readonly #at: number[]
  readonly #references: (string | Reference)[]
  #count = 0

  /**
   * @param start its address in the scratch
   * @param references how many references there will be, or a guess
   */
  constructor(start: number, byteLength: number, mask: number, length: number, references: number) {
    this.start = start
    this.byteLength = byteLength
    this.mask = mask
    this.length = length
    const capacity = references <= limits.allocatedReferences ? references : 0
    this.#at = new Array(capacity)
    this.#references = new Array(capacity)
  }

  /** @param address in the scratch: where the pointer and the length, or the handle, belong */
  refer(address: number, reference: string | Reference): void {
    const i = this.#count++
    this.#at[i] = address
    this.#references[i] = reference
  }

  referNumbers(address: number, array: NumberList, length: number, Class: NumberListClass): void {
    this.refer(address, new Numbers(array, length, Class))
  }

  referOwn(address: number, instance: ComponentInstance, resource: RuntimeResource, object: object): void {
    this.refer(address, new Own(instance, resource, object))
  }

  referBorrow(
    address: number,
    instance: ComponentInstance,
    resource: RuntimeResource,
    object: object,
    loans: Loans,
  ): void {
    this.refer(address, new Borrow(instance, resource, object, loans))
  }

  lower(memory: GuestMemory, scratch: Scratch, what: 'list' | 'arguments'): number {
    const pointer = copyImage(this, memory, scratch, what)
    this.#placeReferences(memory, scratch, pointer - this.start)
    memory.views.refreshDetached()
    return pointer
  }

  #placeReferences(memory: GuestMemory, scratch: Scratch, moved: number): void {
    const count = this.#count
    const helper = count < STORED_AT_ONCE ? null : memory.storingHelper()
    let i = 0
    if (helper !== null) {
      for (; i + STORED_AT_ONCE <= count; i += STORED_AT_ONCE) {
        const stored = this.#areStrings(i) ? this.#placeStrings(memory, helper, i, moved) : 0
        if (stored < STORED_AT_ONCE) this.#placeEach(memory, scratch, i + stored, i + STORED_AT_ONCE, moved)
      }
    }
    this.#placeEach(memory, scratch, i, count, moved)
  }

  /** Of the next ones. */
  #areStrings(from: number): boolean {
    for (let i = from; i < from + STORED_AT_ONCE; i++)
      if (typeof this.#references[i] !== 'string') return false
    return true
  }

  /** Returns how many: it stops before a long one. */
  #placeStrings(memory: GuestMemory, helper: StringHelper, from: number, moved: number): number {
    for (let i = 0; i < STORED_AT_ONCE; i++) words[STRING_PLACES + i] = this.#at[from + i]! + moved
    return memory.storeEight(helper, this.#references as readonly string[], from, STORED_AT_ONCE, 0)
  }

  #placeEach(memory: GuestMemory, scratch: Scratch, from: number, to: number, moved: number): void {
    const at = this.#at
    const references = this.#references
    const simple = memory.hasSimpleStrings
    for (let i = from; i < to; i++) {
      const reference = references[i]!
      const address = at[i]! + moved
      if (typeof reference !== 'string') {
        memory.views.refreshDetached()
        reference.place(memory, scratch, address)
      } else if (simple) storeUtf8(memory, reference, address)
      else memory.storeString(address, reference)
    }
  }

  place(memory: GuestMemory, scratch: Scratch, address: number): void {
    memory.storeRange(address, this.lower(memory, scratch, 'list'), this.length)
  }

  changed(): string | undefined {
    for (let i = 0; i < this.#count; i++) {
      const reference = this.#references[i]!
      const problem = typeof reference === 'string' ? undefined : reference.changed()
      if (problem !== undefined) return problem
    }
    return undefined
  }

  reserve(): void {
    for (const reference of this.#others()) reference.reserve?.()
  }

  abandon(): void {
    for (const reference of this.#others()) reference.abandon?.()
  }

  #others(): readonly Reference[] {
    const others: Reference[] = []
    for (let i = 0; i < this.#count; i++) {
      const reference = this.#references[i]!
      if (typeof reference !== 'string') others.push(reference)
    }
    return others
  }
}

class Numbers implements Reference {
  #array: NumberList
  readonly #length: number
  readonly #Class: NumberListClass

  constructor(array: NumberList, length: number, Class: NumberListClass) {
    this.#array = array
    this.#length = length
    this.#Class = Class
  }

  place(memory: GuestMemory, _scratch: Scratch, address: number): void {
    const pointer = lowerNumbers(memory, this.#array, this.#length, this.#Class)
    memory.storeRange(address, pointer, this.#length)
  }

  changed(): string | undefined {
    return changedNumbers(this.#array, this.#length)
  }

  reserve(): void {
    this.#array = ownNumbers(this.#array, this.#length, this.#Class)
  }
}

class Own implements Reference {
  readonly #instance: ComponentInstance
  readonly #resource: RuntimeResource
  #object: object

  constructor(instance: ComponentInstance, resource: RuntimeResource, object: object) {
    this.#instance = instance
    this.#resource = resource
    this.#object = object
  }

  place(memory: GuestMemory, _scratch: Scratch, address: number): void {
    memory.views.data.setInt32(address, lowerOwn(this.#instance, this.#resource, this.#object), true)
  }

  changed(): string | undefined {
    return changedOwn(this.#resource, this.#object)
  }

  reserve(): void {
    this.#object = reserveOwn(this.#resource, this.#object)
  }

  abandon(): void {
    this.#resource.giveUp(this.#object)
  }
}

class Borrow implements Reference {
  readonly #instance: ComponentInstance
  readonly #resource: RuntimeResource
  readonly #object: object
  readonly #loans: Loans

  constructor(instance: ComponentInstance, resource: RuntimeResource, object: object, loans: Loans) {
    this.#instance = instance
    this.#resource = resource
    this.#object = object
    this.#loans = loans
  }

  place(memory: GuestMemory, _scratch: Scratch, address: number): void {
    const handle = this.#loans.lower(this.#instance, this.#resource, this.#object)
    memory.views.data.setInt32(address, handle, true)
  }

  changed(): string | undefined {
    return changedBorrow(this.#resource, this.#object)
  }

  /** Lent from now on, and once more while the call runs. */
  reserve(): void {
    this.#loans.reserve(this.#resource, this.#object)
  }
}
