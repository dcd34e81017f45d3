import type { MemoryType } from '../binary/rewrite-core-module.ts'

/**
 * How a tree of instances shares a limit on the bytes of its memories: each has what it begins with, and what is left
 * goes to those that may grow, in the order in which they are made, each as far as its own maximum. So the sum holds, whoever
 * grows; a memory that was defined without maximum takes all that is left.
 */
export class MemoryBudget {
  /** Bytes beyond what the memories of the tree begin with. */
  #left: number

  constructor(left: number) {
    this.#left = left
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

/** Of a memory without maximum: what may be written in its type. */
function mostPages(index64: boolean, pageSize: number): number {
  return index64 ? 2 ** 48 : Math.min(2 ** 32 / pageSize, 2 ** 32 - 1)
}
