import type { MemoryType } from '../binary/rewrite-core-module.ts'
import { makeMemory } from './make-memory.ts'
import { MemoryWiper } from './memory-wiper.ts'

/** Where memories come from that none of the pool can stand for, and what zeroes those that can. */
export interface MemorySource {
  /**
   * @param maximum pages that it may grow to; undefined: as many as the engine allows
   * @throws {RangeError} where the engine has no more memory
   */
  make(type: MemoryType, maximum: number | undefined): WebAssembly.Memory
  /** Made once for a memory, when it is first used again. */
  wiper(memory: WebAssembly.Memory): Wiper
}

/** Zeroes one memory, which does not grow. */
export interface Wiper {
  wipe(): void
}

/** Memories of all types, zeroed in wasm. */
export const anyMemory: MemorySource = { make: makeMemory, wiper: (memory) => new MemoryWiper(memory) }
