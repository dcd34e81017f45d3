import type { Case, ValueType } from '../component/value-type.ts'
import { despecialize } from './despecialize.ts'
import { discriminantSize, flagsSize } from './discriminant.ts'
import { memoizeByPointer } from './memoize.ts'
import { type PointerType, pointerSize } from './pointer.ts'

export type Alignment = 1 | 2 | 4 | 8

/**
 * The alignment of a value in memory (CanonicalABI.md, "Alignment").
 *
 * @example
 * alignment({ kind: 'option', type: { kind: 'u64' } }, 'i32') // 8
 */
export const alignment: (type: ValueType, pointer: PointerType) => Alignment = memoizeByPointer(
  (type, pointer) => {
    const plain = despecialize(type)
    switch (plain.kind) {
      case 'bool':
      case 's8':
      case 'u8':
        return 1
      case 's16':
      case 'u16':
        return 2
      case 's64':
      case 'u64':
      case 'f64':
        return 8
      case 'string':
        return pointerSize(pointer)
      case 'list':
        return plain.length === undefined ? pointerSize(pointer) : alignment(plain.element, pointer)
      case 'record':
        return greatest(plain.fields, pointer)
      case 'variant':
        return max(discriminantSize(plain.cases.length), maxCaseAlignment(plain.cases, pointer))
      case 'flags':
        return flagsSize(plain.names.length)
      case 's32':
      case 'u32':
      case 'f32':
      case 'char':
      case 'error-context':
      case 'own':
      case 'borrow':
      case 'stream':
      case 'future':
        return 4
    }
  },
)

/** The alignment of a variant's payload, whichever case it is in. */
export function maxCaseAlignment(cases: readonly Case[], pointer: PointerType): Alignment {
  return greatest(cases, pointer)
}

/** The first multiple of `to` that is not below `offset`. */
export function alignTo(offset: number, to: number): number {
  return Math.ceil(offset / to) * to
}

function greatest(
  parts: readonly { readonly type: ValueType | undefined }[],
  pointer: PointerType,
): Alignment {
  return parts.reduce<Alignment>(
    (most, { type }) => (type === undefined ? most : max(most, alignment(type, pointer))),
    1,
  )
}

function max(a: Alignment, b: Alignment): Alignment {
  return a > b ? a : b
}
