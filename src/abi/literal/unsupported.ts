import type { ValueType } from '../../component/value-type.ts'
import { TenonError } from '../../errors.ts'

/** Streams, futures and error contexts come with asynchronous functions. */
export function unsupportedType(type: ValueType): TenonError {
  return new TenonError('unsupported', `values of type \`${type.kind}\` are not supported`)
}
