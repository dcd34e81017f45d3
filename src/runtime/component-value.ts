import type { ComponentInstance } from './component-instance.ts'
import { Execution } from './execution.ts'
import type { ExternValues } from './extern-value.ts'
import type { Program } from './program.ts'

/** Under this, a component that users hold has its value. */
export const componentValue: unique symbol = Symbol('tenon.component-value')

/** The value of what users give as a component; undefined for what is none. */
export function componentValueOf(given: unknown): ComponentValue | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  return (given as { readonly [componentValue]?: ComponentValue })[componentValue]
}

/** A component at run time: its Plan, ready to be executed, and what it captured of the component around it. */
export class ComponentValue {
  readonly program: Program
  readonly #captures: ((execution: Execution) => void) | undefined

  constructor(program: Program, captures?: (execution: Execution) => void) {
    this.program = program
    this.#captures = captures
  }

  /**
   * Instantiates it. `bind` puts what the Plan imports into the execution's registers.
   *
   * @throws {TenonError} unsupported, limit
   * @throws {Trap}
   */
  instantiate(
    name: string,
    bind: (execution: Execution) => void,
    parent?: ComponentInstance,
    onStart?: (execution: Execution) => void,
  ): Execution {
    const execution = new Execution(this.program, name, parent)
    onStart?.(execution)
    try {
      this.#captures?.(execution)
      bind(execution)
      execution.run()
    } catch (error) {
      execution.dispose()
      throw error
    }
    return execution
  }

  /** For a component that instantiates it: takes and gives what they know of each other at run time. */
  instantiateWith(args: ExternValues, parent: ComponentInstance, name: string): Execution {
    return this.instantiate(name, (execution) => execution.bind(this.program.plan.imports, args), parent)
  }
}
