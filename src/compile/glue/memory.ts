/** A guest's memory as glue sees it: views that follow its growth, checked ranges, and `realloc`. */
import type { PointerType } from '../../abi/pointer.ts'
import type { StringEncoding } from '../../component/component.ts'
import type { CanonicalContext, CanonicalOptions, CoreFunction } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import {
  MAY_NOT_LEAVE,
  RUNNING_CALL,
  STRING_IS_SPECIAL,
  STRING_LENGTH,
  STRING_POINTER,
  words as threadWords,
} from '../../runtime/thread.ts'
import { Fault } from '../../runtime/fault.ts'
import { encodeUtf8 } from './platform-strings.ts'
import { loadStringHelper, type StringHelper } from './string-helper.ts'
import {
  type LowerText,
  lowerLatin1OrUtf16,
  lowerUtf16,
  SHORT_TO_LOWER,
  taggedLength,
  taggedLengthLong,
  utf8Lowerer,
} from './strings.ts'

/** A constant of this module: engines look up at each use what other modules export. */
const words = threadWords

/**
 * Views of one memory. Growing detaches them, so that their length is 0 then: whoever checks a range, the empty one
 * at 0 included, finds out and asks for new ones. What is inside a range that was checked after the last call into the guest may be read as it is.
 */
export class Views {
  readonly memory: WebAssembly.Memory
  bytes: Uint8Array
  data: DataView
  /** Node's coders read and write this one; see `platform-strings.ts`. */
  node: NodeBytes | undefined

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory
    this.bytes = new Uint8Array(memory.buffer)
    this.data = new DataView(memory.buffer)
  }

  refresh(): void {
    const { buffer } = this.memory
    if (buffer === this.bytes.buffer && this.bytes.length > 0) return
    this.bytes = new Uint8Array(buffer)
    this.data = new DataView(buffer)
    this.node = undefined
  }

  /** Cheaper than {@link refresh}, for memories whose growth detaches. */
  refreshDetached(): void {
    if (this.bytes.length === 0) this.refresh()
  }

  static of(memory: WebAssembly.Memory): Views {
    let views = known.get(memory)
    if (views === undefined) {
      views = new Views(memory)
      known.set(memory, views)
    }
    return views
  }
}

const known = new WeakMap<WebAssembly.Memory, Views>()

/** What Node's Buffer has beyond a Uint8Array, as far as glue uses it. */
export interface NodeBytes extends Uint8Array {
  utf8Slice(start: number, end: number): string
  latin1Slice(start: number, end: number): string
  ucs2Slice(start: number, end: number): string
  utf8Write(text: string, offset: number, length: number): number
  latin1Write(text: string, offset: number, length: number): number
  ucs2Write(text: string, offset: number, length: number): number
}

type Realloc32 = (old: number, oldLength: number, alignment: number, length: number) => number
type Realloc64 = (old: bigint, oldLength: bigint, alignment: bigint, length: bigint) => bigint

/** What the options say of how things lie in memory. */
export type MemoryOptions = Pick<CanonicalOptions, 'pointer' | 'stringEncoding'>

/** The memory and `realloc` of one lift or lower. */
export class GuestMemory {
  readonly views: Views
  readonly realloc: CoreFunction | undefined
  /** In UTF-8. */
  readonly lowerText: LowerText = utf8Lowerer(this)
  /** Code units (bytes in UTF-8) of the string that was lowered last. */
  length = 0
  /** Whether it was lowered as UTF-16, where the encoding leaves the choice. */
  utf16 = false
  /** Undefined until it is needed, null where the engine has none. */
  helper: StringHelper | null | undefined
  readonly #pointer: PointerType
  readonly #encoding: StringEncoding
  readonly #reallocate: Realloc32
  /** What nothing may leave while `realloc` runs; undefined where nothing can. */
  readonly #marked: ComponentInstance | undefined
  readonly #fault: Fault

