import type { ValueType } from '../component/value-type.ts'
import { despecialize } from './despecialize.ts'
import { memoize } from './memoize.ts'

/** CanonicalABI.md, "Type Predicates": does a borrow occur anywhere in the type? */
export const containsBorrow: (type: ValueType) => boolean = contains((type) => type.kind === 'borrow')

/** Does a stream or a future occur anywhere in the type? */
export const containsAsyncValue: (type: ValueType) => boolean = contains(
  (type) => type.kind === 'stream' || type.kind === 'future',
)

function contains(predicate: (type: ValueType) => boolean): (type: ValueType) => boolean {
  const search = memoize((type: ValueType): boolean => {
    if (predicate(type)) return true
    const plain = despecialize(type)
    switch (plain.kind) {
      case 'list':
        return search(plain.element)
      case 'stream':
      case 'future':
        return plain.element !== undefined && search(plain.element)
      case 'record':
        return plain.fields.some((field) => search(field.type))
      case 'variant':
        return plain.cases.some((oneCase) => oneCase.type !== undefined && search(oneCase.type))
      default:
        return false
    }
  })
  return search
}
