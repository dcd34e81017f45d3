import type { Case, Field, ValueType } from '../component/value-type.ts'
import { alignment, alignTo, maxCaseAlignment } from './alignment.ts'
import { despecialize } from './despecialize.ts'
import { discriminantSize } from './discriminant.ts'
import { memoizeByPointer } from './memoize.ts'
import { type PointerType, pointerSize } from './pointer.ts'

/**
 * Sizes stop growing here: nested fixed-length lists can ask for more bytes than a number can count. It is more than
 * any memory holds, so what is checked against a memory fails as it would with the true size, and a multiple of
 * every alignment.
 */
export const MAX_ELEMENT_SIZE: number = 2 ** 48

/**
 * The bytes that one value takes in memory, padding at its end included (CanonicalABI.md, "Element Size").
 *
 * @example
 * elementSize({ kind: 'option', type: { kind: 'u64' } }, 'i32') // 16
 */
export const elementSize: (type: ValueType, pointer: PointerType) => number = memoizeByPointer(
  (type, pointer) => {
    const plain = despecialize(type)
    switch (plain.kind) {
      case 'string':
        return 2 * pointerSize(pointer)
      case 'list':
        return plain.length === undefined
          ? 2 * pointerSize(pointer)
          : Math.min(plain.length * elementSize(plain.element, pointer), MAX_ELEMENT_SIZE)
      case 'record':
        return recordLayout(plain.fields, pointer).size
      case 'variant':
        return variantLayout(plain.cases, pointer).size
      default:
        // Flags, numbers and indices: as large as they are aligned.
        return alignment(plain, pointer)
    }
  },
)

export interface RecordLayout {
  /** Where each field begins, in bytes from the record's first. */
  readonly offsets: readonly number[]
  readonly size: number
}

/**
 * Where the fields of a record lie (CanonicalABI.md, "Element Size", `elem_size_record`).
 *
 * @example
 * recordLayout([{ name: 'a', type: u8 }, { name: 'b', type: u32 }], 'i32') // { offsets: [0, 4], size: 8 }
 */
export function recordLayout(fields: readonly Field[], pointer: PointerType): RecordLayout {
  const offsets: number[] = []
  let end = 0
  let widest = 1
  for (const { type } of fields) {
    const align = alignment(type, pointer)
    const offset = alignTo(end, align)
    offsets.push(offset)
    end = Math.min(offset + elementSize(type, pointer), MAX_ELEMENT_SIZE)
    widest = Math.max(widest, align)
  }
  return { offsets, size: alignTo(end, widest) }
}

export interface VariantLayout {
  readonly discriminantSize: 1 | 2 | 4
  /** Where the payload begins, in bytes from the variant's first; the same for all cases. */
  readonly payloadOffset: number
  readonly size: number
}

/** Where the payload of a variant lies (CanonicalABI.md, "Element Size", `elem_size_variant`). */
export function variantLayout(cases: readonly Case[], pointer: PointerType): VariantLayout {
  const discriminant = discriminantSize(cases.length)
  const payloadAlignment = maxCaseAlignment(cases, pointer)
  const payloadOffset = alignTo(discriminant, payloadAlignment)
  let payloadSize = 0
  for (const { type } of cases) {
    if (type !== undefined) payloadSize = Math.max(payloadSize, elementSize(type, pointer))
  }
  const widest = Math.max(discriminant, payloadAlignment)
  const size = Math.min(alignTo(payloadOffset + payloadSize, widest), MAX_ELEMENT_SIZE)
  return { discriminantSize: discriminant, payloadOffset, size }
}