  /** @param between the values go from one component to another */
  constructor(
    memory: WebAssembly.Memory,
    { realloc, confinedRealloc = false, instance }: Omit<CanonicalContext, 'memory' | 'resource'>,
    { pointer, stringEncoding }: MemoryOptions,
    between: boolean,
  ) {
    this.views = Views.of(memory)
    this.realloc = realloc
    this.#pointer = pointer
    this.#encoding = stringEncoding
    this.#reallocate = pointer === 'i32' ? (realloc as Realloc32) : through64(realloc as Realloc64)
    this.#marked = confinedRealloc ? undefined : instance
    this.#fault = new Fault(between)
    // The helper is a module for memories that are neither shared nor 64-bit.
    if (pointer === 'i64' || isShared(memory)) this.helper = null
  }

  /**
   * Calls `realloc` for new memory, for nothing too, and checks what it returns: alignment, then bounds.
   *
   * @param mask the alignment minus 1
   */
  allocate(mask: number, byteLength: number, what: 'string' | 'list' | 'arguments'): number {
    return this.reallocate(0, 0, mask, byteLength, what)
  }

  reallocate(
    old: number,
    oldLength: number,
    mask: number,
    byteLength: number,
    what: 'string' | 'list' | 'arguments',
  ): number {
    const marked = this.#marked
    if (marked === undefined) {
      return this.checkAllocation(
        this.#reallocate(old, oldLength, mask + 1, byteLength),
        mask,
        byteLength,
        what,
      )
    }
    // It runs under JavaScript, where nothing suspends, and may not call out of its component.
    const running = words[RUNNING_CALL]!
    words[RUNNING_CALL] = 0
    words[marked.word]! |= MAY_NOT_LEAVE
    const pointer = this.#reallocate(old, oldLength, mask + 1, byteLength)
    words[marked.word]! &= ~MAY_NOT_LEAVE
    words[RUNNING_CALL] = running
    return this.checkAllocation(pointer, mask, byteLength, what)
  }

  checkAllocation(
    signed: number,
    mask: number,
    byteLength: number,
    what: 'string' | 'list' | 'arguments',
  ): number {
    const pointer = signed < 0 ? signed >>> 0 : signed
    if ((pointer & mask) !== 0) throw this.#fault.unalignedAllocation(pointer, mask + 1)
    if (pointer + byteLength >= this.views.bytes.length) {
      this.views.refresh()
      const { length } = this.views.bytes
      if (pointer + byteLength > length)
        throw this.#fault.allocationOutOfBounds(what, pointer, byteLength, length)
    }
    return pointer
  }

  /** Checks a range that the guest gave: alignment, then bounds. Leaves the views fresh. */
  check(pointer: number, mask: number, byteLength: number, what: 'string' | 'list' | 'pointer'): void {
    if ((pointer & mask) !== 0) throw this.#fault.unaligned(what, pointer, mask + 1)
    if (pointer + byteLength >= this.views.bytes.length) {
      this.views.refresh()
      const { length } = this.views.bytes
      if (pointer + byteLength > length) throw this.#fault.outOfBounds(what, pointer, byteLength, length)
    }
  }

  /** For the longest lists and strings. */
  checkLength(byteLength: number, most: number, what: 'string' | 'list'): void {
    if (byteLength > most) throw this.#fault.tooLong(what, byteLength, most)
  }

  /**
   * What the helper lowered: returns the pointer, and leaves its bytes in `length`.
   *
   * @param length its bytes, where it is not special
   */
  lowered(pointer: number, length: number): number {
    if (words[STRING_LENGTH] === 0) {
      this.length = length
      return pointer
    }
    this.length = takeStringLength()
    return this.checkAllocation(pointer, 0, this.length, 'string')
  }

  /** A string of 33 to 64 units: the platform encodes it where the helper does not want to. */
  lowerLong(helper: StringHelper, text: string): number {
    const pointer = helper.long(text, text.length, this.addressToMark)
    if (words[STRING_LENGTH] !== STRING_IS_SPECIAL) return this.lowered(pointer, text.length)
    words[STRING_LENGTH] = 0
    return this.lowerMedium(helper, text)
  }

  /** A string that the platform encodes, and the helper copies; the same otherwise. */
  lowerMedium(helper: StringHelper, text: string): number {
    const byteLength = encodeUtf8(text)
    return this.lowered(helper.place(byteLength, this.addressToMark), byteLength)
  }

