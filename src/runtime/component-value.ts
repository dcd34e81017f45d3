import type { ComponentInstance } from './component-instance.ts'
import type { Definitions } from './definitions.ts'
import { Execution } from './execution.ts'
import { markBlocking } from './may-block.ts'
import { MemoryBudget } from './memory-budget.ts'
import { memoryDemand } from './memory-demand.ts'
import type { Program } from './program.ts'
import { canSuspend } from './switch.ts'

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
  readonly #captures: ((definitions: Definitions) => void) | undefined

  constructor(program: Program, captures?: (definitions: Definitions) => void) {
    this.program = program
    this.#captures = captures
  }

  /** Puts what it captured into the registers for it. */
  capture(definitions: Definitions): void {
    this.#captures?.(definitions)
  }

  /**
   * Instantiates it. `bind` puts what the Plan imports into the execution's registers. Returns a promise only where a
   * core `start` is suspended.
   *
   * @throws {TenonError} limit
   * @throws {LinkError}
   * @throws {Trap}
   */
  instantiate({ name, bind, parent, prepare, maxMemory }: Instantiation): Execution | Promise<Execution> {
    const execution = new Execution(this.program, name, parent)
    prepare?.(execution)
    try {
      this.capture(execution)
      bind(execution)
      if (maxMemory !== undefined) {
        execution.memories.budget = new MemoryBudget(maxMemory, memoryDemand(execution), name)
      }
      if (canSuspend) markBlocking(this.program.reach, execution)
      const running = execution.run()
      return running ? finished(execution, running) : done(execution)
    } catch (error) {
      return fail(execution, error)
    }
  }
}

async function finished(execution: Execution, running: Promise<void>): Promise<Execution> {
  try {
    await running
    return done(execution)
  } catch (error) {
    return fail(execution, error)
  }
}

function done(execution: Execution): Execution {
  const { root } = execution
  if (root.parent === undefined) root.memories.watch(root)
  return execution
}

function fail(execution: Execution, error: unknown): never {
  execution.memories.retire()
  try {
    execution.dispose()
  } catch {
    // What failed first is what is said.
  }
  throw error
}

export interface Instantiation {
  readonly name: string
  readonly bind: (execution: Execution) => void
  /** The instance that instantiates it; undefined for the host. */
  readonly parent?: ComponentInstance | undefined
  /** Bytes that all memories of a tree may have together; undefined: no limit, or that of the `parent`. */
  readonly maxMemory?: number | undefined
  /** Before any code of it runs. */
  readonly prepare?: ((execution: Execution) => void) | undefined
}
