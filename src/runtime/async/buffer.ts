/** CanonicalABI.md, "Buffer State": the part of a guest's memory that a copy reads from or writes to. */
import { alignment } from '../../abi/alignment.ts'
import { elementSize } from '../../abi/element-size.ts'
import { LiftLowerContext } from '../../abi/literal/context.ts'
import { loadListFromValidRange } from '../../abi/literal/load.ts'
import { storeListIntoValidRange } from '../../abi/literal/store.ts'
import type { ListValue } from '../../abi/literal/value.ts'
import { numberListClass } from '../../component/number-list.ts'
import { limits } from '../../component/limits.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { CanonicalContext, CanonicalOptions } from '../back-end.ts'
import type { ElementMover } from './element-values.ts'
import { waitableTrap } from './waitable.ts'

/** Where elements come from; undefined instead of a list where the stream or future has no element type. */
export interface ReadableBuffer {
  readonly remain: number
  readonly isZeroLength: boolean
  read(count: number): ListValue | undefined
  /** The same as JavaScript's values; undefined where it cannot. @param between they only go on to another component */
  lift?(count: number, between: boolean): readonly unknown[] | undefined
}

export interface WritableBuffer {
  readonly remain: number
  readonly isZeroLength: boolean
  write(values: ListValue | undefined, count: number): void
  /** Whether it takes JavaScript's values. */
  readonly takesLifted: boolean
  writeLifted(values: readonly unknown[]): void
}

/** The memory and the options of one canonical built-in. */
export interface BufferPlace {
  readonly options: CanonicalOptions
  readonly context: CanonicalContext
  readonly element: ValueType | undefined
  readonly mover?: ElementMover | undefined
}

/** Both sorts: which one it is used as depends on the end that it is for. */
export class GuestBuffer implements ReadableBuffer, WritableBuffer {
  readonly #place: BufferPlace
  readonly #length: number
  #pointer = 0
  #progress = 0

  /** @throws {Trap} waitable, unaligned, out-of-bounds */
  constructor(place: BufferPlace, pointer: bigint, length: bigint) {
    const { options, element } = place
    if (length > limits.bufferLength) {
      throw waitableTrap(
        `stream read/write count too large: ${length} elements, at most ${limits.bufferLength}`,
      )
    }
    this.#place = place
    this.#length = Number(length)
    if (element !== undefined && length > 0n) {
      const size = length * BigInt(elementSize(element, options.pointer))
      const align = alignment(element, options.pointer)
      this.#pointer = this.#newContext().checkedRange(pointer, size, align, 'pointer')
    }
  }

  /** How many elements were copied. */
  get progress(): number {
    return this.#progress
  }

  get remain(): number {
    return this.#length - this.#progress
  }

  get isZeroLength(): boolean {
    return this.#length === 0
  }

  read(count: number): ListValue | undefined {
    const { element } = this.#place
    const values = element && loadListFromValidRange(this.#newContext(), this.#pointer, count, element)
    this.#advance(count)
    return values
  }

  write(values: ListValue | undefined, count: number): void {
    const { element } = this.#place
    if (element) storeListIntoValidRange(this.#newContext(), values!, this.#pointer, element)
    this.#advance(count)
  }

  get takesLifted(): boolean {
    return this.#place.mover?.works ?? false
  }

  lift(count: number, between: boolean): readonly unknown[] | undefined {
    const { mover } = this.#place
    if (!mover?.works) return undefined
    const values = mover.load(this.#pointer, count, between)
    this.#advance(count)
    return values
  }

  writeLifted(values: readonly unknown[]): void {
    this.#place.mover!.store(this.#pointer, values)
    this.#advance(values.length)
  }

  /** Numbers are bytes in both memories: one copy. False: they are something else, which has to be lifted and lowered. */
  copyNumbers(to: GuestBuffer, count: number): boolean {
    const { element, options } = this.#place
    if (element === undefined || numberListClass(element) === undefined) return false
    const size = count * elementSize(element, options.pointer)
    to.#bytes.set(this.#bytes.subarray(this.#pointer, this.#pointer + size), to.#pointer)
    const { buffer } = to.#bytes
    if (element.kind === 'f32') canonicalizeNaNs(new Float32Array(buffer, to.#pointer, count))
    if (element.kind === 'f64') canonicalizeNaNs(new Float64Array(buffer, to.#pointer, count))
    this.#advance(count)
    to.#advance(count)
    return true
  }

  get #bytes(): Uint8Array {
    return new Uint8Array(this.#place.context.memory!.buffer)
  }

  #advance(count: number): void {
    const { element, options } = this.#place
    this.#progress += count
    if (element) this.#pointer += count * elementSize(element, options.pointer)
  }

  /** One for each copy: it counts what the copy makes the host hold. */
  #newContext(): LiftLowerContext {
    return new LiftLowerContext(this.#place.options, this.#place.context, true)
  }
}

/** CanonicalABI.md, "Loading", `canonicalize_nan32` and `canonicalize_nan64`. */
function canonicalizeNaNs(floats: Float32Array | Float64Array): void {
  for (let i = 0; i < floats.length; i++) if (Number.isNaN(floats[i])) floats[i] = Number.NaN
}

/** Copies what both have room for; in pieces, so that a long copy does not hold all its elements at once. */
export function copy(from: ReadableBuffer, to: WritableBuffer): void {
  let count = Math.min(from.remain, to.remain)
  if (from instanceof GuestBuffer && to instanceof GuestBuffer && from.copyNumbers(to, count)) return
  while (count > 0) {
    const piece = Math.min(count, limits.copiedElements)
    const lifted = to.takesLifted ? from.lift?.(piece, to instanceof GuestBuffer) : undefined
    if (lifted) to.writeLifted(lifted)
    else to.write(from.read(piece), piece)
    count -= piece
  }
}
