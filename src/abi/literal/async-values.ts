/**
 * CanonicalABI.md, "Loading" and "Storing": `lift_async_value`, `lower_stream`, `lower_future`, `lift_error_context`,
 * `lower_error_context`.
 */
import type { FutureType, StreamType } from '../../component/value-type.ts'
import { Trap } from '../../errors.ts'
import { CopyEnd, type Shared } from '../../runtime/async/copy-end.ts'
import { type ElementType, elementType } from '../../runtime/async/element-type.ts'
import { ErrorContext } from '../../runtime/async/error-context.ts'
import { schedulerOf } from '../../runtime/async/scheduler.ts'
import { waitableTrap } from '../../runtime/async/waitable.ts'
import type { LiftLowerContext } from './context.ts'
import { trapIf } from './trap-if.ts'

/** The readable end leaves the table; the other side gets what both ends share. */
export function liftAsyncValue(cx: LiftLowerContext, index: bigint, type: StreamType | FutureType): Shared {
  const i = Number(index)
  const end = cx.instance.handles.get(i)
  if (!(end instanceof CopyEnd) || end.shared.kind !== type.kind || end.side !== 'readable') {
    throw new Trap(
      'handle-type',
      `handle index ${i} used with the wrong type: it is no readable end of a ${type.kind}`,
    )
  }
  const { number } = elementTypeOf(cx, type)
  trapIf(
    end.shared.element.number !== number,
    'handle-type',
    `handle index ${i} used with the wrong type: it is a ${type.kind} of another element type`,
  )
  if (end.state !== 'idle') throw end.state === 'done' ? end.refusal('lift') : busy(type.kind)
  if (end.set !== undefined) throw waitableTrap(`cannot lift ${type.kind} while it's in a waitable set`)
  cx.instance.handles.remove(i)
  return end.shared
}

export function lowerAsyncValue(cx: LiftLowerContext, shared: Shared): bigint {
  return BigInt(cx.instance.handles.add(new CopyEnd(shared, 'readable')))
}

export function liftErrorContext(cx: LiftLowerContext, index: bigint): ErrorContext {
  return errorContextAt(cx.instance, Number(index))
}

export function lowerErrorContext(cx: LiftLowerContext, context: ErrorContext): bigint {
  return BigInt(cx.instance.handles.add(context))
}

function errorContextAt({ handles }: LiftLowerContext['instance'], index: number): ErrorContext {
  const found = handles.get(index)
  if (found instanceof ErrorContext) return found
  throw new Trap('handle-type', `handle index ${index} used with the wrong type: it is no error context`)
}

function elementTypeOf(cx: LiftLowerContext, { element }: StreamType | FutureType): ElementType {
  const { typeNumbers } = schedulerOf(cx.instance.root)
  return elementType(element, (resource) => cx.resource(resource), typeNumbers)
}

function busy(kind: string): Trap {
  return waitableTrap(`cannot remove busy ${kind}`)
}
