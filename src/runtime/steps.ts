/** The steps of a Plan as closures over their constants. */
import type {
  Builtin,
  CoreArgument,
  CoreItem,
  DefineResource,
  InstantiateComponent,
  InstantiateCoreModule,
  MakeBuiltins,
  MakeLowers,
  MakeResourceBuiltin,
  PlanBuiltin,
  PlanLower,
  Step,
} from '../compile/plan.ts'
import { flattenFunction } from '../abi/flatten.ts'
import { pascalCase } from '../component/js-name.ts'
import { makeBuiltin } from './async/builtins/make-builtin.ts'
import { inSynchronousTask, reallocOfItsOwn, synchronousSignature } from './async/synchronous-task.ts'
import type { BackEnd, CanonicalContext, CoreFunction, DirectCall, LoweredFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { Execution } from './execution.ts'
import type { FunctionValue, HostValue } from './extern-value.ts'
import { GuestResource } from './guest-resource.ts'
import { anyMemory } from './memory-source.ts'
import { coreReader, functionReader, memoryReader, type Program, type Reader } from './program.ts'
import { resourceDrop, resourceNew, resourceRep } from './resource-builtins.ts'
import { bindLowered } from './switch.ts'

/** Returns a promise where guest code is suspended. */
export type Action = (execution: Execution) => Promise<unknown> | undefined

export function actionOf(program: Program, step: Step): Action {
  switch (step.kind) {
    case 'instantiate-core-module':
      return instantiateCoreModule(program, step)
    case 'lower':
      return makeLowers(program, step)
    case 'define-resource':
      return defineResource(program, step)
    case 'resource.new':
    case 'resource.drop':
    case 'resource.rep':
      return makeResourceBuiltin(step)
    case 'builtins':
      return makeBuiltins(program, step)
    case 'instantiate-component':
      return instantiateComponent(step)
    case 'unsupported':
      // A Program of a Plan with such steps is refused as a whole.
      return () => {}
  }
}

function instantiateCoreModule(program: Program, step: InstantiateCoreModule): Action {
  const { module, arguments: args, instance, to } = step
  const names = args.map(({ name }) => name)
  const readers = args.map(argumentReader)
  const callStart = startCaller(program)
  // One for all instances, which are made one after the other: the engine has read it before any code of the guest runs.
  // Without a prototype: a module may be named `__proto__`.
  const imports: WebAssembly.Imports = Object.create(null)
  return (execution) => {
    for (let i = 0; i < names.length; i++) imports[names[i]!] = readers[i]!(execution)
    const owner = execution.instances[instance]!
    const { module: linkable, memories, start } = execution.module(module).linkable
    if (memories) imports[memories.module] = execution.memories.take(memories, anyMemory)
    let exports: WebAssembly.Exports
    try {
      // A module that the host gave may have a start function still.
      exports = owner.async
        ? inSynchronousTask(owner, startSignature, () => coreExports(linkable, imports))()
        : coreExports(linkable, imports)
    } finally {
      for (let i = 0; i < names.length; i++) imports[names[i]!] = nothing
      if (memories) imports[memories.module] = nothing
    }
    execution.coreInstances[to] = exports
    return start === undefined ? undefined : callStart(execution, owner, exports[start] as CoreFunction)
  }
}

const nothing: WebAssembly.ModuleImports = Object.freeze({})

function coreExports(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Exports {
  return new WebAssembly.Instance(module, imports).exports
}

/** What runs a start function, as a task where its instance has tasks. */
function ofTask<T>(instance: ComponentInstance, run: () => T): () => T {
  return instance.async === undefined ? run : inSynchronousTask(instance, startSignature, run)
}

/** Calls what was the start function; through the promise view of a function that lifts it, where it may block. */
function startCaller({ backEnd }: Program) {
  return (execution: Execution, instance: ComponentInstance, start: CoreFunction) => {
    if (!instance.mayBlock) {
      ofTask(instance, start as () => void)()
      return undefined
    }
    return backEnd
      .lift(startSignature)({
        instance,
        memory: undefined,
        realloc: undefined,
        callee: start,
        postReturn: undefined,
        callback: undefined,
        resource: execution.resourceOf,
        typeOf: execution.typeOf,
        caller: undefined,
      })
      .promise()
  }
}

const startSignature = synchronousSignature('start')

function argumentReader(argument: CoreArgument): Reader<WebAssembly.ModuleImports> {
  if (argument.from === 'core-instance') {
    const { instance } = argument
    return (execution) => execution.coreInstances[instance]!
  }
  const names = argument.items.map(({ name }) => name)
  const readers = argument.items.map(({ item }) => coreReader(item))
  return (execution) => {
    const items: WebAssembly.ModuleImports = Object.create(null)
    for (let i = 0; i < names.length; i++) items[names[i]!] = readers[i]!(execution)
    return items
  }
}

function makeLowers(program: Program, { lowers }: MakeLowers): Action {
  const makers = lowers.map((lower) => makeLower(program, lower))
  const registers = lowers.map(({ to }) => to)
  return (execution) => {
    const made = makers.map((make) => make(execution))
    bindAll(program, made).forEach((core, i) => {
      execution.coreFunctions[registers[i]!] = core
    })
  }
}

function bindAll(program: Program, made: readonly MadeLower[]): readonly CoreFunction[] {
  const swappable = made.map(({ swappable }) => swappable?.())
  const fixed = made.filter((_, i) => swappable[i] === undefined)
  const fused = fuse(program, fixed)
  const throughJavaScript = fixed.filter((_, i) => fused[i] === undefined).map(({ lower }) => lower())
  const bound = bindLowered(throughJavaScript).values()
  const cores = fixed.map((_, i) => fused[i] ?? bound.next().value!).values()
  return swappable.map((core) => core ?? cores.next().value!)
}

interface MadeLower {
  readonly lower: () => LoweredFunction
  /** Where the callee is what another component lifts. */
  readonly direct: DirectCall | undefined
  /** Where the callee may be exchanged: binds a place for it. */
  readonly swappable?: (() => CoreFunction) | undefined
}

function fuse({ backEnd }: Program, made: readonly MadeLower[]): readonly (CoreFunction | undefined)[] {
  const calls = made.flatMap(({ direct }) => direct ?? [])
  if (calls.length === 0 || backEnd.fuse === undefined) return []
  const fused = backEnd.fuse(calls).values()
  return made.map(({ direct }) => direct && fused.next().value)
}

function makeLower(program: Program, lower: PlanLower): Reader<MadeLower> {
  const signature = program.plan.signatures[lower.signature]!
  const make = program.backEnd.lower(signature)
  const flat = flattenFunction(signature.type, signature.options, 'lower')
  const memory = lower.memory && memoryReader(lower.memory)
  const realloc = lower.realloc && functionReader(lower.realloc)
  const confined = program.confinement.of({ realloc: lower.realloc })
  const makeFor = (execution: Execution, callee: FunctionValue, isReplacement: boolean): MadeLower => {
    const instance = execution.instances[lower.instance]!
    const context: CanonicalContext = {
      instance,
      memory: memory?.(execution),
      realloc: realloc?.(execution),
      resource: execution.resourceOf,
      typeOf: execution.typeOf,
      ...confined,
    }
    const bound = (): LoweredFunction =>
      callee.target === undefined
        ? make({ ...context, callee: callee.call, target: undefined })
        : make({ ...context, callee: callee.liftFor(instance), target: callee.target })
    const guest = callee.target === undefined ? callee.exported : callee
    if (guest === undefined) return { lower: bound, direct: undefined }
    const direct: DirectCall = {
      lower: signature,
      lowerContext: context,
      lift: guest.signature,
      liftContext: guest.contextFor(callee.target && instance),
      slow: () => bound().plain as (...args: unknown[]) => unknown,
      parameters: flat.parameters.length,
      needsLeaveCheck: () => program.confinement.needsLeaveCheck(lower.instance),
      isReplacement,
    }
    return { lower: bound, direct }
  }
  return (execution) => {
    const callee = execution.function(lower.function)
    const made = makeFor(execution, callee, false)
    if (callee.target !== undefined || callee.swappable === undefined) return made
    const { swappable } = callee
    const make = (value: HostValue, isReplacement: boolean): CoreFunction =>
      bindAll(program, [makeFor(execution, value, isReplacement)])[0]!
    return { ...made, swappable: () => swappable.bind(execution.instances[lower.instance]!, flat, make) }
  }
}

function defineResource(program: Program, { resource, instance, destructor }: DefineResource): Action {
  const name = program.plan.resources[resource]!.name ?? `resource-${resource}`
  const className = pascalCase(name)
  const read = destructor && functionReader(destructor)
  return (execution) => {
    const owner = execution.instances[instance]!
    execution.resources[resource] = new GuestResource(
      name,
      className,
      owner,
      read?.(execution),
      execution.typeOf,
    )
  }
}

function makeBuiltins({ backEnd }: Program, { builtins }: MakeBuiltins): Action {
  const makers = builtins.map((builtin) => makeOneBuiltin(backEnd, builtin))
  return (execution) => {
    const made = makers.map((make) => make(execution))
    const bound = bindLowered(made.filter((one) => typeof one !== 'function')).values()
    made.forEach((one, i) => {
      execution.coreFunctions[builtins[i]!.to] = typeof one === 'function' ? one : bound.next().value!
    })
  }
}

function makeOneBuiltin(
  { elementValues }: BackEnd,
  { builtin, instance }: PlanBuiltin,
): Reader<CoreFunction | LoweredFunction> {
  const { memory, realloc, table } = builtinItems(builtin)
  const readMemory = memory && memoryReader(memory)
  const readRealloc = realloc && functionReader(realloc)
  const readTable = table && coreReader(table)
  return (execution) => {
    const owner = execution.instances[instance]!
    return makeBuiltin(builtin, {
      instance: owner,
      memory: readMemory?.(execution),
      realloc: reallocOfItsOwn(owner, readRealloc?.(execution)),
      resource: execution.resourceOf,
      elementValues,
      // Validation has seen that the item is a table.
      table: readTable?.(execution) as WebAssembly.Table | undefined,
    })
  }
}

/** The core items that a built-in names. */
function builtinItems(builtin: Builtin): {
  readonly [K in 'memory' | 'realloc' | 'table']?: CoreItem | undefined
} {
  if ('options' in builtin) return { memory: builtin.memory, realloc: builtin.realloc }
  if ('memory' in builtin) return { memory: builtin.memory }
  return 'table' in builtin ? { table: builtin.table } : {}
}

const resourceBuiltins = {
  'resource.new': resourceNew,
  'resource.rep': resourceRep,
  'resource.drop': resourceDrop,
}

function makeResourceBuiltin({ kind, resource, instance, to }: MakeResourceBuiltin): Action {
  const make = resourceBuiltins[kind]
  return (execution) => {
    execution.coreFunctions[to] = make(execution.instances[instance]!, execution.resources[resource]!)
  }
}

function instantiateComponent({ component, arguments: args, parent, exports }: InstantiateComponent): Action {
  return (execution) => {
    const value = execution.component(component)
    const { plan } = value.program
    const given = execution.externs(args)
    const instance = execution.instances[parent]!
    const child = value.instantiate({
      name: `${instance.name} (imported component)`,
      bind: (inner) => inner.bind(plan.imports, given),
      parent: instance,
    })
    const finish = (live: Execution): undefined => {
      execution.addChild(live)
      execution.bind(exports, live.externs(plan.exports))
    }
    return child instanceof Promise ? child.then(finish) : finish(child)
  }
}
