/** The host's sides of copies: what it has for a stream or future, and what it gets of one. */
import { numberValues } from '../../abi/literal/number-list.ts'
import type { ListValue, Value } from '../../abi/literal/value.ts'
import type { ReadableBuffer, WritableBuffer } from './buffer.ts'

/** Elements that the host has written and no guest has read yet; `count` of nothing where there is no element type. */
export class HostElements implements ReadableBuffer {
  readonly isZeroLength = false
  readonly #values: ListValue | undefined
  readonly #count: number
  #taken = 0

  constructor(values: ListValue | undefined, count: number) {
    this.#values = values
    this.#count = count
  }

  get remain(): number {
    return this.#count - this.#taken
  }

  read(count: number): ListValue | undefined {
    const from = this.#taken
    this.#taken += count
    const values = this.#values
    return ArrayBuffer.isView(values)
      ? values.subarray(from, from + count)
      : values?.slice(from, from + count)
  }
}

/** Room for so many elements, and what came. */
export class HostRoom implements WritableBuffer {
  readonly isZeroLength = false
  readonly pieces: (ListValue | undefined)[] = []
  #room: number
  #count = 0

  constructor(room: number) {
    this.#room = room
  }

  get remain(): number {
    return this.#room
  }

  get count(): number {
    return this.#count
  }

  write(values: ListValue | undefined, count: number): void {
    this.pieces.push(values)
    this.#room -= count
    this.#count += count
  }

  /** One by one; nothing has no elements. */
  get values(): readonly Value[] {
    return this.pieces.flatMap((piece) =>
      piece === undefined ? [] : ArrayBuffer.isView(piece) ? numberValues(piece) : piece,
    )
  }
}
