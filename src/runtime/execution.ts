import type {
  ComponentItem,
  FunctionItem,
  Item,
  ModuleItem,
  PlanExport,
  PlanImport,
} from '../compile/plan.ts'
import type { DefinedFunctionType } from '../binary/exported-function-type.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import type { CoreFunction, LiftContext, LiftedFunction, Signature } from './back-end.ts'
import { AsyncState } from './async/async-state.ts'
import { bindExterns } from './bind-externs.ts'
import { ComponentInstance } from './component-instance.ts'
import type { ComponentValue } from './component-value.ts'
import type { CoreModule } from './core-module.ts'
import { componentIn, moduleIn } from './definitions.ts'
import type { ExternValue, ExternValues, FunctionValue, GuestValue } from './extern-value.ts'
import { instantiationError } from './instantiation-error.ts'
import type { TypeOf } from './guest-imports.ts'
import type { Lift, Program } from './program.ts'
import type { RuntimeResource } from './resource.ts'
import { RUNNING_CALL, words } from './thread.ts'
import { TreeMemories } from './tree-memories.ts'

/** One execution of a Plan: the registers that its steps fill, and afterwards the live instance behind its exports. */
export class Execution {
  readonly program: Program
  readonly instances: readonly ComponentInstance[]
  readonly coreInstances: WebAssembly.Exports[]
  readonly coreFunctions: CoreFunction[]
  readonly functions: FunctionValue[]
  readonly modules: CoreModule[]
  readonly components: ComponentValue[]
  readonly resources: RuntimeResource[]
  #children: Execution[] | undefined
  /** Of the whole tree. */
  readonly memories: TreeMemories
  readonly resourceOf: (type: ResourceType) => RuntimeResource
  readonly typeOf: TypeOf
  /** What core instances export, as far as the steps had made them when somebody asked. */
  #exporters: Map<unknown, { readonly module: ModuleItem; readonly name: string }> | undefined
  #known = 0

  constructor(program: Program, name: string, parent: ComponentInstance | undefined) {
    this.program = program
    this.memories = parent?.memories instanceof TreeMemories ? parent.memories : new TreeMemories()
    const { plan, slots } = program
    const { registers, resources } = plan
    this.coreInstances = emptyRegisters(registers.coreInstances)
    this.coreFunctions = emptyRegisters(registers.coreFunctions)
    this.functions = emptyRegisters(registers.functions)
    this.modules = emptyRegisters(registers.modules)
    this.components = emptyRegisters(registers.components)
    this.resources = emptyRegisters(resources.length)
    const instances: ComponentInstance[] = new Array(plan.instances.length)
    for (let i = 0; i < instances.length; i++) {
      const { parent: index, label, async } = plan.instances[i]!
      const instance =
        index === undefined
          ? new ComponentInstance(parent, name, this.memories)
          : new ComponentInstance(instances[index], `${name} (${label})`)
      if (async) instance.async = new AsyncState(instance)
      instances[i] = instance
    }
    if (parent === undefined && instances.length > 1) {
      program.reenterable.forEach((yes, i) => {
        instances[i]!.reenterable = yes
      })
    }
    this.instances = instances
    this.resourceOf = (type) => this.resources[slots.get(type)!]!
    this.typeOf = (core) => this.#typeOf(core)
  }

  /** A component that was only known at run time. */
  addChild(child: Execution): void {
    this.#children ??= []
    this.#children.push(child)
  }

  get root(): ComponentInstance {
    return this.instances[0]!
  }

  /**
   * Executes the steps, from one on; returns a promise only where a core `start` is suspended. The running call's word
   * is 0 meanwhile: what the host instantiates from inside a call is no part of that call.
   */
  run(from = 0): undefined | Promise<void> {
    const { actions } = this.program
    const saved = words[RUNNING_CALL]!
    words[RUNNING_CALL] = 0
    try {
      for (let i = from; i < actions.length; i++) {
        const started = actions[i]!(this)
        if (started !== undefined) return this.#resume(started, i + 1)
      }
    } catch (error) {
      throw instantiationError(error, this.root)
    } finally {
      words[RUNNING_CALL] = saved
    }
    return undefined
  }

