import type { FunctionType } from '../../component/extern-type.ts'
import type { ValueType } from '../../component/value-type.ts'
import { despecialize } from '../../abi/despecialize.ts'
import { memoize } from '../../abi/memoize.ts'

/** Whether one call can pass more than one handle. */
export function passesManyHandles(type: FunctionType): boolean {
  return type.parameters.reduce((sum, parameter) => sum + handleCount(parameter.type), 0) > 1
}

/** How many handles a value can hold; 2 is many. */
const handleCount: (type: ValueType) => number = memoize((type) => {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'own':
    case 'borrow':
      return 1
    case 'list':
      return 2 * handleCount(plain.element)
    case 'record':
      return Math.min(
        plain.fields.reduce((sum, field) => sum + handleCount(field.type), 0),
        2,
      )
    case 'variant':
      return Math.max(...plain.cases.map((one) => (one.type === undefined ? 0 : handleCount(one.type))))
    default:
      return 0
  }
})
