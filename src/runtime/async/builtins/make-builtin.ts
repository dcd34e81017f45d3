import type { Builtin } from '../../../compile/plan.ts'
import type { CanonicalContext, CoreFunction, LoweredFunction } from '../../back-end.ts'
import { copyCancel, copyDrop, copyNew, type CopyParts, copyReadOrWrite } from './copy-builtins.ts'
import type { ElementValues } from '../element-values.ts'
import { errorContextDebugMessage, errorContextDrop, errorContextNew } from './error-context-builtins.ts'
import { backpressure, contextGet, contextSet, taskCancel, taskReturn } from './task-builtins.ts'
import {
  threadIndex,
  threadNewIndirect,
  threadResumeLater,
  threadSuspend,
  threadSuspendThenResume,
  threadThenPromote,
  threadYield,
  threadYieldThenResume,
} from './thread-builtins.ts'
import {
  subtaskCancel,
  subtaskDrop,
  waitableJoin,
  waitableSetDrop,
  waitableSetNew,
  waitableSetPoll,
  waitableSetWait,
} from './waitable-builtins.ts'

/** The live objects that a built-in works on. */
export interface BuiltinContext extends CanonicalContext {
  readonly table: WebAssembly.Table | undefined
  readonly elementValues?: ElementValues | undefined
}

/** A built-in as core wasm imports it; one that may block still needs a switch in front of it. */
export function makeBuiltin(builtin: Builtin, context: BuiltinContext): CoreFunction | LoweredFunction {
  const { instance } = context
  switch (builtin.kind) {
    case 'context.get':
      return contextGet(instance, builtin.type, builtin.index)
    case 'context.set':
      return contextSet(instance, builtin.index)
    case 'backpressure.inc':
      return backpressure(instance, 1)
    case 'backpressure.dec':
      return backpressure(instance, -1)
    case 'task.return':
      return taskReturn({ result: builtin.result, options: builtin.options, context })
    case 'task.cancel':
      return taskCancel(instance)
    case 'waitable-set.new':
      return waitableSetNew(instance)
    case 'waitable-set.wait':
      return waitableSetWait({ ...builtin, instance, memory: context.memory! })
    case 'waitable-set.poll':
      return waitableSetPoll({ ...builtin, instance, memory: context.memory! })
    case 'waitable-set.drop':
      return waitableSetDrop(instance)
    case 'waitable.join':
      return waitableJoin(instance)
    case 'subtask.cancel':
      return subtaskCancel(instance, builtin.async)
    case 'subtask.drop':
      return subtaskDrop(instance)
    case 'stream.new':
    case 'future.new':
      return copyNew(copyParts(builtin, context))
    case 'stream.read':
    case 'future.read':
      return copyReadOrWrite(copyParts(builtin, context), 'readable', builtin.options)
    case 'stream.write':
    case 'future.write':
      return copyReadOrWrite(copyParts(builtin, context), 'writable', builtin.options)
    case 'stream.cancel-read':
    case 'future.cancel-read':
      return copyCancel(copyParts(builtin, context), 'readable', builtin.async)
    case 'stream.cancel-write':
    case 'future.cancel-write':
      return copyCancel(copyParts(builtin, context), 'writable', builtin.async)
    case 'stream.drop-readable':
    case 'future.drop-readable':
      return copyDrop(copyParts(builtin, context), 'readable')
    case 'stream.drop-writable':
    case 'future.drop-writable':
      return copyDrop(copyParts(builtin, context), 'writable')
    case 'error-context.new':
      return errorContextNew({ options: builtin.options, context })
    case 'error-context.debug-message':
      return errorContextDebugMessage({ options: builtin.options, context })
    case 'error-context.drop':
      return errorContextDrop(instance)
    case 'thread.index':
      return threadIndex(instance)
    case 'thread.new-indirect':
      return threadNewIndirect({ instance, table: context.table!, closure: builtin.closure })
    case 'thread.resume-later':
      return threadResumeLater(instance)
    case 'thread.suspend':
      return threadSuspend(instance, builtin.cancellable)
    case 'thread.yield':
      return threadYield(instance, builtin.cancellable)
    case 'thread.suspend-then-resume':
      return threadSuspendThenResume(instance, builtin.cancellable)
    case 'thread.yield-then-resume':
      return threadYieldThenResume(instance, builtin.cancellable)
    case 'thread.suspend-then-promote':
      return threadThenPromote(instance, 'suspend', builtin.cancellable)
    case 'thread.yield-then-promote':
      return threadThenPromote(instance, 'yield', builtin.cancellable)
  }
}

function copyParts(
  { kind, element }: Extract<Builtin, { element: unknown }>,
  context: BuiltinContext,
): CopyParts {
  const { elementValues } = context
  return { kind: kind.startsWith('stream') ? 'stream' : 'future', element, context, elementValues }
}
