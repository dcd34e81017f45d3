import type { ValueType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'

/** Adapters move no streams, futures and error contexts: functions that pass them are tasks. */
export function unsupportedType(type: ValueType): TenonError {
  return new TenonError('unsupported', `no code is generated for values of type \`${type.kind}\``)
}
