import type { FunctionItem, Plan, PlanInstance } from './plan.ts'

/**
 * Marks the component instances whose code can reach something outside of the Plan: through a lowered import, or
 * through another instance that can. Instances share nothing but lifted functions and destructors, so these are all ways.
 */
export function markReach(
  plan: Plan,
  instances: { -readonly [K in keyof PlanInstance]: PlanInstance[K] }[],
): void {
  const callers: number[][] = instances.map(() => [])
  const reached: number[] = []
  const reach = (instance: number): void => {
    if (instances[instance]!.reachesOutside) return
    instances[instance]!.reachesOutside = true
    reached.push(instance)
  }
  const calls = (caller: number, callee: number | undefined): void => {
    if (callee === undefined) reach(caller)
    else callers[callee]!.push(caller)
  }

  const definers = definersOf(plan)
  for (const step of plan.steps) {
    if (step.kind === 'lower') {
      for (const lower of step.lowers) calls(lower.instance, instanceOf(plan, lower.function))
    } else if (step.kind === 'resource.drop') {
      calls(step.instance, definers.get(step.resource))
    }
  }
  for (const instance of reached) callers[instance]!.forEach(reach)
}

function instanceOf(plan: Plan, item: FunctionItem): number | undefined {
  return item.from === 'lift' ? plan.lifts[item.lift]!.instance : undefined
}

/** By slot of a resource type: the instance that defines it, in which its destructor runs. */
function definersOf(plan: Plan): ReadonlyMap<number, number> {
  const definers = new Map<number, number>()
  for (const step of plan.steps) {
    if (step.kind === 'define-resource') definers.set(step.resource, step.instance)
  }
  return definers
}
