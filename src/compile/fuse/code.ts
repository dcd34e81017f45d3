/** The body of one generated function: instructions, one after the other, and the locals that they use. */
import type { FlatType } from '../../abi/join.ts'
import { ByteWriter } from '../../binary/byte-writer.ts'
import { type Bytes, u32, valueType } from '../../runtime/generated-module.ts'
import { type Access, type Instruction, instructions, loads } from './instructions.ts'

export type CoreType = FlatType | 'externref' | 'v128'

const v128 = 0x7b

export function coreTypeCode(type: CoreType): number {
  return type === 'v128' ? v128 : valueType[type]
}

/** A block that can be branched to. */
export interface Label {
  readonly depth: number
}

const EMPTY = 0x40
const END = 0x0b

export class Code {
  readonly #bytes = new ByteWriter()
  readonly #locals: number[] = []
  readonly #parameters: number
  #depth = 0

  constructor(parameters: number) {
    this.#parameters = parameters
  }

  /** A new local, which is 0 at first. */
  local(type: CoreType): number {
    return this.#parameters + this.#locals.push(coreTypeCode(type)) - 1
  }

  op(...names: readonly Instruction[]): this {
    for (const name of names) this.#add(instructions[name])
    return this
  }

  get(...locals: readonly number[]): this {
    for (const local of locals) this.#bytes.byte(0x20).u32(local)
    return this
  }

  set(local: number): this {
    return this.#index(0x21, local)
  }

  tee(local: number): this {
    return this.#index(0x22, local)
  }

  global(index: number): this {
    return this.#index(0x23, index)
  }

  i32(value: number): this {
    this.#bytes.byte(0x41).s32(value)
    return this
  }

  i64(value: bigint): this {
    this.#bytes.byte(0x42).s64(value)
    return this
  }

  /** A constant of an address type. */
  int(type: 'i32' | 'i64', value: number): this {
    return type === 'i32' ? this.i32(value) : this.i64(BigInt(value))
  }

  call(index: number): this {
    return this.#index(0x10, index)
  }

  /** A load or a store. */
  access(name: Access, memory: number, offset = 0): this {
    const [code, alignment] = loads[name]
    this.#add(code)
    this.#bytes
      .byte(alignment | 0x40)
      .u32(memory)
      .u32(offset)
    return this
  }

  memorySize(memory: number): this {
    return this.#index(0x3f, memory)
  }

  memoryCopy(to: number, from: number): this {
    this.#bytes.byte(0xfc).byte(0x0a).u32(to).u32(from)
    return this
  }

  /** A branch to the label goes to its end. */
  block(body: (label: Label) => void): this {
    return this.#nested([0x02, EMPTY], body)
  }

  /** A branch to the label goes back to its beginning. */
  loop(body: (label: Label) => void): this {
    return this.#nested([0x03, EMPTY], body)
  }

  if(then: () => void, otherwise?: () => void): this {
    return this.#nested([0x04, EMPTY], () => {
      then()
      if (otherwise === undefined) return
      this.#add([0x05])
      otherwise()
    })
  }

  br(label: Label): this {
    return this.#index(0x0c, this.#depth - label.depth)
  }

  brIf(label: Label): this {
    return this.#index(0x0d, this.#depth - label.depth)
  }

  brTable(labels: readonly Label[], otherwise: Label): this {
    this.#bytes.byte(0x0e).vector(labels, (label, to) => to.u32(this.#depth - label.depth))
    this.#bytes.u32(this.#depth - otherwise.depth)
    return this
  }

  /** Whatever exception the body throws, `caught` is run; the body itself does not come to its end. */
  catchAll(mechanism: ExceptionMechanism, body: () => void, caught: () => void): this {
    switch (mechanism) {
      case 'try_table':
        // (block (try_table (catch_all 0) body) …): the label 0 of the clause is the block's.
        this.block(() => this.#nested([0x1f, EMPTY, 0x01, 0x02, 0x00], body))
        caught()
        return this.op('unreachable')
      case 'try':
        this.#nested([0x06, EMPTY], () => {
          body()
          this.#add([0x19])
          caught()
        })
        return this.op('unreachable')
      case 'none':
        body()
        return this.op('unreachable')
    }
  }

  /** Encoded runs of locals. */
  get locals(): readonly Bytes[] {
    const runs: [count: number, type: number][] = []
    for (const type of this.#locals) {
      const last = runs.at(-1)
      if (last?.[1] === type) last[0]++
      else runs.push([1, type])
    }
    return runs.map(([count, type]) => [...u32(count), type])
  }

  get body(): Uint8Array {
    return this.#bytes.view()
  }

  #nested(begin: Bytes, body: (label: Label) => void): this {
    this.#add(begin)
    this.#depth++
    body({ depth: this.#depth })
    this.#depth--
    return this.#add([END])
  }

  #add(bytes: Bytes): this {
    for (const byte of bytes) this.#bytes.byte(byte)
    return this
  }

  /** An instruction with an index, or a depth, after it. */
  #index(code: number, index: number): this {
    this.#bytes.byte(code).u32(index)
    return this
  }
}

/** How an engine catches exceptions: `try_table`, the older `try`, or not at all. */
export type ExceptionMechanism = 'try_table' | 'try' | 'none'
