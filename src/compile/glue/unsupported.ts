import type { ValueType } from '../../component/value-type.ts'
import { TenonError } from '../../errors.ts'

/** Streams, futures and error contexts belong to asynchronous components. */
export function unsupported(type: ValueType): TenonError {
  return new TenonError('unsupported', `values of type ${type.kind} cannot be passed yet`)
}
