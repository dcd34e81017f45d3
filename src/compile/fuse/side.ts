/** The two components of a call as generated code sees them: indices in the adapter module. */
import type { PointerType } from '../../abi/pointer.ts'
import type { StringEncoding } from '../../component/component.ts'
import type { SideName } from './fault-code.ts'

export interface Side {
  readonly name: SideName
  readonly pointer: PointerType
  readonly encoding: StringEncoding
  /** Index of its memory; undefined where no value needs one. */
  readonly memory: number | undefined
  /** Index of the function; undefined where nothing is allocated. */
  readonly realloc: number | undefined
  /** Global with the byte address of its component instance's word (`runtime/thread.ts`). */
  readonly word: number
}

/** Whoever calls, and whoever is called; the functions between the same two share their helpers. */
export interface Link {
  /** What the intrinsics know it by. */
  readonly index: number
  readonly caller: Side
  readonly callee: Side
  /**
   * Globals with the words of the instances that a call enters, the callee's first, then those around it. Empty where nobody
   * could see that they are entered (`runtime/reentry.ts`).
   */
  readonly entered: readonly number[]
  /** Whether the callee's word is 0 while the call is inside of it. */
  readonly idle: boolean
  /** Whether a call may be suspended inside of the callee. */
  readonly mayBlock: boolean
  /** Where the callee is of another tree: the global with what its instances are marked with. */
  readonly mark: number | undefined
}
