import type { MemoryImports } from '../binary/rewrite-core-module.ts'
import { pooledMemories } from '../component/limits.ts'
import type { MemoryBudget } from './memory-budget.ts'
import type { MemorySource } from './memory-source.ts'
import { giveBackMemory, type TakenMemory, takeMemory } from './memory-pool.ts'
import type { TreeWords } from './thread.ts'

/** What a tree of instances does with the memories that its core modules define. */
export interface OwnMemories {
  /** Bytes that they have now, as far as is known. */
  readonly size: number
  /** Host functions get views of them. */
  lend(): void
  /** Nobody gets them: what may still run can reach them. */
  retire(): void
  /** The tree was made: its memories serve others when nobody holds anything of it any more, too. */
  watch(root: WatchedTree): void
  /** The tree was disposed. */
  release(): void
}

/** The root of a tree of instances. */
interface WatchedTree {
  readonly tree: readonly { readonly async?: object | undefined }[]
  readonly words: TreeWords
}

/** They are the engine's: core modules define them, and nobody looks after them. */
export const unmanagedMemories: OwnMemories = { size: 0, lend() {}, retire() {}, watch() {}, release() {} }

/** Bytes of memories that are given back when the collector finds their trees. */
let watchedBytes = 0

/** The memories that the core modules of one tree of instances define: what they may grow to, and what becomes of them. */
export class TreeMemories implements OwnMemories {
  /** Set before the first one is taken. */
  budget: MemoryBudget | undefined
  #taken: TakenMemory[] | undefined
  #retired = false
  #lent = false
  /** Bytes that wait for the collector to find the tree. */
  #watched = 0

  /**
   * The imports of a module that stand for its memories.
   *
   * @throws {RangeError} where the engine has no more memory
   */
  take({ types }: MemoryImports, source: MemorySource): WebAssembly.ModuleImports {
    const imports: WebAssembly.Memory[] = new Array(types.length)
    for (let i = 0; i < types.length; i++) {
      const type = types[i]!
      const maximum = this.budget ? this.budget.maximum(type) : type.maximum
      const taken = takeMemory(type, maximum, source)
      if (this.#taken) this.#taken.push(taken)
      else this.#taken = [taken]
      imports[i] = taken.memory
    }
    // An array is an object with the names that are wanted: 0, 1, …
    return imports as unknown as WebAssembly.ModuleImports
  }

  /** Bytes that they have now. */
  get size(): number {
    return this.#taken?.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0) ?? 0
  }

  /** Host functions get views of them, and are trusted to forget those when they return; here nobody has to trust them. */
  lend(): void {
    this.#lent = true
  }

  /** Code of the tree may still run when it is disposed, or something else may still reach its memories: nobody gets them. */
  retire(): void {
    this.#retired = true
  }

  /**
   * They live until the collector finds the tree. As many do as the pool has room for: finalizers run late, and never while a
   * program makes instances without a pause. Tasks may go on that nobody holds.
   */
  watch({ tree, words }: WatchedTree): void {
    for (const { async } of tree) if (async) return
    let bytes = 0
    for (const { kind, initialSize } of this.#taken ?? []) if (kind !== undefined) bytes += initialSize
    if (bytes === 0 || watchedBytes + bytes > pooledMemories) return
    this.#watched = bytes
    watchedBytes += bytes
    words.keepMemories(this)
  }

  /** The tree was disposed, or forgotten: nothing in it can be called any more. */
  release(): void {
    watchedBytes -= this.#watched
    this.#watched = 0
    const taken = this.#taken
    this.#taken = undefined
    if (taken && !this.#retired) for (const memory of taken) giveBackMemory(memory, this.#lent)
  }
}
