/**
 * CanonicalABI.md, "Loading" and "Storing": `lift_async_value`, `lower_stream`, `lower_future`, `lift_error_context`,
 * `lower_error_context`.
 */
import type { FutureType, StreamType } from '../../component/value-type.ts'
import { CopyEnd, type Shared } from '../../runtime/async/copy-end.ts'
import { type ElementType, elementType } from '../../runtime/async/element-type.ts'
import type { ErrorContext } from '../../runtime/async/error-context.ts'
import { schedulerOf } from '../../runtime/async/scheduler.ts'
import { addEntry, endAt, errorContextAt } from '../../runtime/async/table-entry.ts'
import { waitableTrap } from '../../runtime/async/waitable.ts'
import type { LiftLowerContext } from './context.ts'

/** The readable end leaves the table; the other side gets what both ends share. */
export function liftAsyncValue(cx: LiftLowerContext, index: bigint, type: StreamType | FutureType): Shared {
  const { instance } = cx
  const end = endAt(instance, Number(index), {
    kind: type.kind,
    side: 'readable',
    element: elementTypeOf(cx, type),
  })
  if (end.state !== 'idle') throw end.refusal('lift')
  if (end.set !== undefined) throw waitableTrap(`cannot lift ${type.kind} while it's in a waitable set`)
  instance.handles.remove(Number(index))
  return end.shared
}

export function lowerAsyncValue(cx: LiftLowerContext, shared: Shared): bigint {
  return BigInt(addEntry(cx.instance, new CopyEnd(shared, 'readable')))
}

export function liftErrorContext(cx: LiftLowerContext, index: bigint): ErrorContext {
  return errorContextAt(cx.instance, Number(index))
}

export function lowerErrorContext(cx: LiftLowerContext, context: ErrorContext): bigint {
  return BigInt(addEntry(cx.instance, context))
}

function elementTypeOf(cx: LiftLowerContext, { element }: StreamType | FutureType): ElementType {
  const { typeNumbers } = schedulerOf(cx.instance.root)
  return elementType(element, (resource) => cx.resource(resource), typeNumbers)
}
