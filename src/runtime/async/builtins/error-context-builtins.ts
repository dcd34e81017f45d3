/** `error-context.{new,debug-message,drop}` (CanonicalABI.md, under their names). */
import { LiftLowerContext } from '../../../abi/literal/context.ts'
import { unsigned } from '../../../abi/literal/core-value.ts'
import { loadStringFromRange } from '../../../abi/literal/load-string.ts'
import { store } from '../../../abi/literal/store.ts'
import { pointerSize } from '../../../abi/pointer.ts'
import { limits } from '../../../component/limits.ts'
import type { CanonicalContext, CanonicalOptions, CoreFunction } from '../../back-end.ts'
import type { ComponentInstance } from '../../component-instance.ts'
import { plainFunction } from '../blocking-function.ts'
import { ErrorContext } from '../error-context.ts'
import { addEntry, errorContextAt } from '../table-entry.ts'

export interface ErrorContextParts {
  readonly options: CanonicalOptions
  readonly context: CanonicalContext
}

export function errorContextNew({ options, context }: ErrorContextParts): CoreFunction {
  const { instance } = context
  return plainFunction(instance, (pointer, units) => {
    instance.checkMayLeave()
    const cx = new LiftLowerContext(options, context, true)
    const message = loadStringFromRange(cx, unsigned(pointer!), unsigned(units!))
    return addEntry(instance, new ErrorContext(message.slice(0, limits.debugMessage).toWellFormed()))
  })
}

export function errorContextDebugMessage({ options, context }: ErrorContextParts): CoreFunction {
  const { instance } = context
  return plainFunction(instance, (index, pointer) => {
    instance.checkMayLeave()
    const { debugMessage } = errorContextAt(instance, index as number)
    const cx = new LiftLowerContext(options, context, true)
    const size = pointerSize(options.pointer)
    const begin = cx.checkedRange(unsigned(pointer!), BigInt(2 * size), size, 'pointer')
    store(cx, debugMessage, { kind: 'string' }, begin)
  })
}

export function errorContextDrop(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, (index) => {
    instance.checkMayLeave()
    errorContextAt(instance, index as number)
    instance.handles.remove((index as number) >>> 0)
  })
}
