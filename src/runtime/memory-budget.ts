import type { MemoryType } from '../binary/rewrite-core-module.ts'
import { TenonError } from '../errors.ts'
import type { MemoryDemand } from './memory-demand.ts'

/**
 * How a tree of instances shares a limit on the bytes of its memories: each has what it begins with, and what is left goes
 * to those that may grow, in the order in which they are made, each as far as its own maximum. So the sum holds, whoever
 * grows. The first memory that was defined without a maximum takes all that is left.
 */
export class MemoryBudget {
  /** Bytes beyond what the memories of the tree begin with. */
  #left: number

  /**
   * @param limit bytes
   * @throws {TenonError} limit
   */
  constructor(limit: number, demand: MemoryDemand, instance: string) {
    this.#left = limit - demand.size
    if (this.#left < 0) throw tooLittle(limit, demand, instance)
  }

  /** The pages that a memory may grow to. */
  maximum({ initial, maximum, index64, pageSizeLog2 }: MemoryType): number {
    const pageSize = 2 ** pageSizeLog2
    const most = maximum ?? mostPages(index64, pageSize)
    const granted = Math.min(most - initial, Math.floor(this.#left / pageSize))
    this.#left -= granted * pageSize
    return initial + granted
  }
}

/** Of a memory without a maximum: the highest one that its type may have. */
function mostPages(index64: boolean, pageSize: number): number {
  return index64 ? 2 ** 48 : Math.min(2 ** 32 / pageSize, 2 ** 32 - 1)
}

function tooLittle(limit: number, { size, largest }: MemoryDemand, instance: string): TenonError {
  const share = largest.size === size ? 'them' : largest.size
  return new TenonError(
    'limit',
    `${limit} bytes of memory are too few: the memories of ${instance} begin with ${size} (${largest.name} defines ${share}); allow at least ${size}`,
  )
}

/** @throws {TypeError} no number of bytes */
export function checkMaxMemory(maxMemory: unknown): void {
  if (Number.isSafeInteger(maxMemory) && (maxMemory as number) >= 0) return
  const got = typeof maxMemory === 'number' ? String(maxMemory) : typeof maxMemory
  throw new TypeError(
    `instantiate({ maxMemory }): expected a number of bytes, such as 64 * 1024 * 1024; got ${got}`,
  )
}
