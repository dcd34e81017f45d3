/** What is known of a Plan while it is written, and the lines that have been. */
import { passesAsyncValues } from '../../abi/async-value.ts'
import type { CoreItem, ModuleItem, Plan } from '../../compile/plan.ts'
import { Confinement } from '../../runtime/confined.ts'
import { type PlanReach, reachOf } from '../../runtime/may-block.ts'
import { reenterableInstances } from '../../runtime/reentry.ts'
import type { CoreModules } from './core-modules.ts'
import { memberText } from './literal-text.ts'
import type { ModuleText } from './module-text.ts'

export class PlanScope {
  readonly module: ModuleText
  readonly plan: Plan
  readonly core: CoreModules
  readonly confinement: Confinement
  /** It is a component that is handed on: whoever instantiates it says what it imports and captures. */
  readonly sub: boolean
  readonly reach: PlanReach
  /** A call of some function may be suspended, as far as can be told without knowing what it imports. */
  readonly suspends: boolean
  /** Its functions are tasks, or pass what only tasks can. */
  readonly tasks: boolean
  /** By instance, whether a call inside of the tree may come back to it; what instantiates a component that is handed on may do anything. */
  readonly reenterable: readonly boolean[]
  /** What is executed, in order. */
  readonly lines: string[] = []
  /** By register of core instances: what each is an instance of. */
  readonly #modules: (ModuleItem | undefined)[] = []
  /** Something of it waits. */
  waits = false
  /** Its core modules define memories, or those of a component that it hands on do. */
  hasMemories = false

  constructor(module: ModuleText, plan: Plan, core: CoreModules, sub: boolean) {
    this.module = module
    this.plan = plan
    this.core = core
    this.confinement = new Confinement(plan, (index, name) => core.isConfined(index, name))
    this.sub = sub
    for (const step of plan.steps)
      if (step.kind === 'instantiate-core-module') this.#modules[step.to] = step.module
    module.knowResources(plan.resources)
    this.reach = reachOf(plan)
    const open = sub || plan.instances.length === 1
    this.reenterable = open ? plan.instances.map(() => true) : reenterableInstances(plan, this.reach)
    const asynchronous = plan.instances.some(({ async }) => async)
    this.suspends =
      asynchronous || this.reach.some(({ functions, resources }) => functions.size + resources.size > 0)
    this.tasks = asynchronous || plan.signatures.some(({ type }) => type.async || passesAsyncValues(type))
  }

  /** Something of the runtime: returns its name. */
  use(name: string): string {
    return this.module.use(name)
  }

  data(value: unknown): string {
    return this.module.data(value)
  }

  /** Adds statements. */
  line(text: string): void {
    this.lines.push(...text.split('\n'))
  }

  item(item: CoreItem): string {
    return item.from === 'core-function'
      ? `function${item.index}`
      : memberText(`core${item.instance}`, item.name)
  }

  /** A core function that modules of the runtime import: as one of the plain type. */
  function(item: CoreItem): string {
    const text = this.item(item)
    if (item.from === 'core-function') return text
    const module = this.#modules[item.instance]
    const place = module?.from === 'file' ? this.core.plainCall(module.module, item.name) : undefined
    return place === undefined ? text : `${this.use('plainCall')}(modules[${place}], ${text})`
  }
}

export function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? line : `  ${line}`))
}
