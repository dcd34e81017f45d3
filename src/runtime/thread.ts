/**
 * The state that every call looks at, for all component instances of this JavaScript thread, in one wasm memory: so
 * that JavaScript reads it through an Int32Array and generated modules read the same words (a memory per instance would
 * cost 50 µs each).
 *
 *     word 0        the running call: 0, or the byte address of the word of a call that may be suspended
 *     word 1        the word of instances that are disposed: DISPOSED for ever
 *     word 2        0, or `STRING_IS_SPECIAL` and the bytes of the string that was lowered last by `glue/string-helper.wat`
 *     word 3        its pointer, if it is a bad one
 *     word 4 …      its UTF-8 on the way into the guest: 1,024 units are at most 3,072 bytes
 *     word 512 …    within that, the UTF-16 of a short one that is not ASCII, before it is encoded
 *     word 772 …    where strings belong that the helper stores in one call, relative to each other
 *     word 1024 …   one word per live component instance, and one per live call of the promise view
 *
 * An instance's word holds the bits below; from `CALL_SHIFT` on, the index of the word of the call that entered it through
 * the promise view, or of the root of another tree that entered it in wasm (`LINKED`). A call's word is 1 while the call is inside and off the stack: suspended, or returned and not lifted
 * yet.
 */
import { pageSize, threadWords } from '../component/limits.ts'
import { TenonError } from '../errors.ts'

/** A call is inside (CanonicalABI.md, "Component Instances": `may_enter` is false). */
export const ENTERED = 1
/** A call ended in a trap: the instance is never entered again. */
export const POISONED = 2
/** `realloc` or post-return runs (`may_leave` is false). */
export const MAY_NOT_LEAVE = 4
/** Disposed while a call was inside. */
export const DISPOSED = 8
/** Something waits for the instance to be left: see `ComponentInstance.whenLeft`. */
export const AWAITED = 16
/** Entered by an adapter of another tree: the bits from `CALL_SHIFT` on are the word of that tree's root. */
export const LINKED = 32
/** Any of these: nothing leaves the instance. */
export const CANNOT_LEAVE: number = MAY_NOT_LEAVE | POISONED | DISPOSED
/** Bits from here on: the word of the call that entered the instance, or of a root. */
export const CALL_SHIFT = 8

/** The word that tells whether an import may suspend: 0 in the synchronous view. */
export const RUNNING_CALL = 0
export const DISPOSED_WORD = 1
export const STRING_LENGTH = 2
export const STRING_POINTER = 3
/** It is not ASCII, so that its bytes are not its units; or its pointer is bad. */
export const STRING_IS_SPECIAL: number = 1 << 31
export const STRING_PLACES = 772
const FIRST_FREE = 1024

/** As many as the memory has; a module that imports it says so. */
export const threadPages: number = Math.ceil((threadWords * 4) / pageSize)

/** Never grows, so its views stay. Pages that nobody touched cost nothing. */
export const threadMemory: WebAssembly.Memory = new WebAssembly.Memory({
  initial: threadPages,
  maximum: threadPages,
})
export const words: Int32Array<ArrayBuffer> = new Int32Array(threadMemory.buffer)
words[DISPOSED_WORD] = DISPOSED
/** From word 4 on: see above. */
export const threadText: Uint8Array<ArrayBuffer> = new Uint8Array(threadMemory.buffer, 16, 3072)

const free: number[] = []
let next = FIRST_FREE

/**
 * The words of one tree of instances. Whoever holds anything of the tree, a function or a handle, holds its root; when
 * nobody does, the words are free again: those of instances that nobody disposed, and of calls that nobody will end
 * (V8 itself keeps what is suspended for ever).
 */
export class TreeWords {
  readonly #taken: TakenWords = { root: undefined, others: undefined, memories: undefined }

  constructor(root: object) {
    forgotten.register(root, this.#taken, this)
  }

  /**
   * Takes a word, which is 0.
   *
   * @throws {TenonError} limit
   */
  take(what: string): number {
    const word = free.pop() ?? next++
    if (word >= threadWords) {
      next--
      throw new TenonError(
        'limit',
        `too many ${what} on this thread: at most ${threadWords} are alive at once; dispose instances that are no longer used`,
      )
    }
    words[word] = 0
    const taken = this.#taken
    if (taken.root === undefined) {
      taken.root = word
    } else {
      taken.others ??= new Set()
      taken.others.add(word)
    }
    return word
  }

  /** What becomes of the tree's memories when nobody holds anything of it any more. They must not lead to its root. */
  keepMemories(memories: ForgottenMemories): void {
    this.#taken.memories = memories
  }

  free(word: number): void {
    words[word] = 0
    const taken = this.#taken
    if (taken.root === word) taken.root = undefined
    else taken.others?.delete(word)
    free.push(word)
    // The root had the last one: the tree was disposed.
    if (taken.root === undefined && !taken.others?.size) forgotten.unregister(this)
  }
}

/** Most trees have one instance, and one word. */
interface TakenWords {
  /** The first one that was taken. */
  root: number | undefined
  others: Set<number> | undefined
  memories: ForgottenMemories | undefined
}

/** Memories of a tree that was forgotten. */
interface ForgottenMemories {
  /** Nobody gets them. */
  retire(): void
  release(): void
}

const forgotten = new FinalizationRegistry<TakenWords>(({ root, others, memories }) => {
  if (root !== undefined) {
    // A call is inside, and suspended for ever, or the last one ended in a trap.
    if (words[root] !== 0) memories?.retire()
    free.push(root)
  }
  if (others) free.push(...others)
  memories?.release()
})

/** How many words are taken. */
export function takenWords(): number {
  return next - FIRST_FREE - free.length
}
