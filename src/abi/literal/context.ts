import { limits } from '../../component/limits.ts'
import type { StringEncoding } from '../../component/component.ts'
import type { ResourceType } from '../../component/value-type.ts'
import type { CanonicalContext, CanonicalOptions } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { type Allocation, Fault, type Range } from '../../runtime/fault.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import { RUNNING_CALL, words } from '../../runtime/thread.ts'
import type { Alignment } from '../alignment.ts'
import type { PointerType } from '../pointer.ts'
import { Loans } from './loans.ts'

/** What all definitions are handed as `cx`: one for each call (CanonicalABI.md, "Lifting and Lowering Context"). */
export class LiftLowerContext {
  readonly instance: ComponentInstance
  readonly pointer: PointerType
  readonly stringEncoding: StringEncoding
  readonly loans: Loans = new Loans()
  /** The other side is a component of the same tree, and not the host. */
  readonly between: boolean
  readonly #context: CanonicalContext
  readonly #fault: Fault
  #lifted = 0

  constructor(options: CanonicalOptions, context: CanonicalContext, between: boolean) {
    this.instance = context.instance
    this.pointer = options.pointer
    this.stringEncoding = options.stringEncoding
    this.between = between
    this.#context = context
    this.#fault = new Fault(between)
  }

  resource(type: ResourceType): RuntimeResource {
    return this.#context.resource(type)
  }

  /** The memory as it is now: the view is good until guest code runs again. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#context.memory!.buffer)
  }

  /** An address that the guest gave, once it is known to be aligned and followed by that many bytes of memory. */
  checkedRange(ptr: bigint, byteLength: bigint, alignment: Alignment, what: Range): number {
    if (ptr % BigInt(alignment) !== 0n) throw this.#fault.unaligned(what, Number(ptr), alignment)
    const { length } = this.bytes()
    if (ptr + byteLength > length)
      throw this.#fault.outOfBounds(what, Number(ptr), Number(byteLength), length)
    return Number(ptr)
  }

  checkByteLength(byteLength: bigint, most: number, what: 'string' | 'list'): void {
    if (byteLength > most) throw this.#fault.tooLong(what, Number(byteLength), most)
  }

  /** Counts what the host has to hold of one call. */
  charge(bytes: number): void {
    this.#lifted += bytes
    if (this.#lifted > limits.liftedBytes) throw this.#fault.tooLong('list', this.#lifted, limits.liftedBytes)
  }

  /** New memory, for nothing too; checked as the definitions do after each `allocate`. */
  allocate(alignment: Alignment, byteLength: number, what: Allocation): number {
    const ptr = this.#reallocate(0, 0, alignment, byteLength)
    if (ptr % BigInt(alignment) !== 0n) throw this.#fault.unalignedAllocation(Number(ptr), alignment)
    const { length } = this.bytes()
    if (ptr + BigInt(byteLength) > length) {
      throw this.#fault.allocationOutOfBounds(what, Number(ptr), byteLength, length)
    }
    return Number(ptr)
  }

  /** Calls `realloc`. Meanwhile the guest may neither call out nor be suspended. */
  #reallocate(
    ...args: [old: number, oldByteLength: number, alignment: number, newByteLength: number]
  ): bigint {
    const running = words[RUNNING_CALL]!
    words[RUNNING_CALL] = 0
    this.instance.forbidLeave()
    const ptr = this.#callRealloc(args)
    this.instance.allowLeave()
    words[RUNNING_CALL] = running
    return ptr
  }

  #callRealloc(args: readonly number[]): bigint {
    const realloc = this.#context.realloc as (...args: (number | bigint)[]) => number | bigint
    if (this.pointer === 'i64') return BigInt.asUintN(64, BigInt(realloc(...args.map(BigInt))))
    return BigInt.asUintN(32, BigInt(realloc(...args)))
  }
}
