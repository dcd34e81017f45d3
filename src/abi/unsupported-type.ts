import type { ValueType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'

/** Streams, futures and error contexts go through the literal interpreter alone: code is generated for functions without them. */
export function unsupportedType(type: ValueType): TenonError {
  return new TenonError('unsupported', `no code is generated for values of type \`${type.kind}\``)
}
