import type { Plan } from '../compile/plan.ts'
import { refuse } from './malformed-plan.ts'

/** Each but the first is inside of one that stands before it. */
export function checkInstances(instances: Plan['instances']): void {
  instances.forEach(({ parent, label }, index) => {
    // The first is the root, all others were instantiated by one before them.
    if ((index === 0) !== (parent === undefined) || (index === 0) !== (label === undefined))
      refuse(`instance ${index} is ${index === 0 ? 'the root' : 'not the root'}, against what is said of it`)
    if (parent !== undefined && parent >= index) refuse(`instance ${index} has the parent ${parent}`)
  })
  if (instances.length === 0) refuse('no root instance')
}
