import { AsyncState } from '../../runtime/async/async-state.ts'
import { makeBuiltin } from '../../runtime/async/builtins/make-builtin.ts'
import type { LoweredFunction } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import { HostResource } from '../../runtime/host-resource.ts'
import type { Builtin } from '../../compile/plan.ts'

/** The core type of a built-in that may block, undefined of others: asked of the runtime, whose built-in nobody calls. */
export function blockingType(builtin: Builtin): LoweredFunction['type'] | undefined {
  const instance = new ComponentInstance(undefined, 'transpiled')
  instance.async = new AsyncState(instance)
  try {
    const made = makeBuiltin(builtin, {
      instance,
      memory: new WebAssembly.Memory({ initial: 0 }),
      realloc: undefined,
      table: undefined,
      resource: () => new HostResource('', class {}),
    })
    return typeof made === 'function' ? undefined : made.type
  } finally {
    instance.dispose()
  }
}
