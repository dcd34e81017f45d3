/** The host's sides of copies: what it has for a stream or future, and what it gets of one. */
import { JavaScriptWriter } from '../../abi/literal/to-javascript.ts'
import type { ListValue } from '../../abi/literal/value.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { ReadableBuffer, WritableBuffer } from './buffer.ts'

/** What the host hands over at once. What it owns is nobody else's from then on. */
export interface HostChunk {
  /** As the interpreter has them; undefined where there is no element type. */
  readonly values: ListValue | undefined
  /** As JavaScript has them, and nobody can change them: only where generated code has read them. */
  readonly lifted?: readonly unknown[]
  readonly count: number
  /** Nobody reads them: what they own has nobody else. */
  abandon(): void
}

/** An element without a type. */
export const nothing: HostChunk = { values: undefined, count: 1, abandon() {} }

/** Elements that the host has written and no guest has read yet. */
export class HostElements implements ReadableBuffer {
  readonly isZeroLength = false
  readonly #chunk: HostChunk
  #taken = 0

  constructor(chunk: HostChunk) {
    this.#chunk = chunk
  }

  /** Nobody reads any more. Elements with handles come one by one. */
  abandon(): void {
    if (this.remain > 0) this.#chunk.abandon()
  }

  get remain(): number {
    return this.#chunk.count - this.#taken
  }

  /** The host gets what it wrote by the interpreter, which makes of it what the host has for it. */
  lift(count: number, between: boolean): readonly unknown[] | undefined {
    const { lifted } = this.#chunk
    if (!between || lifted === undefined) return undefined
    const from = this.#take(count)
    return lifted.slice(from, from + count)
  }

  read(count: number): ListValue | undefined {
    const from = this.#take(count)
    const { values } = this.#chunk
    return ArrayBuffer.isView(values)
      ? values.subarray(from, from + count)
      : values?.slice(from, from + count)
  }

  /** Returns which is the first. */
  #take(count: number): number {
    const from = this.#taken
    this.#taken += count
    return from
  }
}

/** Room for so many elements, and what came. */
export class HostRoom implements WritableBuffer {
  readonly isZeroLength = false
  readonly takesLifted = true
  /** As the host gets them: typed arrays of numbers, and lists of anything else; undefined where there is no element type. */
  readonly pieces: (ArrayLike<unknown> | undefined)[] = []
  readonly #type: ValueType | undefined
  #room: number
  #count = 0

  constructor(room: number, type: ValueType | undefined) {
    this.#room = room
    this.#type = type
  }

  get remain(): number {
    return this.#room
  }

  get count(): number {
    return this.#count
  }

  write(values: ListValue | undefined, count: number): void {
    this.#add(values && this.#written(values), count)
  }

  writeLifted(values: readonly unknown[]): void {
    this.#add(values, values.length)
  }

  #add(piece: ArrayLike<unknown> | undefined, count: number): void {
    this.pieces.push(piece)
    this.#room -= count
    this.#count += count
  }

  /** What the host itself wrote may have come all the way as it was. */
  #written(values: ListValue): ArrayLike<unknown> {
    const list = { kind: 'list', element: this.#type! } as const
    return new JavaScriptWriter(false).write(values, list) as ArrayLike<unknown>
  }
}
