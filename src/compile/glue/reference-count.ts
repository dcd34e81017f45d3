import { despecialize } from '../../abi/despecialize.ts'
import { memoize } from '../../abi/memoize.ts'
import type { ValueType } from '../../component/value-type.ts'

/** How many strings, lists and handles an image of the type refers to, at most; a guess from 16 on. */
export const referenceCount: (type: ValueType) => number = memoize((type) => Math.min(count(type), 16))

function count(type: ValueType): number {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'string':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return 1
    case 'list':
      return plain.length === undefined ? 1 : plain.length * referenceCount(plain.element)
    case 'record':
      return plain.fields.reduce((sum, field) => sum + referenceCount(field.type), 0)
    case 'variant':
      return Math.max(...plain.cases.map((one) => (one.type === undefined ? 0 : referenceCount(one.type))))
    default:
      return 0
  }
}
