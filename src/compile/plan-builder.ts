import { readCoreModuleType } from '../binary/core-module.ts'
import type { ByteRange } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import type { ResourceType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'
import type { Signature } from '../runtime/back-end.ts'
import type {
  Captured,
  ComponentItem,
  Item,
  ModuleItem,
  Plan,
  PlanBuiltin,
  PlanExport,
  PlanImport,
  PlanInstance,
  PlanLift,
  PlanLower,
  RegisterCounts,
  Step,
} from './plan.ts'
import type { CoreModuleType } from '../component/extern-type.ts'
import type { AddressType, SymbolicComponent, SymbolicInstance, SymbolicModule } from './symbolic.ts'

/** What a Plan and its sub-Plans share while they are built: the file's modules, and how much was built so far. */
export class Compilation {
  readonly bytes: Uint8Array
  readonly modules: ByteRange[] = []
  readonly #moduleNumbers = new Map<ByteRange, number>()
  readonly #moduleTypes = new Map<ByteRange, CoreModuleType>()
  #steps = 0
  #instances = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** One number for each module definition, however many component instances instantiate it. */
  module(range: ByteRange): number {
    const known = this.#moduleNumbers.get(range)
    if (known !== undefined) return known
    this.#moduleNumbers.set(range, this.modules.length)
    return this.modules.push(range) - 1
  }

  /** The address type of a memory that a module exports. */
  memory(range: ByteRange, name: string): AddressType {
    let type = this.#moduleTypes.get(range)
    if (!type) {
      type = readCoreModuleType(this.bytes, range)
      this.#moduleTypes.set(range, type)
    }
    const memory = type.exports.get(name)
    return memory?.kind === 'memory' && memory.limits.index64 ? 'i64' : 'i32'
  }

  countInstance(): void {
    if (++this.#instances > limits.planInstances) exceeded('instances', limits.planInstances)
  }

  /** Every definition that is walked, for every instance anew, and every part of an import counts as a step. */
  countStep(): void {
    if (++this.#steps > limits.planSteps) exceeded('steps', limits.planSteps)
  }
}

function exceeded(what: string, limit: number): never {
  throw new TenonError(
    'limit',
    `instantiation exceeds the limit of ${limit} ${what}: components that instantiate each other multiply`,
  )
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** A Plan under construction: numbers what is added to it. */
export class PlanBuilder {
  readonly compilation: Compilation
  /** The builder of the Plan that this one is a sub-Plan of. */
  readonly outer: PlanBuilder | undefined
  readonly capturedModules: Captured<ModuleItem>[] = []
  readonly capturedComponents: Captured<ComponentItem>[] = []
  /** Items made of symbolic definitions, each made once. */
  readonly instanceItems = new Map<SymbolicInstance, Item>()
  readonly componentItems = new Map<SymbolicComponent, ComponentItem>()

  readonly #instances: Writable<PlanInstance>[] = []
  readonly #lifts: PlanLift[] = []
  readonly #registers: Writable<RegisterCounts> = {
    coreInstances: 0,
    coreFunctions: 0,
    functions: 0,
    modules: 0,
    components: 0,
    instanceItems: 0,
  }
  readonly #resources = new Map<ResourceType, number>()
  readonly #signatures: Writable<Signature>[] = []
  readonly #steps: Step[] = []
  readonly #captures = new Map<SymbolicModule | SymbolicComponent, SymbolicModule | SymbolicComponent>()
  #lowers: PlanLower[] = []
  #builtins: PlanBuiltin[] = []

  constructor(compilation: Compilation, outer?: PlanBuilder) {
    this.compilation = compilation
    this.outer = outer
  }

  addInstance(parent: number | undefined, label: string | undefined): number {
    this.compilation.countInstance()
    return this.#instances.push({ parent, label, async: false }) - 1
  }

  /** The instance takes part in asynchronous calls. */
  markAsync(instance: number): void {
    this.#instances[instance]!.async = true
  }

  addSignature(signature: Signature): number {
    return this.#signatures.push({ ...signature }) - 1
  }

  addLift(lift: PlanLift): number {
    return this.#lifts.push(lift) - 1
  }

  /** A lift is named after what it is exported as, in the end after the outermost export. */
  nameLift(lift: number, name: string): void {
    this.#signatures[this.#lifts[lift]!.signature]!.name = name
  }

  /** The slot of a resource type, given when it is first seen. */
  resource(type: ResourceType): number {
    const known = this.#resources.get(type)
    if (known !== undefined) return known
    this.#resources.set(type, this.#resources.size)
    return this.#resources.size - 1
  }

  /** A fresh register. */
  register(kind: keyof RegisterCounts): number {
    return this.#registers[kind]++
  }

  /**
   * Lowers wait until a step may need one of them, so that as many as possible are made together. What they need
   * themselves is there in any case: nothing is added to a Plan before what it needs.
   */
  addLower(lower: PlanLower): void {
    this.#lowers.push(lower)
  }

  addStep(step: Step): void {
    if (mayNeedCoreFunctions(step)) this.#flush()
    this.#steps.push(step)
  }

  /** Waits like a lower. */
  addBuiltin(builtin: PlanBuiltin): void {
    this.markAsync(builtin.instance)
    this.#builtins.push(builtin)
  }

  #flush(): void {
    if (this.#lowers.length > 0) this.#steps.push({ kind: 'lower', lowers: this.#lowers })
    this.#lowers = []
    if (this.#builtins.length > 0) this.#steps.push({ kind: 'builtins', builtins: this.#builtins })
    this.#builtins = []
  }

  /**
   * An `outer` alias may name something of an enclosing Plan that only run time knows. It is captured: handed to this
   * sub-Plan, through the Plans between, when this becomes a component at run time.
   */
  capture<S extends SymbolicModule | SymbolicComponent>(definition: S): S {
    if (definition.owner === undefined || definition.owner === this) return definition
    const known = this.#captures.get(definition)
    if (known) return known as S
    const source = this.outer!.capture(definition)
    const captured = this.#receive(source)
    this.#captures.set(definition, captured)
    return captured as S
  }

  #receive(source: SymbolicModule | SymbolicComponent): SymbolicModule | SymbolicComponent {
    if (source.sort === 'core module') {
      const to = this.register('modules')
      this.capturedModules.push({ item: source.item, to })
      return { ...source, owner: this, item: { from: 'register', module: to } }
    }
    if (source.from !== 'register') return source
    const to = this.register('components')
    this.capturedComponents.push({ item: { from: 'register', component: source.register }, to })
    return { ...source, owner: this, register: to }
  }

  build(imports: readonly PlanImport[], exports: readonly PlanExport[]): Plan {
    this.#flush()
    return {
      modules: this.compilation.modules,
      instances: this.#instances,
      resources: [...this.#resources.keys()],
      signatures: this.#signatures,
      lifts: this.#lifts,
      imports,
      steps: this.#steps,
      exports,
      registers: this.#registers,
    }
  }
}

function mayNeedCoreFunctions(step: Step): boolean {
  switch (step.kind) {
    case 'resource.new':
    case 'resource.rep':
    case 'resource.drop':
    case 'unsupported':
      return false
    case 'define-resource':
      return step.destructor?.from === 'core-function'
    default:
      return true
  }
}
