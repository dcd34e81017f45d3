import type { ValueType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'

/** Streams, futures and error contexts come with asynchronous functions. Both back ends refuse them in the same words. */
export function unsupportedType(type: ValueType): TenonError {
  return new TenonError(
    'unsupported',
    `values of type \`${type.kind}\` cannot be passed yet: use a synchronous interface, such as those of WASI 0.2`,
  )
}
