import { despecialize } from '../../abi/despecialize.ts'
import { elementSize, recordLayout } from '../../abi/element-size.ts'
import { memoizeByPointer } from '../../abi/memoize.ts'
import type { PointerType } from '../../abi/pointer.ts'
import type { ValueType } from '../../component/value-type.ts'
import { referenceCount } from './reference-count.ts'
import { STORED_AT_ONCE } from './string-helper.ts'

/** Where the strings of one element are. */
export interface StringLayout {
  /** Bytes of an element. */
  readonly size: number
  /** From the element's start, ascending. */
  readonly offsets: readonly number[]
}

/** Undefined for types whose values refer to anything but strings, not always to as many, or to more than the helper stores in one call. */
export function stringLayout(type: ValueType, pointer: PointerType): StringLayout | undefined {
  const offsets = stringOffsets(type, pointer)
  return offsets?.length ? { size: elementSize(type, pointer), offsets } : undefined
}

const stringOffsets: (type: ValueType, pointer: PointerType) => readonly number[] | undefined =
  memoizeByPointer((type, pointer) => {
    if (referenceCount(type) === 0) return []
    const plain = despecialize(type)
    if (plain.kind === 'string') return [0]
    if (plain.kind !== 'record') return undefined
    const { offsets } = recordLayout(plain.fields, pointer)
    const all: number[] = []
    for (const [i, field] of plain.fields.entries()) {
      const inner = stringOffsets(field.type, pointer)
      if (inner === undefined || all.length + inner.length > STORED_AT_ONCE) return undefined
      all.push(...inner.map((offset) => offset + offsets[i]!))
    }
    return all
  })
