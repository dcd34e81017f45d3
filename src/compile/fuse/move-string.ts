/**
 * Strings (CanonicalABI.md, "Loading", `load_string_from_range`, and "Storing", `store_string_into_range`). `realloc` is
 * called once, for exactly the final length, as for strings of JavaScript: see RATIONALE.md.
 */
import { MAX_STRING_BYTE_LENGTH, STRING_ALIGNMENT } from '../../abi/strings.ts'
import { putRange, takeRange } from './move-list.ts'
import type { Place } from './place.ts'
import type { Side } from './side.ts'
import { type SimpleEncoding, type Transcoding, transcoder } from './transcode.ts'
import { latin1Measure, utf16Measure } from './utf16.ts'
import { type Memory, utf8Measure, writeUtf8Copy } from './utf8.ts'
import type { Writing } from './writing.ts'

export function moveString(writing: Writing, from: Place, to: Place): void {
  const { code } = writing
  const { pointer, length } = takeRange(writing, from)
  const toPointer = code.local(to.side.pointer)
  const toLength = code.local(to.side.pointer)
  const inPlace = writing.inline && from.side.encoding === 'utf8' && to.side.encoding === 'utf8'
  if (inPlace) new StringMover(writing, from.side, to.side, pointer, length).write()
  else code.get(pointer, length).call(stringMover(writing, from.side, to.side))
  code.set(toLength).set(toPointer)
  putRange(writing, to, toPointer, toLength)
}

/** `(func (param $pointer $taggedLength from) (result to to))` */
function stringMover(writing: Writing, from: Side, to: Side): number {
  const signature = { parameters: [from.pointer, from.pointer], results: [to.pointer, to.pointer] } as const
  return writing.module.helper(`string ${writing.link.index} ${from.name}`, signature, (code) => {
    new StringMover(writing.within(code), from, to, 0, 1).write()
  })
}

/** Writes the code that moves one string. */
class StringMover {
  readonly #writing: Writing
  readonly #from: Side
  readonly #to: Side
  readonly #pointer: number
  readonly #length: number
  /** Of the source. */
  readonly #bytes: number
  /** The same as an i32. */
  readonly #left: number
  readonly #toPointer: number
  readonly #toBytes: number
  readonly #measure: number

  /** The pointer and the length that the source has are in locals; the length changes. */
  constructor(writing: Writing, from: Side, to: Side, pointer: number, length: number) {
    const { code } = writing
    this.#pointer = pointer
    this.#length = length
    this.#writing = writing
    this.#from = from
    this.#to = to
    this.#bytes = code.local(from.pointer)
    this.#left = code.local('i32')
    this.#toPointer = code.local(to.pointer)
    this.#toBytes = code.local(to.pointer)
    this.#measure = code.local('i64')
  }

