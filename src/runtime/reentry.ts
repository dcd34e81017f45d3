/**
 * Which component instances a call can leave and come back to before it has returned. A call from the host enters the root, so that
 * no other one gets in; where no call inside the tree can come back either, nobody needs to see that an instance is entered.
 */
import { limits } from '../component/limits.ts'
import type { Plan } from '../compile/plan.ts'
import type { PlanReach } from './may-block.ts'

/** By instance of the Plan. Where that takes too long to find out, or where there is more than the Plan says, all of them. */
export function reenterableInstances(plan: Plan, reach: PlanReach): readonly boolean[] {
  const { instances, steps } = plan
  const open =
    instances.length > limits.reentrySearch ||
    // Tasks that wait leave their instances to others.
    instances.some(({ async }) => async) ||
    // What is only known at run time may call whatever it is given.
    steps.some(({ kind }) => kind === 'instantiate-component')
  return instances.map((_, index) => open || returns(plan, reach, index))
}

/** Whether a way leads out of an instance and what is inside of it, and back in. */
function returns({ instances }: Plan, reach: PlanReach, index: number): boolean {
  const inside = instances.map(() => false)
  // Parents come before their children.
  instances.forEach(({ parent }, i) => {
    inside[i] = i === index || (parent !== undefined && inside[parent]!)
  })
  const reached = new Set(inside.flatMap((yes, i) => (yes ? [...reach[i]!.instances] : [])))
  // It grows while it is walked.
  for (const callee of reached) {
    if (inside[callee]) continue
    for (const next of reach[callee]!.instances) {
      if (inside[next]) return true
      reached.add(next)
    }
  }
  return false
}