  /** Lowers a short string and writes its pointer and length to a place that was checked. The views may be detached then. */
  storeShort(helper: StringHelper, text: string, address: number): void {
    if (helper.store(text, text.length, this.addressToMark, address) === 0)
      this.checkAllocation(words[STRING_POINTER]!, 0, takeStringLength(), 'string')
  }

  /**
   * Stores the first `count` of eight strings in a row like {@link storeShort}, at the places that the helper finds in the thread's
   * memory. Returns how many, which are fewer where the next one is not short.
   */
  storeEight(
    helper: StringHelper,
    texts: readonly string[],
    first: number,
    count: number,
    address: number,
  ): number {
    const stored = helper.storeEight(
      this.addressToMark,
      address,
      count,
      SHORT_TO_LOWER,
      texts[first]!,
      texts[first + 1]!,
      texts[first + 2]!,
      texts[first + 3]!,
      texts[first + 4]!,
      texts[first + 5]!,
      texts[first + 6]!,
      texts[first + 7]!,
    )
    if (stored < count && words[STRING_LENGTH] !== 0)
      this.checkAllocation(words[STRING_POINTER]!, 0, takeStringLength(), 'string')
    return stored
  }

  /** The helper, where strings can be stored through it. */
  storingHelper(): StringHelper | null {
    if (!this.hasSimpleStrings) return null
    return this.helper === undefined ? this.loadHelper() : this.helper
  }

  /** For the helper: the address of the word that is marked while `realloc` runs, 0 where that needs no mark. */
  get addressToMark(): number {
    const marked = this.#marked
    return marked === undefined ? 0 : marked.word << 2
  }

  get hasSimpleStrings(): boolean {
    return this.#encoding === 'utf8' && this.#pointer === 'i32'
  }

  /** Writes a pointer and a length to a place that was checked. */
  storeRange(address: number, pointer: number, length: number): void {
    this.views.refreshDetached()
    const { data } = this.views
    if (this.#pointer === 'i32') {
      data.setUint32(address, pointer, true)
      data.setUint32(address + 4, length, true)
    } else {
      data.setBigUint64(address, BigInt(pointer), true)
      data.setBigUint64(address + 8, BigInt(length), true)
    }
  }

  /** Lowers a string, and writes its pointer and length to a place that was checked. */
  storeString(address: number, text: string): void {
    switch (this.#encoding) {
      case 'utf8':
        this.storeRange(address, this.lowerText(text), this.length)
        return
      case 'utf16':
        this.storeRange(address, lowerUtf16(this, text), this.length)
        return
      case 'latin1+utf16': {
        const pointer = lowerLatin1OrUtf16(this, text)
        if (this.#pointer === 'i32') this.storeRange(address, pointer, taggedLength(this))
        else {
          this.storeRange(address, pointer, 0)
          this.views.data.setBigUint64(address + 8, taggedLengthLong(this), true)
        }
      }
    }
  }

  loadHelper(): StringHelper | null {
    this.helper = loadStringHelper(this.views.memory, this.realloc)
    return this.helper
  }
}

/** Of a special string. */
function takeStringLength(): number {
  const length = words[STRING_LENGTH]! & ~STRING_IS_SPECIAL
  words[STRING_LENGTH] = 0
  return length
}

/** Undefined where the options name no memory. */
export function guestMemory(
  context: CanonicalContext,
  options: MemoryOptions,
  between: boolean,
): GuestMemory | undefined {
  const { memory } = context
  return memory && new GuestMemory(memory, context, options, between)
}

function through64(realloc: Realloc64): Realloc32 {
  return (old, oldLength, alignment, length) =>
    toOffset(realloc(BigInt(old), BigInt(oldLength), BigInt(alignment), BigInt(length)))
}

/** An `i64` pointer or length as a number. What would not be exact is beyond every memory, and keeps its alignment. */
export function toOffset(pointer: bigint): number {
  const offset = Number(BigInt.asUintN(64, pointer))
  return offset <= Number.MAX_SAFE_INTEGER ? offset : BEYOND + Number(pointer & 7n)
}

const BEYOND = 2 ** 52

function isShared(memory: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer
}
