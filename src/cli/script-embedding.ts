/** Tenon as reference scripts see it: the text format, and the public API. */
import { decode } from '../binary/decode.ts'
import type { FunctionType } from '../component/extern-type.ts'
import { Component, type Instance, type LoadOptions } from '../index.ts'
import { componentValueOf } from '../runtime/component-value.ts'
import { validate } from '../validation/index.ts'
import { checkCoreModule } from '../inspect/check-core-module.ts'
import { parseWat } from '../wat/index.ts'
import type { Embedding, ExportedFunction } from '../wat/run-script.ts'

export interface LiveComponent {
  readonly component: Component
  readonly instance: Instance
}

/** How reference scripts run: `options` is how their components are loaded. */
export function scriptEmbedding(options: LoadOptions = {}): Embedding<Component, LiveComponent> {
  return {
    assemble: (text) => parseWat(text),
    load(bytes) {
      // Loading leaves the code of core modules to the engine, which sees it with the first instance.
      validate(decode(bytes), { checkModule: checkCoreModule })
      return Component.fromBytes(bytes, options)
    },
    async instantiate(component, registered) {
      const imports = Object.fromEntries(
        Array.from(registered, ([name, { instance }]) => [name, instance.exports]),
      )
      return { component, instance: await component.instantiate(imports) }
    },
    exportedFunction(live, name) {
      const type = live.component.type.exports.get(name)
      if (type?.kind !== 'function') return undefined
      return { type, call: viewFor(type, live)[name] as ExportedFunction['call'] }
    },
  }
}

/** Functions of `async` type may wait; others only where threads of their own instance may go on meanwhile. */
function viewFor(type: FunctionType, { component, instance }: LiveComponent): Record<string, unknown> {
  return type.async || hasThreads(component) ? instance.async : instance.exports
}

function hasThreads(component: Component): boolean {
  const { steps } = componentValueOf(component)!.program.plan
  return steps.some(
    (step) =>
      step.kind === 'builtins' && step.builtins.some(({ builtin }) => builtin.kind.startsWith('thread.')),
  )
}
