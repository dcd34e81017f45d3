import { limits } from '../component/limits.ts'
import { LinkError, TenonError } from '../errors.ts'
import type { CoreModule } from './core-module.ts'
import { bindDefinitions, componentIn, type Definitions, definitionsOf, moduleIn } from './definitions.ts'
import { memorySize } from './make-memory.ts'

/** The memories that come with an instance, those of the components in it included. */
export interface MemoryDemand {
  /** Bytes that all of them begin with. */
  size: number
  /** The core module that asks for most. */
  largest: { readonly name: string; readonly size: number }
}

/**
 * Adds up what instantiating a component will define, without instantiating anything: what is only known at run time was
 * handed over by now, or comes out of what was.
 *
 * @throws {LinkError} a core module whose memories cannot be known
 * @throws {TenonError} limit
 */
export function memoryDemand({ program, modules, components }: Definitions): MemoryDemand {
  const adding = new Adding()
  adding.component({ program, modules: [...modules], components: [...components] })
  return adding.demand
}

class Adding {
  readonly demand: MemoryDemand = { size: 0, largest: { name: '', size: 0 } }
  #components = 0

  component(definitions: Definitions): void {
    this.#components += 1
    if (this.#components > limits.threadWords) {
      throw new TenonError('limit', `too many component instances: at most ${limits.threadWords}`)
    }
    for (const step of definitions.program.plan.steps) {
      if (step.kind === 'instantiate-core-module') this.#module(moduleIn(definitions, step.module))
      if (step.kind !== 'instantiate-component') continue
      const component = componentIn(definitions, step.component)
      const inner: Definitions = { program: component.program, modules: [], components: [] }
      component.capture(inner)
      const { plan } = inner.program
      bindDefinitions(inner, plan.imports, definitionsOf(definitions, step.arguments))
      this.component(inner)
      bindDefinitions(definitions, step.exports, definitionsOf(inner, plan.exports))
    }
  }

  #module({ name, linkable }: CoreModule): void {
    if (!linkable.complete) {
      throw new LinkError(
        `memory cannot be limited: which memories ${name} defines is not to be seen, because it was given compiled; give its bytes instead`,
      )
    }
    const size = (linkable.memories?.types ?? []).reduce((sum, type) => sum + memorySize(type), 0)
    this.demand.size += size
    if (size > this.demand.largest.size) this.demand.largest = { name, size }
  }
}
