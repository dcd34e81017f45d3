/** A list, or spilled arguments, as it will lie in the guest's memory; and what has to be put in place there. */
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import { lowerOwn, reserveOwn } from './handles.ts'
import type { Loans } from './loans.ts'
import type { GuestMemory } from './memory.ts'
import { lowerNumbers, type NumericArray, type NumericArrayClass } from './numeric-list.ts'
import type { Scratch } from './scratch.ts'

/** Something that the image refers to, other than a string. */
interface Reference {
  /** Puts it where the guest looks for it: at `address` of the guest's memory. */
  place(memory: GuestMemory, scratch: Scratch, address: number): void
  /** The call has to wait: nobody else may change it or use it up meanwhile. */
  reserve?(): void
  /** A reserved call is not made. */
  abandon?(): void
}

export class Image implements Reference {
  readonly start: number
  readonly byteLength: number
  /** The alignment minus 1. */
  readonly mask: number
  /** Elements. */
  readonly length: number
  readonly #at: number[] = []
  readonly #references: (string | Reference)[] = []

  /** @param start its address in the scratch */
  constructor(start: number, byteLength: number, mask: number, length: number) {
    this.start = start
    this.byteLength = byteLength
    this.mask = mask
    this.length = length
  }

  /** @param address in the scratch: where the pointer and the length, or the handle, belong */
  refer(address: number, reference: string | Reference): void {
    this.#at.push(address)
    this.#references.push(reference)
  }

  referNumbers(address: number, array: NumericArray, length: number, Class: NumericArrayClass): void {
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

  /** Allocates it in the guest and fills it; returns the pointer. */
  lower(memory: GuestMemory, scratch: Scratch, what: 'list' | 'arguments'): number {
    const { start, byteLength } = this
    const pointer = memory.allocate(this.mask, byteLength, what)
    memory.views.bytes.set(scratch.bytes.subarray(start, start + byteLength), pointer)
    const moved = pointer - start
    for (let i = 0; i < this.#at.length; i++) {
      const reference = this.#references[i]!
      const address = this.#at[i]! + moved
      if (typeof reference === 'string') memory.storeString(address, reference)
      else reference.place(memory, scratch, address)
    }
    return pointer
  }

  place(memory: GuestMemory, scratch: Scratch, address: number): void {
    memory.storeRange(address, this.lower(memory, scratch, 'list'), this.length)
  }

  reserve(): void {
    for (const reference of this.#references) if (typeof reference !== 'string') reference.reserve?.()
  }

  abandon(): void {
    for (const reference of this.#references) if (typeof reference !== 'string') reference.abandon?.()
  }
}

class Numbers implements Reference {
  #array: NumericArray
  readonly #length: number
  readonly #Class: NumericArrayClass

  constructor(array: NumericArray, length: number, Class: NumericArrayClass) {
    this.#array = array
    this.#length = length
    this.#Class = Class
  }

  place(memory: GuestMemory, _scratch: Scratch, address: number): void {
    const pointer = lowerNumbers(memory, this.#array, this.#length, this.#Class)
    memory.storeRange(address, pointer, this.#length)
  }

  reserve(): void {
    this.#array = this.#array.slice()
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

  /** Lent from now on, and once more while the call runs. */
  reserve(): void {
    this.#loans.reserve(this.#resource, this.#object)
  }
}
