import type { ComponentItem, Plan } from '../compile/plan.ts'
import { limits } from '../component/limits.ts'
import type { CoreFacts } from './core-facts.ts'
import { refuse } from './malformed-plan.ts'
import { Structures } from './structures.ts'

/** What a Plan shares with its sub-Plans. */
export class PlanBudget {
  readonly ranges: Plan['modules']
  readonly modules: readonly CoreFacts[]
  readonly structures = new Structures()
  /** A component is handed on as one item, wherever. */
  readonly items = new Map<Plan, ComponentItem>()
  #instances = 0
  #steps = 0

  constructor(ranges: Plan['modules'], modules: readonly CoreFacts[]) {
    this.ranges = ranges
    this.modules = modules
  }

  spend({ instances, steps, lifts }: Plan): void {
    this.#instances += instances.length
    this.#steps += steps.length + lifts.length
    if (this.#instances > limits.planInstances) refuse(`more than ${limits.planInstances} instances`)
    if (this.#steps > limits.planSteps) refuse(`more than ${limits.planSteps} steps`)
  }
}
