import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { despecialize } from './despecialize.ts'
import { memoize } from './memoize.ts'

/** Whether streams, futures or error contexts are among the parts of a type. */
export const containsAsyncValue: (type: ValueType) => boolean = memoize((type) => {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'stream':
    case 'future':
    case 'error-context':
      return true
    case 'list':
      return containsAsyncValue(plain.element)
    case 'record':
      return plain.fields.some((field) => containsAsyncValue(field.type))
    case 'variant':
      return plain.cases.some((one) => one.type !== undefined && containsAsyncValue(one.type))
    default:
      return false
  }
})

/**
 * Whether a function passes streams, futures or error contexts.
 *
 * @example
 * passesAsyncValues({ kind: 'function', async: false, parameters: [], result: { kind: 'error-context' } }) // true
 */
export function passesAsyncValues({ parameters, result }: FunctionType): boolean {
  return (
    parameters.some((parameter) => containsAsyncValue(parameter.type)) ||
    (result !== undefined && containsAsyncValue(result))
  )
}
