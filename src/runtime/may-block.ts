/**
 * Which component instances may be suspended: known before any step is executed, because a lower is bound when its callee's
 * own imports may not be bound yet (a child calls a function of its parent, which reaches the host through a table that is
 * filled later).
 */
import type { FunctionItem, Plan, Step } from '../compile/plan.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { FunctionValue } from './extern-value.ts'
import { traitsOf } from './host-function.ts'
import type { RuntimeResource } from './resource.ts'

/** What the code of one instance of a Plan can call: instances share nothing but lifted functions and destructors. */
interface Reach {
  /** Of the same Plan. */
  readonly instances: ReadonlySet<number>
  /** Function registers. */
  readonly functions: ReadonlySet<number>
  /** Slots of resources that it drops, and that come from outside. */
  readonly resources: ReadonlySet<number>
}

interface Registers {
  readonly instances: readonly ComponentInstance[]
  /** What comes from components that are instantiated by a later step is not there yet. */
  readonly functions: readonly (FunctionValue | undefined)[]
  readonly resources: readonly (RuntimeResource | undefined)[]
}

/** By instance; worked out once for each Plan. */
export type PlanReach = readonly Reach[]

export function reachOf(plan: Plan): PlanReach {
  const reach = plan.instances.map(() => ({
    instances: new Set<number>(),
    functions: new Set<number>(),
    resources: new Set<number>(),
  }))
  const definers = definersOf(plan.steps)
  const calls = (instance: number, callee: FunctionItem): void => {
    if (callee.from === 'register') reach[instance]!.functions.add(callee.function)
    else reach[instance]!.instances.add(plan.lifts[callee.lift]!.instance)
  }
  for (const step of plan.steps) {
    if (step.kind === 'lower') for (const lower of step.lowers) calls(lower.instance, lower.function)
    if (step.kind !== 'resource.drop') continue
    const definer = definers.get(step.resource)
    if (definer === undefined) reach[step.instance]!.resources.add(step.resource)
    else reach[step.instance]!.instances.add(definer)
  }
  return reach
}

/** By slot of a resource type: the instance in which its destructor runs. */
function definersOf(steps: readonly Step[]): ReadonlyMap<number, number> {
  const definers = new Map<number, number>()
  for (const step of steps) {
    if (step.kind === 'define-resource') definers.set(step.resource, step.instance)
  }
  return definers
}

/** Whether a call from one instance to another of the same tree may have to wait. */
export function mayCallBlock(target: ComponentInstance, caller: ComponentInstance): boolean {
  // What contains the caller is not complete yet: who knows what it will import.
  return target.mayBlock || contains(target, caller)
}

function contains(outer: ComponentInstance, inner: ComponentInstance): boolean {
  for (let one = inner.parent; one; one = one.parent) if (one === outer) return true
  return false
}

/** Marks the instances that reach, directly or through others, something that may block. */
export function markBlocking(reach: PlanReach, registers: Registers): void {
  if (reach.some(reachesOutside) || registers.instances.some(isAsync)) markReaching(reach, registers)
}

function markReaching(reach: PlanReach, { instances, functions, resources }: Registers): void {
  const callers: number[][] = reach.map(() => [])
  const blocking: number[] = []
  const mark = (instance: number): void => {
    if (instances[instance]!.mayBlock) return
    instances[instance]!.mayBlock = true
    blocking.push(instance)
  }
  reach.forEach((one, instance) => {
    for (const callee of one.instances) callers[callee]!.push(instance)
    for (const register of one.functions) if (functionBlocks(functions[register])) mark(instance)
    for (const slot of one.resources) if (destructorBlocks(resources[slot])) mark(instance)
    if (instances[instance]!.async) mark(instance)
  })
  // It grows while it is walked.
  for (const instance of blocking) callers[instance]!.forEach(mark)
}

function isAsync({ async }: ComponentInstance): boolean {
  return async !== undefined
}

function reachesOutside({ functions, resources }: Reach): boolean {
  return functions.size > 0 || resources.size > 0
}

function functionBlocks(value: FunctionValue | undefined): boolean {
  if (value === undefined) return true
  return value.target === undefined ? traitsOf(value.call).blocks !== false : value.target.mayBlock
}

/** What the host implements is dropped under JavaScript, where nothing is suspended. */
function destructorBlocks(resource: RuntimeResource | undefined): boolean {
  if (resource === undefined) return true
  return resource.owner?.mayBlock ?? false
}