  write(): void {
    const { code } = this.#writing
    const { encoding, pointer } = this.#from
    if (encoding !== 'latin1+utf16') {
      this.#writeFrom(encoding)
      return
    }
    const tag = pointer === 'i32' ? code.i32.bind(code, 2 ** 31) : code.i64.bind(code, 2n ** 63n)
    code.get(this.#length)
    tag()
    code.op(`${pointer}.lt_u`)
    code.if(() => {
      this.#writeFrom('latin1')
      code.op('return')
    })
    code.get(this.#length)
    tag()
    code.op(`${pointer}.xor`).set(this.#length)
    this.#writeFrom('utf16')
  }

  /** Pushes the pointer and the length that the target gets. */
  #writeFrom(source: SimpleEncoding): void {
    this.#check(source)
    switch (this.#to.encoding) {
      case 'utf8':
        this.#writeUtf8(source)
        break
      case 'utf16':
        this.#writeUtf16(source, 0)
        break
      case 'latin1+utf16':
        this.#writeEither(source)
    }
  }

  #check(source: SimpleEncoding): void {
    const writing = this.#writing
    const { code } = writing
    const { pointer, encoding } = this.#from
    const size = unitSize(source)
    code
      .get(this.#length)
      .int(pointer, Math.floor(MAX_STRING_BYTE_LENGTH / size))
      .op(`${pointer}.gt_u`)
    writing.faultIf('too-long', 'string', this.#from, () => {
      writing.asLong(this.#length, pointer).i64(BigInt(size))
    })
    code.get(this.#length)
    if (size > 1) code.int(pointer, size).op(`${pointer}.mul`)
    code.tee(this.#bytes)
    if (pointer === 'i64') code.op('i32.wrap_i64')
    code.set(this.#left)
    writing.checkRange(this.#from, this.#pointer, this.#bytes, STRING_ALIGNMENT[encoding], 'string')
  }

  #writeUtf8(source: SimpleEncoding): void {
    const { code } = this.#writing
    if (source === 'utf8') {
      code.get(this.#left)
      this.#allocate(1)
      this.#copyUtf8()
      code.op('i32.eqz')
      this.#refuseIf('utf8')
    } else {
      this.#takeMeasure(source)
      code.get(this.#measure).op('i32.wrap_i64')
      this.#allocate(1)
      this.#transcode(`${source} utf8`)
    }
    code.get(this.#toPointer, this.#toBytes)
  }

  /** Pushes whether it was UTF-8. */
  #copyUtf8(): void {
    const { code, module } = this.#writing
    const [at, left, target] = [
      code.local(this.#from.pointer),
      code.local('i32'),
      code.local(this.#to.pointer),
    ]
    code.get(this.#pointer).set(at).get(this.#left).set(left).get(this.#toPointer).set(target)
    writeUtf8Copy(module, code, { ...memoryOf(this.#from), at, left }, memoryOf(this.#to), target)
  }

  /** `tag` is added to the length. */
  #writeUtf16(source: SimpleEncoding, tag: number): void {
    const { code } = this.#writing
    const type = this.#to.pointer
    if (source === 'utf16') {
      if (tag === 0) this.#takeMeasure(source)
      code.get(this.#left)
      this.#allocate(2)
      this.#copy()
    } else {
      if (source === 'latin1') code.get(this.#left)
      else {
        if (tag === 0) this.#takeMeasure(source)
        code.get(this.#measure).op('i32.wrap_i64')
      }
      code.i32(1).op('i32.shl')
      this.#allocate(2)
      this.#transcode(`${source} utf16`)
    }
    code.get(this.#toPointer, this.#toBytes).int(type, 1).op(`${type}.shr_u`)
    if (tag === 0) return
    if (type === 'i32') code.i32(2 ** 31)
    else code.i64(2n ** 63n)
    code.op(`${type}.or`)
  }

  /** As Latin-1 where every character is of it. */
  #writeEither(source: SimpleEncoding): void {
    const { code } = this.#writing
    if (source === 'latin1') {
      code.get(this.#left)
      this.#allocate(2)
      this.#copy()
    } else {
      this.#takeMeasure(source)
      code
        .get(this.#measure)
        .i64(2n ** 32n)
        .op('i64.ge_u')
      code.if(() => {
        this.#writeUtf16(source, 1)
        code.op('return')
      })
      if (source === 'utf16') code.get(this.#left).i32(1).op('i32.shr_u')
      else code.get(this.#measure).op('i32.wrap_i64')
      this.#allocate(2)
      this.#transcode(`${source} latin1`)
    }
    code.get(this.#toPointer, this.#toBytes)
  }

  /** Sees to it that the source is well-formed, and counts. */
  #takeMeasure(source: SimpleEncoding): void {
    const { code, module } = this.#writing
    const measure = measures[source](module, memoryOf(this.#from))
    code.get(this.#pointer, this.#left).call(measure).tee(this.#measure).i64(0n).op('i64.lt_s')
    if (source === 'latin1') code.op('drop')
    else this.#refuseIf(source)
  }

  #refuseIf(kind: 'utf8' | 'utf16'): void {
    const writing = this.#writing
    writing.faultIf(kind, 'string', this.#from, () => {
      writing.asLong(this.#pointer, this.#from.pointer)
      writing.asLong(this.#bytes, this.#from.pointer)
    })
  }

  /** As many bytes as the i32 on the stack says. */
  #allocate(alignment: 1 | 2): void {
    const { code } = this.#writing
    if (this.#to.pointer === 'i64') code.op('i64.extend_i32_u')
    code.set(this.#toBytes)
    this.#writing.allocate(this.#to, this.#toBytes, alignment, 'string')
    code.set(this.#toPointer)
  }

  #transcode(which: Transcoding): void {
    const { code, module } = this.#writing
    const transcode = transcoder(module, memoryOf(this.#from), memoryOf(this.#to), which)
    code.get(this.#pointer, this.#left, this.#toPointer).call(transcode)
  }

  #copy(): void {
    const { code } = this.#writing
    code.get(this.#toPointer, this.#pointer, this.#left)
    if (this.#from.pointer === 'i64' && this.#to.pointer === 'i64') code.op('i64.extend_i32_u')
    code.memoryCopy(this.#to.memory!, this.#from.memory!)
  }
}

const measures = { utf8: utf8Measure, utf16: utf16Measure, latin1: latin1Measure }

function unitSize(encoding: SimpleEncoding): 1 | 2 {
  return encoding === 'utf16' ? 2 : 1
}

function memoryOf({ memory, pointer }: Side): Memory {
  return { memory: memory!, pointer }
}
