/** The steps of a Plan as closures over their constants. */
import type {
  CoreArgument,
  DefineResource,
  InstantiateComponent,
  InstantiateCoreModule,
  MakeLowers,
  MakeResourceBuiltin,
  PlanLower,
  Step,
} from '../compile/plan.ts'
import { pascalCase } from '../component/js-name.ts'
import type { CoreFunction, LoweredFunction, Signature } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { Execution } from './execution.ts'
import { GuestResource } from './guest-resource.ts'
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
  return (execution) => {
    // Without a prototype: a module may be named `__proto__`.
    const imports: WebAssembly.Imports = Object.create(null)
    for (let i = 0; i < names.length; i++) imports[names[i]!] = readers[i]!(execution)
    const owner = execution.instances[instance]!
    const { module: linkable, memories, start } = execution.module(module).linkable
    if (memories) imports[memories.module] = owner.memories.take(memories)
    const { exports } = new WebAssembly.Instance(linkable, imports)
    execution.coreInstances[to] = exports
    return start === undefined ? undefined : callStart(execution, owner, exports[start] as CoreFunction)
  }
}

/** Calls what was the start function; through the promise view of a function that lifts it, where it may block. */
function startCaller({ backEnd }: Program) {
  return (execution: Execution, instance: ComponentInstance, start: CoreFunction) => {
    if (!instance.mayBlock) {
      ;(start as () => void)()
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
        caller: undefined,
      })
      .promise()
  }
}

const startSignature: Signature = {
  name: 'start',
  type: { kind: 'function', async: false, parameters: [], result: undefined },
  options: { stringEncoding: 'utf8', pointer: 'i32', async: false, postReturn: false, callback: false },
}

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
    const bound = bindLowered(makers.map((make) => make(execution)))
    for (let i = 0; i < bound.length; i++) execution.coreFunctions[registers[i]!] = bound[i]!
  }
}

function makeLower(program: Program, lower: PlanLower): Reader<LoweredFunction> {
  const make = program.backEnd.lower(program.plan.signatures[lower.signature]!)
  const memory = lower.memory && memoryReader(lower.memory)
  const realloc = lower.realloc && functionReader(lower.realloc)
  return (execution) => {
    const instance = execution.instances[lower.instance]!
    const callee = execution.function(lower.function)
    return make({
      instance,
      memory: memory?.(execution),
      realloc: realloc?.(execution),
      resource: execution.resourceOf,
      callee: callee.target === undefined ? callee.call : callee.liftFor(instance),
      target: callee.target,
    })
  }
}

function defineResource(program: Program, { resource, instance, destructor }: DefineResource): Action {
  const name = program.plan.resources[resource]!.name ?? `resource-${resource}`
  const className = pascalCase(name)
  const read = destructor && functionReader(destructor)
  return (execution) => {
    const owner = execution.instances[instance]!
    execution.resources[resource] = new GuestResource(name, className, owner, read?.(execution))
  }
}

const builtins = {
  'resource.new': resourceNew,
  'resource.rep': resourceRep,
  'resource.drop': resourceDrop,
}

function makeResourceBuiltin({ kind, resource, instance, to }: MakeResourceBuiltin): Action {
  const make = builtins[kind]
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
      execution.children.push(live)
      execution.bind(exports, live.externs(plan.exports))
    }
    return child instanceof Promise ? child.then(finish) : finish(child)
  }
}
