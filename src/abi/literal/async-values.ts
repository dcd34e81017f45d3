/**
 * CanonicalABI.md, "Loading" and "Storing": `lift_async_value`, `lower_stream`, `lower_future`, `lift_error_context`,
 * `lower_error_context`.
 */
import type { FutureType, StreamType } from '../../component/value-type.ts'
import type { Shared } from '../../runtime/async/copy-end.ts'
import { elementType } from '../../runtime/async/element-type.ts'
import type { ErrorContext } from '../../runtime/async/error-context.ts'
import { schedulerOf } from '../../runtime/async/scheduler.ts'
import { addShared, errorContextAt, takeReadable } from '../../runtime/async/table-entry.ts'
import type { LiftLowerContext } from './context.ts'

export function liftAsyncValue(cx: LiftLowerContext, index: bigint, type: StreamType | FutureType): Shared {
  const { typeNumbers } = schedulerOf(cx.instance.root)
  const element = elementType(type.element, (resource) => cx.resource(resource), typeNumbers)
  return takeReadable(cx.instance, Number(index), { kind: type.kind, side: 'readable', element })
}

export function liftErrorContext(cx: LiftLowerContext, index: bigint): ErrorContext {
  return errorContextAt(cx.instance, Number(index))
}

export function lowerAsyncValue(cx: LiftLowerContext, value: Shared | ErrorContext): bigint {
  return BigInt(addShared(cx.instance, value))
}
