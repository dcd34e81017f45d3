/** Variants, options and results as one thing: cases with the tags that JavaScript sees. */
import { isTaggedOption } from '../../component/option-shape.ts'
import type { OptionType, ResultType, ValueType, VariantType } from '../../component/value-type.ts'

export interface TaggedCase {
  readonly tag: string
  readonly type: ValueType | undefined
}

export interface CaseShape {
  readonly cases: readonly TaggedCase[]
  /** `T | undefined` instead of `{ tag, val }`. */
  readonly optional: boolean
}

export function caseShape(type: VariantType | OptionType | ResultType): CaseShape {
  switch (type.kind) {
    case 'variant':
      return { cases: type.cases.map((one) => ({ tag: one.name, type: one.type })), optional: false }
    case 'option':
      return {
        cases: [
          { tag: 'none', type: undefined },
          { tag: 'some', type: type.type },
        ],
        optional: !isTaggedOption(type),
      }
    case 'result':
      return {
        cases: [
          { tag: 'ok', type: type.ok },
          { tag: 'err', type: type.error },
        ],
        optional: false,
      }
  }
}
