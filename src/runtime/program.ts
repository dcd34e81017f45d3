import type { CoreItem, Plan } from '../compile/plan.ts'
import type { ResourceType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'
import { withTasks } from './async/with-tasks.ts'
import type { BackEnd, CoreFunction, LiftContext, LiftedFunction, Signature } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import { Confinement } from './confined.ts'
import type { Execution } from './execution.ts'
import { type ExportShape, exportShape } from './export-shape.ts'
import { type PlanReach, reachOf } from './may-block.ts'
import type { ModuleStore } from './module-store.ts'
import { reenterableInstances } from './reentry.ts'
import { type Action, actionOf } from './steps.ts'

export interface Lift {
  readonly signature: Signature
  /** The live objects that it binds together. */
  context(execution: Execution, caller: ComponentInstance | undefined): LiftContext
  bind(context: LiftContext): LiftedFunction
}

/**
 * A Plan made ready: what does not depend on the instance is done once, here. Every step becomes a closure over its
 * constants, every signature the factory that a back end made for it.
 */
export class Program {
  readonly plan: Plan
  /** Of calls that see tasks as well as of the synchronous ones that `given` knows. */
  readonly backEnd: BackEnd
  readonly #given: BackEnd
  readonly modules: ModuleStore
  readonly slots: ReadonlyMap<ResourceType, number>
  #actions: readonly Action[] | undefined
  #reach: PlanReach | undefined
  #reenterable: readonly boolean[] | undefined
  /** Made when first used: a component that is only instantiated by others has no users. */
  #exportShape: ExportShape | undefined
  #confinement: Confinement | undefined
  readonly #lifts: (Lift | undefined)[] = []
  readonly #subPrograms = new Map<Plan, Program>()

  constructor(plan: Plan, backEnd: BackEnd, modules: ModuleStore) {
    this.plan = plan
    this.#given = backEnd
    this.backEnd = withTasks(backEnd)
    this.modules = modules
    this.slots = new Map(plan.resources.map((type, slot) => [type, slot]))
  }

  /**
   * Made when first needed, so that components can be looked at that cannot run.
   *
   * @throws {TenonError} unsupported
   */
  get actions(): readonly Action[] {
    if (!this.#actions) {
      refuseUnsupported(this.plan)
      this.#actions = this.plan.steps.map((step) => actionOf(this, step))
    }
    return this.#actions
  }

  get reach(): PlanReach {
    this.#reach ??= reachOf(this.plan)
    return this.#reach
  }

  /** By instance, whether a call inside of the tree may come back to it. */
  get reenterable(): readonly boolean[] {
    this.#reenterable ??= reenterableInstances(this.plan, this.reach)
    return this.#reenterable
  }

  get exportShape(): ExportShape {
    this.#exportShape ??= exportShape(this.plan.exports)
    return this.#exportShape
  }

  /** Made when first used: of the functions that are exported, programs call a few. */
  lift(index: number): Lift {
    const known = this.#lifts[index]
    if (known) return known
    const lift = this.#makeLift(index)
    this.#lifts[index] = lift
    return lift
  }

  #makeLift(index: number): Lift {
    const { instance, ...items } = this.plan.lifts[index]!
    const signature = this.plan.signatures[items.signature]!
    const callee = functionReader(items.callee)
    const memory = items.memory && memoryReader(items.memory)
    const realloc = items.realloc && functionReader(items.realloc)
    const postReturn = items.postReturn && functionReader(items.postReturn)
    const callback = items.callback && functionReader(items.callback)
    const confined = this.confinement.of(items)
    return {
      signature,
      context: (execution, caller) => ({
        instance: execution.instances[instance]!,
        memory: memory?.(execution),
        realloc: realloc?.(execution),
        callee: callee(execution),
        postReturn: postReturn?.(execution),
        callback: callback?.(execution),
        resource: execution.resourceOf,
        typeOf: execution.typeOf,
        caller,
        ...confined,
      }),
      bind: this.backEnd.lift(signature),
    }
  }

  get confinement(): Confinement {
    this.#confinement ??= new Confinement(this.plan, (module, name) =>
      this.modules.get(module).isConfined(name),
    )
    return this.#confinement
  }

  subProgram(plan: Plan): Program {
    let program = this.#subPrograms.get(plan)
    if (!program) {
      program = new Program(plan, this.#given, this.modules)
      this.#subPrograms.set(plan, program)
    }
    return program
  }
}

function refuseUnsupported(plan: Plan): void {
  const what = plan.steps.flatMap((step) => (step.kind === 'unsupported' ? [step.what] : []))
  if (what.length === 0) return
  const names = [...new Set(what)].map((name) => `\`${name}\``).join(', ')
  throw new TenonError('unsupported', `the component uses ${names}, which this version of Tenon cannot run`)
}

export type Reader<T> = (execution: Execution) => T

export function coreReader(item: CoreItem): Reader<WebAssembly.ExportValue> {
  if (item.from === 'core-function') {
    const { index } = item
    return (execution) => execution.coreFunctions[index]!
  }
  const { instance, name } = item
  return (execution) => execution.coreInstances[instance]![name]!
}

/** Validation has seen that the item is a function. */
export function functionReader(item: CoreItem): Reader<CoreFunction> {
  return coreReader(item) as Reader<CoreFunction>
}

/** Validation has seen that the item is a memory. */
export function memoryReader(item: CoreItem): Reader<WebAssembly.Memory> {
  return coreReader(item) as Reader<WebAssembly.Memory>
}
