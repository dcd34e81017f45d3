/**
 * A Plan that was read from a file, checked before anybody executes it: whatever `compile` makes passes, and what passes
 * is executed without a look at what is not there. Registers are filled before they are used, each once; core functions have the
 * types that lifts, lowers and built-ins want; options agree with the memories and functions that they mean. What code a
 * component runs and what it is wired to is the Plan's own affair: no check can know what its author meant.
 *
 * Types were checked when they were read (`check-type.ts`).
 */
import { flattenFunction, flattenType, MAX_FLAT_PARAMS } from '../abi/flatten.ts'
import type {
  ComponentItem,
  CoreItem,
  FunctionItem,
  ImportItem,
  InstantiateCoreModule,
  Item,
  MakeBuiltins,
  MakeLowers,
  MakeResourceBuiltin,
  ModuleItem,
  Plan,
  PlanBuiltin,
  PlanExport,
  PlanImport,
  PlanLift,
  Step,
} from '../compile/plan.ts'
import type { CoreExternType, FunctionType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import type { ResourceType } from '../component/value-type.ts'
import type { Signature } from '../runtime/back-end.ts'
import { builtinFacts } from './check-builtin.ts'
import { checkInstances } from './check-instances.ts'
import { checkExternName, typeFacts } from './check-type.ts'
import { type CoreFacts, type CoreFunctionType, DeclaredModule, isFunction } from './core-facts.ts'
import { checkDistinct } from './distinct-names.ts'
import { depthOf } from './item-depth.ts'
import { refuse } from './malformed-plan.ts'
import { PlanBudget } from './plan-budget.ts'
import { Registers } from './registers.ts'
import { anyPointer, needs, resourcesIn, withoutValues } from './signature-needs.ts'

/**
 * @param modules by their indices
 * @throws {TenonError} decode
 */
export function checkPlan(plan: Plan, modules: readonly CoreFacts[]): void {
  if (modules.length !== plan.modules.length)
    refuse(`${modules.length} core modules for ${plan.modules.length}`)
  new PlanChecker(plan, new PlanBudget(plan.modules, modules)).check()
}

class PlanChecker {
  readonly #plan: Plan
  readonly #budget: PlanBudget
  /** What is in the registers so far. */
  readonly #coreInstances: Registers<CoreFacts>
  /** Undefined: of a type that depends on what represents a resource. */
  readonly #coreFunctions: Registers<CoreFunctionType | undefined>
  readonly #functions: Registers<FunctionType>
  readonly #modules: Registers<CoreFacts>
  readonly #components: Registers<true>
  /** By slot: the instance that defines it, undefined for what comes from outside. */
  readonly #resources = new Map<number, number | undefined>()
  readonly #slots = new Map<ResourceType, number>()
  readonly #instanceItems = new Map<number, Item>()
  readonly #checkedItems = new Set<Item>()
  /** Lifts whose items are all there. */
  readonly #lifts = new Set<number>()

  constructor(plan: Plan, budget: PlanBudget) {
    this.#plan = plan
    this.#budget = budget
    const { registers } = plan
    this.#coreInstances = new Registers('core instance', registers.coreInstances)
    this.#coreFunctions = new Registers('core function', registers.coreFunctions)
    this.#functions = new Registers('function', registers.functions)
    this.#modules = new Registers('module', registers.modules)
    this.#components = new Registers('component', registers.components)
  }

  /** @param captures puts what a sub-Plan captured into its registers */
  check(captures?: (checker: PlanChecker) => void): void {
    const { modules, instances, resources, imports, steps, exports } = this.#plan
    if (modules !== this.#budget.ranges) refuse('a Plan inside of another has core modules of its own')
    this.#budget.spend(this.#plan)
    checkInstances(instances)
    for (const type of resources) this.#slots.set(type, this.#slots.size)
    if (this.#slots.size < resources.length) refuse('a resource type has two slots')
    captures?.(this)
    this.#checkImports(imports)
    for (const step of steps) this.#checkStep(step)
    this.#checkExports(exports)
    this.#coreInstances.checkFull()
    this.#coreFunctions.checkFull()
    this.#functions.checkFull()
    this.#modules.checkFull()
    this.#components.checkFull()
  }

  captureModule(to: number, facts: CoreFacts): void {
    this.#modules.fill(to, facts)
  }

  captureComponent(to: number): void {
    this.#components.fill(to, true)
  }

  /* What is there */

  #checkInstance(index: number): void {
    const { length } = this.#plan.instances
    if (index >= length) refuse(`unknown component instance ${index}: there are ${length}`)
  }

  #checkResource(slot: number): void {
    if (!this.#resources.has(slot)) refuse(`resource ${slot} is used before it is there`)
  }

  #fillResource(slot: number, definer: number | undefined): void {
    const { length } = this.#plan.resources
    if (slot >= length) refuse(`unknown resource ${slot}: there are ${length}`)
    if (this.#resources.has(slot)) refuse(`resource ${slot} is defined twice`)
    this.#resources.set(slot, definer)
  }

  #module(item: ModuleItem): CoreFacts {
    if (item.from !== 'file') return this.#modules.get(item.module)
    return this.#budget.modules[item.module] ?? refuse(`unknown core module ${item.module}`)
  }

  /** The type of a core item; `unknown` where only the engine will see it. */
  #core(item: CoreItem): CoreExternType | 'unknown' {
    if (item.from === 'core-function') {
      return this.#coreFunctions.get(item.index) ?? 'unknown'
    }
    const instance = this.#coreInstances.get(item.instance)
    return instance.export(item.name) ?? refuse(`core instance ${item.instance} exports no \`${item.name}\``)
  }

  #checkCoreFunction(
    what: string,
    item: CoreItem,
    parameters: readonly string[],
    results: readonly string[],
  ): void {
    const type = this.#core(item)
    if (type !== 'unknown' && !isFunction(type, parameters, results))
      refuse(`${what} is no core function of type (${parameters}) -> (${results})`)
  }

  #function(item: FunctionItem): FunctionType {
    if (item.from === 'register') return this.#functions.get(item.function)
    this.#checkLift(item.lift)
    return this.#plan.signatures[this.#plan.lifts[item.lift]!.signature]!.type
  }

  #checkSameType(what: string, item: FunctionItem, type: FunctionType): void {
    if (!this.#budget.structures.equal(this.#function(item), type))
      refuse(`${what} has another type than what it stands for`)
  }

  /* Lifts and lowers */

  #signature(index: number): Signature {
    const { signatures } = this.#plan
    return signatures[index] ?? refuse(`unknown signature ${index}: there are ${signatures.length}`)
  }

  #checkLift(index: number): void {
    if (this.#lifts.has(index)) return
    const lift = this.#plan.lifts[index] ?? refuse(`unknown lift ${index}`)
    const signature = this.#signature(lift.signature)
    const { type, options } = signature
    this.#checkCanonicalItems(lift, signature)
    this.#checkAsync(lift.instance, signature)
    const flat = flattenFunction(type, options, 'lift')
    this.#checkCoreFunction('a callee', lift.callee, flat.parameters, flat.results)
    if (options.postReturn !== (lift.postReturn !== undefined)) refuse('a post-return that is no option')
    if (options.callback !== (lift.callback !== undefined)) refuse('a callback that is no option')
    if (lift.postReturn) this.#checkCoreFunction('a post-return', lift.postReturn, flat.results, [])
    if (lift.callback) this.#checkCoreFunction('a callback', lift.callback, ['i32', 'i32', 'i32'], ['i32'])
    // Arguments are lowered into the guest, the result is read where it lies.
    if (flat.spillsParameters || anyPointer(type.parameters)) needs(lift, 'realloc')
    const spills = options.async
      ? type.result !== undefined && flattenType(type.result, options.pointer).length > MAX_FLAT_PARAMS
      : flat.spillsResult
    if (spills || (type.result && typeFacts(type.result).containsPointer)) needs(lift, 'memory')
    this.#lifts.add(index)
  }

  #checkLowers({ lowers }: MakeLowers): void {
    const types = lowers.map((lower): CoreFunctionType => {
      const signature = this.#signature(lower.signature)
      const { type, options } = signature
      this.#checkCanonicalItems(lower, signature)
      this.#checkAsync(lower.instance, signature)
      this.#checkSameType(`lower ${lower.to}`, lower.function, type)
      const { parameters, results, ...spills } = flattenFunction(type, options, 'lower')
      if (options.postReturn || options.callback) refuse('a lower with the options of a lift')
      // Arguments are read where they lie, the result is lowered into the guest.
      if (spills.spillsParameters || spills.spillsResult || anyPointer(type.parameters))
        needs(lower, 'memory')
      if (type.result && typeFacts(type.result).containsPointer) needs(lower, 'realloc')
      return { kind: 'func', parameters, results }
    })
    // Only now: lowers that are made together cannot use each other.
    for (const [i, { to }] of lowers.entries()) this.#coreFunctions.fill(to, types[i])
  }

  #checkAsync(instance: number, { type, options }: Signature): void {
    if (type.async) this.#checkTakesPart(instance)
    else if (options.async) refuse('the `async` option with a function type that is not async')
  }

  #checkCanonicalItems(
    { instance, memory, realloc }: Pick<PlanLift, 'instance' | 'memory' | 'realloc'>,
    { type, options: { pointer } }: Signature,
  ): void {
    this.#checkInstance(instance)
    for (const resource of resourcesIn(type)) {
      const slot = this.#slots.get(resource)
      if (slot === undefined) refuse(`the resource type ${resource.name ?? ''} has no slot`)
      this.#checkResource(slot!)
    }
    if (memory) {
      const found = this.#core(memory)
      const wanted = pointer === 'i64'
      if (
        found !== 'unknown' &&
        !(found.kind === 'memory' && found.limits.index64 === wanted && !found.limits.shared)
      )
        refuse(`wanted a memory with addresses of ${pointer}, found a ${found.kind}`)
    } else if (pointer !== 'i32') refuse('64-bit addresses without a memory')
    if (!realloc) return
    if (!memory) refuse('a realloc without a memory')
    this.#checkCoreFunction('a realloc', realloc, [pointer, pointer, pointer, pointer], [pointer])
  }

  /* Steps */

  #checkStep(step: Step): void {
    switch (step.kind) {
      case 'instantiate-core-module':
        this.#checkCoreInstantiation(step)
        break
      case 'lower':
        this.#checkLowers(step)
        break
      case 'define-resource': {
        this.#checkInstance(step.instance)
        if (step.destructor) this.#checkDestructor(step.destructor)
        this.#fillResource(step.resource, step.instance)
        break
      }
      case 'resource.new':
      case 'resource.drop':
      case 'resource.rep':
        this.#checkResourceBuiltin(step)
        break
      case 'builtins':
        this.#checkBuiltins(step)
        break
      case 'instantiate-component':
        this.#checkInstance(step.parent)
        this.#checkComponent(step.component)
        this.#checkExports(step.arguments)
        this.#checkImports(step.exports)
        break
      case 'unsupported':
        // A component with such a step is refused as a whole.
        break
    }
  }

  #checkCoreInstantiation({ module, arguments: args, instance, to }: InstantiateCoreModule): void {
    this.#checkInstance(instance)
    const facts = this.#module(module)
    checkDistinct(args)
    for (const argument of args) {
      if (argument.from === 'core-instance') {
        this.#coreInstances.get(argument.instance)
        continue
      }
      const { name, items } = argument
      checkDistinct(items)
      // There may be thousands, and no iterators for the reason in `codec.ts`.
      for (let i = 0; i < items.length; i++)
        this.#checkCoreArgument(facts, name, items[i]!.name, items[i]!.item)
    }
    this.#coreInstances.fill(to, facts)
  }

  /** The engine compares the types of core definitions; what JavaScript functions take, it cannot know. */
  #checkCoreArgument(facts: CoreFacts, module: string, name: string, item: CoreItem): void {
    if (item.from === 'core-instance') {
      this.#coreInstances.get(item.instance)
      return
    }
    const given = this.#core(item)
    for (const wanted of facts.imports(module, name)) {
      if (wanted.kind !== 'func') refuse(`the core import ${module}.${name} is no function`)
      if (given !== 'unknown' && !isFunction(given, wanted.parameters, wanted.results))
        refuse(`the core import ${module}.${name} is of another type than what it is given`)
    }
  }

  #checkDestructor(item: CoreItem): void {
    const type = this.#core(item)
    if (type !== 'unknown' && !isFunction(type, ['i32'], []) && !isFunction(type, ['i64'], []))
      refuse('a destructor is no core function of one integer')
  }

  #checkBuiltins({ builtins }: MakeBuiltins): void {
    const types = builtins.map((one) => this.#builtinType(one))
    // Only now: what is made together cannot use each other.
    for (const [i, { to }] of builtins.entries()) this.#coreFunctions.fill(to, types[i])
  }

  #builtinType({ builtin, instance }: PlanBuiltin): CoreFunctionType {
    const table = 'table' in builtin ? this.#table(builtin.table) : 'unknown'
    const facts = builtinFacts(builtin, table !== 'unknown' && table.limits.index64)
    const { memory, realloc, moves, pointer } = facts
    const wanted = { instance, memory, realloc }
    if ('index' in builtin && builtin.index > 1) refuse(`a thread has no storage ${builtin.index}`)
    if (moves) {
      this.#checkCanonicalItems(wanted, { name: '', ...moves })
      const { async, postReturn, callback } = moves.options
      const copies = 'element' in builtin
      if (postReturn || callback || (async && !copies)) refuse(`${builtin.kind} with the options of a lift`)
      if (anyPointer(moves.type.parameters)) needs(wanted, 'realloc')
      const { result } = moves.type
      if (result && typeFacts(result).containsPointer) needs(wanted, 'memory')
    } else if (pointer) this.#checkCanonicalItems(wanted, withoutValues(pointer))
    else this.#checkInstance(instance)
    this.#checkTakesPart(instance)
    if (facts.needsMemory) needs(wanted, 'memory')
    return { kind: 'func', parameters: facts.parameters, results: facts.results }
  }

  #table(item: CoreItem): Extract<CoreExternType, { kind: 'table' }> | 'unknown' {
    const found = this.#core(item)
    if (found === 'unknown') return found
    return found.kind === 'table' && found.element === 'funcref'
      ? found
      : refuse(`wanted a table of functions, found a ${found.kind}`)
  }

  /** What sees tasks belongs to an instance that has them. */
  #checkTakesPart(instance: number): void {
    if (!this.#plan.instances[instance]!.async)
      refuse(`instance ${instance} takes part in asynchronous calls, and nothing says so`)
  }

  #checkResourceBuiltin({ kind, resource, instance, to }: MakeResourceBuiltin): void {
    this.#checkInstance(instance)
    this.#checkResource(resource)
    if (kind !== 'resource.drop' && this.#resources.get(resource) !== instance)
      refuse(`${kind} of a resource that instance ${instance} does not define`)
    const drop: CoreFunctionType = { kind: 'func', parameters: ['i32'], results: [] }
    this.#coreFunctions.fill(to, kind === 'resource.drop' ? drop : undefined)
  }

  /* Imports, exports, components */

  #checkImports(imports: readonly PlanImport[]): void {
    checkDistinct(imports)
    for (const { name, item } of imports) {
      checkExternName(name, refuse)
      this.#checkImport(item)
    }
  }

  #checkImport(item: ImportItem): void {
    switch (item.kind) {
      case 'function':
        this.#functions.fill(item.register, item.type)
        break
      case 'instance':
        this.#checkImports(item.exports)
        break
      case 'resource':
        this.#fillResource(item.resource, undefined)
        break
      case 'core-module':
        this.#modules.fill(item.register, new DeclaredModule(item.type))
        break
      case 'component':
        this.captureComponent(item.register)
        break
      case 'type':
        break
    }
  }

  #checkExports(exports: readonly PlanExport[]): void {
    checkDistinct(exports)
    for (const { name, item } of exports) {
      checkExternName(name, refuse)
      if (this.#checkedItems.has(item)) continue
      this.#checkItem(item)
      this.#checkedItems.add(item)
    }
  }

  #checkItem(item: Item): void {
    switch (item.kind) {
      case 'function':
        this.#checkSameType('an export', item.function, item.type)
        break
      case 'instance':
        if (item.id >= this.#plan.registers.instanceItems) refuse(`an instance has the number ${item.id}`)
        if (depthOf(item) > limits.planDepth) refuse('instances nest too deeply')
        if (this.#instanceItems.has(item.id)) refuse(`two instances have the number ${item.id}`)
        this.#instanceItems.set(item.id, item)
        this.#checkExports(item.exports)
        break
      case 'resource':
        this.#checkResource(item.resource)
        break
      case 'core-module':
        this.#module(item.module)
        break
      case 'component':
        this.#checkComponent(item.component)
        break
      case 'type':
        break
    }
  }

  #checkComponent(item: ComponentItem): void {
    if (item.from === 'register') {
      this.#components.get(item.component)
      return
    }
    const known = this.#budget.items.get(item.plan)
    if (known === item) return
    if (known) refuse('a component with two sets of what it captured')
    this.#budget.items.set(item.plan, item)
    const modules = item.modules.map(({ item, to }) => [to, this.#module(item)] as const)
    for (const { item: captured } of item.components) this.#checkComponent(captured)
    new PlanChecker(item.plan, this.#budget).check((inner) => {
      for (const [to, facts] of modules) inner.captureModule(to, facts)
      for (const { to } of item.components) inner.captureComponent(to)
    })
  }
}
