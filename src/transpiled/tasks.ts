/** Core functions that run at instantiation, and what a component with tasks has to do around them. */
import {
  inSynchronousTask,
  reallocOfItsOwn,
  synchronousSignature,
} from '../runtime/async/synchronous-task.ts'
import type { CoreFunction, LiftContext, LiftedFunction } from '../runtime/back-end.ts'
import type { ComponentInstance } from '../runtime/component-instance.ts'

export { reallocOfItsOwn as reallocIn }

const startSignature = /* @__PURE__ */ synchronousSignature('start')

/** Runs code of an instance that has tasks as one of them. */
export function runIn<T>(instance: ComponentInstance, run: () => T): T {
  return inSynchronousTask(instance, startSignature, run)()
}

/**
 * Calls what was the start function of a core module. Where it may have to wait it does so in the promise view.
 *
 * @param bind lifts a function without parameters and results
 */
export function startIn(
  instance: ComponentInstance,
  start: CoreFunction,
  bind: (context: LiftContext) => LiftedFunction,
): Promise<unknown> | undefined {
  if (instance.mayBlock) return bind(coreContext(instance, start)).promise()
  if (instance.async) runIn(instance, start as () => unknown)
  else (start as () => unknown)()
  return undefined
}

function coreContext(instance: ComponentInstance, callee: CoreFunction): LiftContext {
  return {
    instance,
    callee,
    memory: undefined,
    realloc: undefined,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
    resource: (type) => {
      throw new TypeError(`no start function has handles: ${type.name}`)
    },
  }
}
