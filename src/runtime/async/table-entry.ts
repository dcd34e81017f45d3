import type { ComponentInstance } from '../component-instance.ts'
import { limits } from '../../component/limits.ts'
import { Trap } from '../../errors.ts'
import { currentThread } from './async-state.ts'
import { CopyEnd, type Shared, type Side } from './copy-end.ts'
import type { ElementType } from './element-type.ts'
import { ErrorContext } from './error-context.ts'
import { Subtask } from './subtask.ts'
import { Waitable, WaitableSet, waitableTrap } from './waitable.ts'

/** Adds what the host holds more of than of a resource's handle. @throws {Trap} table-full */
export function addEntry(
  { handles }: ComponentInstance,
  entry: Waitable | WaitableSet | ErrorContext,
): number {
  if (handles.size >= limits.asyncHandles) {
    throw new Trap('table-full', `resource table has no free keys: it holds ${limits.asyncHandles} handles`)
  }
  return handles.add(entry)
}

/* Handles at indices that the guest gave. @throws {Trap} unknown-handle, handle-type */

export function waitableAt(instance: ComponentInstance, index: number): Waitable {
  const found = instance.handles.get(index >>> 0)
  return found instanceof Waitable ? found : wrongType(index, 'waitable')
}

export function waitableSetAt(instance: ComponentInstance, index: number): WaitableSet {
  const found = instance.handles.get(index >>> 0)
  return found instanceof WaitableSet ? found : wrongType(index, 'waitable set')
}

export function subtaskAt(instance: ComponentInstance, index: number): Subtask {
  const found = instance.handles.get(index >>> 0)
  return found instanceof Subtask ? found : wrongType(index, 'subtask')
}

/** What a built-in of streams or futures is for. */
export interface EndType {
  readonly kind: 'stream' | 'future'
  readonly side: Side
  readonly element: ElementType
}

export function endAt(instance: ComponentInstance, index: number, { kind, side, element }: EndType): CopyEnd {
  const found = instance.handles.get(index >>> 0)
  const fits = found instanceof CopyEnd && found.shared.kind === kind && found.side === side
  if (!fits) return wrongType(index, `${side} end of a ${kind}`)
  if (found.shared.element.number !== element.number) {
    return wrongType(index, `${side} end of a ${kind} of this element type`)
  }
  return found
}

/**
 * CanonicalABI.md, "Loading", `lift_async_value`: the readable end leaves the table; the other side gets what both ends share.
 *
 * @throws {Trap} waitable
 */
export function takeReadable(instance: ComponentInstance, index: number, type: EndType): Shared {
  const end = endAt(instance, index, type)
  if (end.state !== 'idle') throw end.refusal('lift')
  if (end.set !== undefined) throw waitableTrap(`cannot lift ${type.kind} while it's in a waitable set`)
  instance.handles.remove(index >>> 0)
  return end.shared
}

/**
 * CanonicalABI.md, "Storing", `lower_async_value` and `lower_error_context`.
 *
 * @throws {Trap} table-full
 * @throws {TenonError} instance-disposed: a getter of the host's may have done that just now
 */
export function addShared(instance: ComponentInstance, value: Shared | ErrorContext): number {
  if (instance.disposed) throw instance.disposal()
  if (value instanceof ErrorContext) return addEntry(instance, value)
  const index = addEntry(instance, new CopyEnd(value, 'readable'))
  value.give()
  return index
}

export function errorContextAt(instance: ComponentInstance, index: number): ErrorContext {
  const found = instance.handles.get(index >>> 0)
  return found instanceof ErrorContext ? found : wrongType(index, 'error context')
}

function wrongType(index: number, wanted: string): never {
  throw new Trap('handle-type', `handle index ${index >>> 0} used with the wrong type: it is no ${wanted}`)
}

/**
 * Finds what a built-in is to wait for. Where it may not wait, a handle that is wrong as well is said to be so in one message
 * with that, which is what other engines say.
 */
export function toWaitFor<T>(instance: ComponentInstance, find: () => T): T {
  try {
    return find()
  } catch (error) {
    const { task } = currentThread(instance)
    if (!(error instanceof Trap) || task.isAsync || task.state === 'resolved') throw error
    throw new Trap(
      error.code,
      `${error.message} (and where this was called, nothing may wait: cannot block a synchronous task before returning)`,
    )
  }
}
