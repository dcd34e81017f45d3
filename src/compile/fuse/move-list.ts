/** Lists and their elements. */
import { alignment } from '../../abi/alignment.ts'
import { despecialize } from '../../abi/despecialize.ts'
import { flagsSize } from '../../abi/discriminant.ts'
import { elementSize, recordLayout } from '../../abi/element-size.ts'
import { type PointerType, pointerSize } from '../../abi/pointer.ts'
import { MAX_LIST_BYTE_LENGTH } from '../../abi/strings.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { ValueMover } from './move-value.ts'
import { at, type MemoryPlace, type Place, plus, pushFrom, putInto } from './place.ts'
import type { Side } from './side.ts'
import type { Writing } from './writing.ts'

/** A pointer and a length, as a place has them, in locals of its pointer type. */
export function takeRange({ code }: Writing, from: Place): { pointer: number; length: number } {
  const type = from.side.pointer
  const pointer = code.local(type)
  const length = code.local(type)
  const [first, second] = words(from)
  pushFrom(code, first, type, `${type}.load`)
  code.set(pointer)
  pushFrom(code, second, type, `${type}.load`)
  code.set(length)
  return { pointer, length }
}

/** Puts a pointer and a length, which are in locals of the place's pointer type. */
export function putRange({ code }: Writing, to: Place, pointer: number, length: number): void {
  const type = to.side.pointer
  const [first, second] = words(to)
  putInto(code, first, type, `${type}.store`, () => code.get(pointer))
  putInto(code, second, type, `${type}.store`, () => code.get(length))
}

function words(place: Place): readonly [Place, Place] {
  return place.kind === 'flat' ? [place, place] : [place, plus(place, pointerSize(place.side.pointer))]
}

/** CanonicalABI.md, "Loading", `load_list_from_range`, and "Storing", `store_list_into_range`. */
export function moveList(mover: ValueMover, element: ValueType, from: Place, to: Place): void {
  const { writing } = mover
  const { code } = writing
  const { pointer, length } = takeRange(writing, from)
  const bytes = checkedByteLength(writing, element, from.side, length)
  writing.checkRange(from.side, pointer, bytes, alignment(element, from.side.pointer), 'list')

  const toLength = resized(writing, length, from.side.pointer, to.side.pointer)
  const toBytes = checkedByteLength(writing, element, to.side, toLength)
  const toPointer = code.local(to.side.pointer)
  writing.allocate(to.side, toBytes, alignment(element, to.side.pointer), 'list')
  code.set(toPointer)
  putRange(writing, to, toPointer, toLength)

  if (isPlain(element)) copy(writing, at(from.side, pointer), at(to.side, toPointer), bytes)
  else moveElements(mover, element, at(from.side, pointer), at(to.side, toPointer), bytes)
}

/** Computes how many bytes the elements take, once that is known to be no more than may be passed. */
function checkedByteLength(writing: Writing, element: ValueType, side: Side, length: number): number {
  const { code } = writing
  const { pointer } = side
  const size = elementSize(element, pointer)
  code
    .get(length)
    .int(pointer, Math.floor(MAX_LIST_BYTE_LENGTH / size))
    .op(`${pointer}.gt_u`)
  writing.faultIf('too-long', 'list', side, () => {
    writing.asLong(length, pointer).i64(BigInt(size))
  })
  const bytes = code.local(pointer)
  code.get(length).int(pointer, size).op(`${pointer}.mul`).set(bytes)
  return bytes
}

/** An unsigned integer below 2³² in a local of another type. */
function resized({ code }: Writing, local: number, from: PointerType, to: PointerType): number {
  if (from === to) return local
  const other = code.local(to)
  code
    .get(local)
    .op(to === 'i64' ? 'i64.extend_i32_u' : 'i32.wrap_i64')
    .set(other)
  return other
}

/** CanonicalABI.md, "Loading", `load_list_from_valid_range`: as many elements as the type says, in place. */
export function moveFixedList(
  mover: ValueMover,
  element: ValueType,
  length: number,
  from: MemoryPlace,
  to: MemoryPlace,
): void {
  const { writing } = mover
  const { code } = writing
  const bytes = code.local(from.side.pointer)
  code.int(from.side.pointer, length * elementSize(element, from.side.pointer)).set(bytes)
  const starts = [from, to].map((place) => {
    const start = code.local(place.side.pointer)
    code.get(place.base).int(place.side.pointer, place.offset).op(`${place.side.pointer}.add`).set(start)
    return at(place.side, start)
  })
  if (isPlain(element)) copy(writing, starts[0]!, starts[1]!, bytes)
  else moveElements(mover, element, starts[0]!, starts[1]!, bytes)
}

/** Both begin where their bases are; the byte length is the source's. */
function copy({ code }: Writing, from: MemoryPlace, to: MemoryPlace, bytes: number): void {
  code.get(to.base, from.base, bytes)
  // The count has the narrower of the two address types.
  if (from.side.pointer === 'i64' && to.side.pointer === 'i32') code.op('i32.wrap_i64')
  code.memoryCopy(to.side.memory!, from.side.memory!)
}

function moveElements(
  mover: ValueMover,
  element: ValueType,
  from: MemoryPlace,
  to: MemoryPlace,
  bytes: number,
): void {
  const { code } = mover.writing
  const [source, target] = [from, to].map(({ side, base }) => {
    const address = code.local(side.pointer)
    code.get(base).set(address)
    return at(side, address)
  })
  const { pointer } = from.side
  const end = code.local(pointer)
  code.get(from.base, bytes).op(`${pointer}.add`).set(end)
  code.block((done) => {
    code.loop((again) => {
      code.get(source!.base, end).op(`${pointer}.eq`).brIf(done)
      mover.move(element, source!, target!)
      for (const { side, base } of [source!, target!]) {
        code
          .get(base)
          .int(side.pointer, elementSize(element, side.pointer))
          .op(`${side.pointer}.add`)
          .set(base)
      }
      code.br(again)
    })
  })
}

/** Whether every sequence of bytes of its size is a value, and the same one on both sides: no check, no padding, no pointer. */
function isPlain(type: ValueType): boolean {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
      return true
    case 'flags':
      return plain.names.length === 8 * flagsSize(plain.names.length)
    case 'list':
      return plain.length !== undefined && isPlain(plain.element)
    case 'record': {
      const sizes = plain.fields.map((field) => elementSize(field.type, 'i32'))
      const whole = recordLayout(plain.fields, 'i32').size
      return (
        sizes.reduce((sum, size) => sum + size, 0) === whole && plain.fields.every((one) => isPlain(one.type))
      )
    }
    default:
      return false
  }
}
