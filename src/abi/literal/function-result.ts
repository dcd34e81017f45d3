/**
 * What a function returns in JavaScript: a `result` is the value of its ok case, or a thrown ComponentError with the payload
 * of its error case; every other type is itself.
 */
import type { FunctionType } from '../../component/extern-type.ts'
import type { ResultType, TupleType, ValueType } from '../../component/value-type.ts'
import { ComponentError, Trap } from '../../errors.ts'
import type { TaskResult } from '../../runtime/async/task-values.ts'
import { isInstance } from '../../runtime/thrown.ts'
import { memoize } from '../memoize.ts'
import type { JavaScriptReader } from './from-javascript.ts'
import type { JavaScriptWriter } from './to-javascript.ts'
import type { Value, VariantValue } from './value.ts'

/** The results of a function, of which there is at most one, as a tuple like its parameters. */
export const resultTuple: (type: FunctionType) => TupleType = memoize((type) => ({
  kind: 'tuple',
  types: type.result === undefined ? [] : [type.result],
}))

/** What the caller gets: a ComponentError is to be thrown. */
export function toOutcome(
  writer: JavaScriptWriter,
  values: readonly Value[],
  type: ValueType | undefined,
): unknown {
  const { value, failed } = toTaskResult(writer, values, type)
  return failed ? new ComponentError(value) : value
}

export function toTaskResult(
  writer: JavaScriptWriter,
  values: readonly Value[],
  type: ValueType | undefined,
): TaskResult {
  if (type === undefined) return { value: undefined, failed: false }
  const [value] = values
  if (type.kind !== 'result') return { value: writer.write(value!, type), failed: false }
  const { label, payload } = value as VariantValue
  const payloadType = label === 'ok' ? type.ok : type.error
  const inner = payloadType === undefined ? undefined : writer.write(payload!, payloadType)
  return { value: inner, failed: label !== 'ok' }
}

export function orThrow(outcome: unknown): unknown {
  if (outcome instanceof ComponentError) throw outcome
  return outcome
}

/** What a host function returned. */
export function fromReturned(
  reader: JavaScriptReader,
  returned: unknown,
  type: ValueType | undefined,
  name: string,
): readonly Value[] {
  if (type === undefined) return []
  if (type.kind !== 'result') return [readResult(reader, returned, type, `${name}: result`)]
  return [{ label: 'ok', payload: type.ok && readResult(reader, returned, type.ok, `${name}: result`) }]
}

/** What a host function threw: a ComponentError is a result where the type has an error case; else it is thrown on. */
export function fromThrown(
  reader: JavaScriptReader,
  thrown: unknown,
  type: ValueType | undefined,
  name: string,
): readonly Value[] {
  if (type?.kind !== 'result' || !isInstance(thrown, ComponentError)) throw thrown
  return [errorCase(reader, thrown.payload, type, name)]
}

export function fromTaskResult(
  reader: JavaScriptReader,
  { value, failed }: TaskResult,
  type: ValueType | undefined,
  name: string,
): readonly Value[] {
  if (failed && type?.kind === 'result') return [errorCase(reader, value, type, name)]
  return fromReturned(reader, value, type, name)
}

function errorCase(
  reader: JavaScriptReader,
  payload: unknown,
  { error }: ResultType,
  name: string,
): VariantValue {
  return { label: 'error', payload: error && readResult(reader, payload, error, `${name}: error`) }
}

/** The host is wrong, and the guest cannot help it: a trap. */
function readResult(reader: JavaScriptReader, value: unknown, type: ValueType, place: string): Value {
  try {
    return reader.read(value, type, place)
  } catch (error) {
    if (!isInstance(error, TypeError)) throw error
    throw new Trap('host-error', error.message, { cause: error })
  }
}
