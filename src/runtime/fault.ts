/**
 * Traps for pointers and lengths that are wrong. The reference suite words them differently where a value goes from
 * component to component and where it goes between a component and the host.
 */
import { Trap } from '../errors.ts'

export type Range = 'string' | 'list' | 'pointer'
export type Allocation = 'string' | 'list' | 'arguments'

export class Fault {
  readonly #between: boolean

  /** @param between from component to component */
  constructor(between: boolean) {
    this.#between = between
  }

  unaligned(what: Range, pointer: number, alignment: number): Trap {
    const begin = this.#between
      ? 'wasm trap: unaligned pointer'
      : what === 'pointer'
        ? 'pointer not aligned: unaligned pointer'
        : `${what} pointer is not aligned: unaligned pointer`
    return new Trap('unaligned', `${begin}: ${hex(pointer)} is no multiple of ${alignment}`)
  }

  outOfBounds(what: Range, pointer: number, byteLength: number, memory: number): Trap {
    const begin =
      what === 'pointer'
        ? 'pointer out of bounds of memory'
        : this.#between
          ? `wasm trap: ${what} content out-of-bounds`
          : `${what} pointer/length out of bounds of memory`
    return new Trap('out-of-bounds', `${begin}: ${range(pointer, byteLength, memory)}`)
  }

  tooLong(what: 'string' | 'list', byteLength: number, most: number): Trap {
    const begin = this.#between
      ? `wasm trap: ${what} content out-of-bounds`
      : `${what} pointer/length out of bounds of memory`
    return new Trap('out-of-bounds', `${begin}: ${byteLength} bytes, where at most ${most} may be passed`)
  }

  unalignedAllocation(pointer: number, alignment: number): Trap {
    const begin = this.#between ? 'wasm trap: unaligned pointer' : 'realloc return: result not aligned'
    return new Trap('unaligned', `${begin}: realloc returned ${hex(pointer)}, no multiple of ${alignment}`)
  }

  allocationOutOfBounds(what: Allocation, pointer: number, byteLength: number, memory: number): Trap {
    const begin = !this.#between
      ? 'realloc return: beyond end of memory'
      : what === 'arguments'
        ? 'wasm trap: pointer out of bounds of memory'
        : `wasm trap: ${what} content out-of-bounds`
    return new Trap('out-of-bounds', `${begin}: realloc returned ${range(pointer, byteLength, memory)}`)
  }
}

function range(pointer: number, byteLength: number, memory: number): string {
  return `${byteLength} bytes at ${hex(pointer)}, in a memory of ${memory} bytes`
}

function hex(pointer: number): string {
  return `0x${pointer.toString(16)}`
}
