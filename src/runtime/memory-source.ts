import type { MemoryType } from '../binary/rewrite-core-module.ts'
import { makeMemory } from './make-memory.ts'
import { memoryWiper } from './memory-wiper-module.ts'

/** Where memories come from that none of the pool can stand for, and what zeroes those that can. */
export interface MemorySource {
  /**
   * @param maximum pages that it may grow to; undefined: as many as the engine allows
   * @throws {RangeError} where the engine has no more memory
   */
  make(type: MemoryType, maximum: number | undefined): WebAssembly.Memory
  /** `memory-wiper.wat`; undefined where there is none. */
  wiper(): WebAssembly.Module | undefined
}

/** Memories of all types; the wiper is compiled when it is first needed. */
export const anyMemory: MemorySource = { make: makeMemory, wiper: memoryWiper }
