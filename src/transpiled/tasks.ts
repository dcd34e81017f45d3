/** Core functions that run at instantiation, and what a component with tasks has to do around them. */
import {
  inSynchronousTask,
  reallocOfItsOwn,
  synchronousSignature,
} from '../runtime/async/synchronous-task.ts'
import type { CoreFunction, LiftContext, LiftedFunction } from '../runtime/back-end.ts'
import type { ComponentInstance } from '../runtime/component-instance.ts'
import type { CoreModule } from '../runtime/core-module.ts'
import { makeMemory } from '../runtime/make-memory.ts'

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

/**
 * An instance of a core module that came from outside.
 *
 * @param bind lifts a function without parameters and results
 */
export function instantiateModule(
  { linkable: { module, memories, start } }: CoreModule,
  imports: WebAssembly.Imports,
  instance: ComponentInstance,
  bind: (context: LiftContext) => LiftedFunction,
): WebAssembly.Exports | Promise<WebAssembly.Exports> {
  if (memories) {
    const made = memories.types.map((type, i) => [String(i), makeMemory(type)])
    imports = { ...imports, [memories.module]: Object.fromEntries(made) as WebAssembly.ModuleImports }
  }
  const make = (): WebAssembly.Instance => new WebAssembly.Instance(module, imports)
  const { exports } = instance.async ? runIn(instance, make) : make()
  const started = start === undefined ? undefined : startIn(instance, exports[start] as CoreFunction, bind)
  return started ? started.then(() => exports) : exports
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