  async #resume(started: Promise<unknown>, next: number): Promise<void> {
    await started
    return this.run(next)
  }

  /** Children before their parents, then what they shared. @throws what a destructor of the host's throws, when all are disposed */
  dispose(): void {
    const errors: unknown[] = []
    const end = (one: Execution | ComponentInstance): void => {
      try {
        one.dispose()
      } catch (error) {
        errors.push(error)
      }
    }
    for (const child of this.#children ?? []) end(child)
    for (let i = this.instances.length - 1; i >= 0; i--) end(this.instances[i]!)
    if (this.root.parent === undefined) this.memories.release()
    if (errors.length > 0) throw errors[0]
  }

  /** Of almost all components nothing is ever asked. */
  #typeOf(core: CoreFunction): DefinedFunctionType | undefined {
    this.#exporters ??= new Map()
    const { steps } = this.program.plan
    for (; this.#known < steps.length; this.#known++) {
      const step = steps[this.#known]!
      if (step.kind !== 'instantiate-core-module') continue
      const exports = this.coreInstances[step.to]
      if (exports === undefined) break
      for (const [name, value] of Object.entries(exports))
        this.#exporters.set(value, { module: step.module, name })
    }
    const exporter = this.#exporters.get(core)
    return exporter && this.module(exporter.module).functionType?.(exporter.name)
  }

  /** Puts what comes from outside into the registers for it. */
  bind(imports: readonly PlanImport[], values: ExternValues): void {
    bindExterns(imports, values, this)
  }

  /** What leaves the Plan, alive. `instances` by id: they may contain each other very often. */
  externs(exports: readonly PlanExport[], instances = new Map<number, ExternValue>()): ExternValues {
    const values = new Map<string, ExternValue>()
    for (const { name, item } of exports) values.set(name, this.#extern(item, instances))
    return values
  }

  #extern(item: Item, instances: Map<number, ExternValue>): ExternValue {
    switch (item.kind) {
      case 'function':
        return { kind: 'function', function: this.function(item.function) }
      case 'instance': {
        const made = instances.get(item.id) ?? {
          kind: 'instance',
          exports: this.externs(item.exports, instances),
        }
        instances.set(item.id, made)
        return made
      }
      case 'resource':
        return { kind: 'resource', resource: this.resources[item.resource]! }
      case 'type':
        return { kind: 'type' }
      case 'core-module':
        return { kind: 'core-module', module: this.module(item.module) }
      case 'component':
        return { kind: 'component', component: this.component(item.component) }
    }
  }

  function(item: FunctionItem): FunctionValue {
    if (item.from === 'register') return this.functions[item.function]!
    return new OwnFunction(this, this.program.lift(item.lift), this.program.plan.lifts[item.lift]!.instance)
  }

  module(item: ModuleItem): CoreModule {
    return moduleIn(this, item)
  }

  component(item: ComponentItem): ComponentValue {
    return componentIn(this, item)
  }
}

/** A function that the Plan lifts. */
class OwnFunction implements GuestValue {
  readonly target: ComponentInstance
  readonly type: FunctionType
  readonly signature: Signature
  readonly #execution: Execution
  readonly #lift: Lift

  constructor(execution: Execution, lift: Lift, instance: number) {
    this.target = execution.instances[instance]!
    this.type = lift.signature.type
    this.signature = lift.signature
    this.#execution = execution
    this.#lift = lift
  }

  liftFor(caller: ComponentInstance | undefined): LiftedFunction {
    return this.#lift.bind(this.contextFor(caller))
  }

  contextFor(caller: ComponentInstance | undefined): LiftContext {
    return this.#lift.context(this.#execution, caller)
  }
}

const none: never[] = []

/** Of their length from the beginning: what is pushed to has room for many more. */
function emptyRegisters<T>(count: number): T[] {
  return count === 0 ? none : new Array(count)
}
