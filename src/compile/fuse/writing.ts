/** A function while it is written, and what all that write it share: faults, checks of ranges, and `realloc`. */
import type { Alignment } from '../../abi/alignment.ts'
import type { PointerType } from '../../abi/pointer.ts'
import { MAY_NOT_LEAVE } from '../../runtime/thread.ts'
import { type AdapterModule, THREAD_MEMORY } from './adapter-module.ts'
import type { Code } from './code.ts'
import { encodeFault, type FaultKind, type Subject } from './fault-code.ts'
import type { Intrinsics } from './intrinsics.ts'
import type { Link, Side } from './side.ts'

export class Writing {
  readonly code: Code
  readonly module: AdapterModule
  readonly intrinsics: Intrinsics
  readonly link: Link
  /** Whether what else would be a function of its own stands in the code, because there is little of it. */
  readonly inline: boolean

  constructor(code: Code, module: AdapterModule, intrinsics: Intrinsics, link: Link, inline: boolean) {
    this.code = code
    this.module = module
    this.intrinsics = intrinsics
    this.link = link
    this.inline = inline
  }

  /** The same for another function of the module. */
  within(code: Code): Writing {
    return new Writing(code, this.module, this.intrinsics, this.link, true)
  }

  /** Traps where the i32 on the stack is not 0. `numbers` push two i64. */
  faultIf(kind: FaultKind, subject: Subject, side: Side, numbers: () => void): void {
    const { code } = this
    code.if(() => this.fault(kind, subject, side, numbers))
  }

  fault(kind: FaultKind, subject: Subject, side: Side, numbers: () => void): void {
    const { code } = this
    code.i32(this.link.index).i32(encodeFault({ kind, subject, side: side.name }))
    numbers()
    code.call(this.intrinsics.fault).op('unreachable')
  }

  /** Pushes an unsigned integer in a local as an i64. */
  asLong(local: number, type: PointerType): Code {
    this.code.get(local)
    return type === 'i32' ? this.code.op('i64.extend_i32_u') : this.code
  }

  /** Checks a range that a side gave: alignment, then bounds. Both are locals of the side's pointer type. */
  checkRange(side: Side, pointer: number, byteLength: number, alignment: Alignment, subject: Subject): void {
    if (alignment > 1) {
      this.#pushMisaligned(side, pointer, alignment)
      this.faultIf('unaligned', subject, side, () => {
        this.asLong(pointer, side.pointer).i64(BigInt(alignment))
      })
    }
    this.#pushOutside(side, pointer, byteLength)
    this.faultIf('out-of-bounds', subject, side, () => {
      this.asLong(pointer, side.pointer)
      this.asLong(byteLength, side.pointer)
    })
  }

  /** The same for a place of a size known before. */
  checkPlace(side: Side, pointer: number, size: number, alignment: Alignment): void {
    const byteLength = this.code.local(side.pointer)
    this.code.int(side.pointer, size).set(byteLength)
    this.checkRange(side, pointer, byteLength, alignment, 'pointer')
  }

  #pushMisaligned({ pointer: type }: Side, pointer: number, alignment: Alignment): void {
    this.code
      .get(pointer)
      .int(type, alignment - 1)
      .op(`${type}.and`)
    if (type === 'i64') this.code.op('i64.eqz', 'i32.eqz')
  }

  /** Pushes whether the range ends beyond the memory. */
  #pushOutside({ pointer: type, memory }: Side, pointer: number, byteLength: number): void {
    const { code } = this
    if (type === 'i32') {
      code.get(pointer).op('i64.extend_i32_u').get(byteLength).op('i64.extend_i32_u', 'i64.add')
      code.memorySize(memory!).op('i64.extend_i32_u').i64(16n).op('i64.shl', 'i64.gt_u')
      return
    }
    const size = code.local('i64')
    code.memorySize(memory!).i64(16n).op('i64.shl').set(size)
    code.get(pointer, size).op('i64.gt_u')
    code.get(byteLength, size, pointer).op('i64.sub', 'i64.gt_u', 'i32.or')
  }

  /** Pushes a new allocation of a side, checked; the byte length is a local of the side's pointer type. */
  allocate(side: Side, byteLength: number, alignment: Alignment, subject: Subject): void {
    if (this.inline) this.#writeAllocation(side, byteLength, alignment, subject)
    else this.code.get(byteLength).call(this.#allocator(side, alignment, subject))
  }

  /** `(func (param $byteLength pointer) (result pointer))` */
  #allocator(side: Side, alignment: Alignment, subject: Subject): number {
    const signature = { parameters: [side.pointer], results: [side.pointer] } as const
    const key = `allocate ${this.link.index} ${side.name} ${alignment} ${subject}`
    return this.module.helper(key, signature, (code) => {
      this.within(code).#writeAllocation(side, 0, alignment, subject)
    })
  }

  #writeAllocation(side: Side, byteLength: number, alignment: Alignment, subject: Subject): void {
    const { code } = this
    const { pointer: type } = side
    const pointer = code.local(type)
    this.mayNotLeave(side, () => {
      code.int(type, 0).int(type, 0).int(type, alignment).get(byteLength).call(side.realloc!).set(pointer)
    })
    if (alignment > 1) {
      this.#pushMisaligned(side, pointer, alignment)
      this.faultIf('allocation-unaligned', subject, side, () => {
        this.asLong(pointer, type).i64(BigInt(alignment))
      })
    }
    this.#pushOutside(side, pointer, byteLength)
    this.faultIf('allocation-out-of-bounds', subject, side, () => {
      this.asLong(pointer, type)
      this.asLong(byteLength, type)
    })
    code.get(pointer)
  }

  /** Code of a side runs that may not call out of its component (CanonicalABI.md, `may_leave`). */
  mayNotLeave(side: Side, body: () => void): void {
    const idle = this.link.idle && side.name === 'callee'
    this.#setWord(side, () => {
      if (idle) this.code.i32(MAY_NOT_LEAVE)
      else this.#pushWord(side).i32(MAY_NOT_LEAVE).op('i32.or')
    })
    body()
    this.#setWord(side, () => {
      if (idle) this.code.i32(0)
      else this.#pushWord(side).i32(~MAY_NOT_LEAVE).op('i32.and')
    })
  }

  #pushWord({ word }: Side): Code {
    return this.code.global(word).access('i32.load', THREAD_MEMORY)
  }

  #setWord({ word }: Side, value: () => void): void {
    this.code.global(word)
    value()
    this.code.access('i32.store', THREAD_MEMORY)
  }
}
