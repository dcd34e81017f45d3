/** What values of a function need of the instance on the core side. */
import type { PlanLift } from '../compile/plan.ts'
import type { FunctionType } from '../component/extern-type.ts'
import { partsOf } from '../component/type-parts.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { Signature } from '../runtime/back-end.ts'
import { typeFacts } from './check-type.ts'
import { refuse } from './malformed-plan.ts'

/** Whether one of them lies in memory in part. */
export function anyPointer(parameters: FunctionType['parameters']): boolean {
  return parameters.some(({ type }) => typeFacts(type).containsPointer)
}

/** Refuses a signature that has to have one of them and has not. */
export function needs(items: Pick<PlanLift, 'memory' | 'realloc'>, what: 'memory' | 'realloc'): void {
  if (!items[what]) refuse(`a signature that needs a ${what}, without one`)
}

/** The resource types that values of a function refer to. */
export function resourcesIn({ parameters, result }: FunctionType): ReadonlySet<ResourceType> {
  const resources = new Set<ResourceType>()
  const seen = new Set<ValueType>()
  const visit = (type: ValueType): void => {
    if (seen.has(type)) return
    seen.add(type)
    if (type.kind === 'own' || type.kind === 'borrow') resources.add(type.resource)
    partsOf(type).forEach(visit)
  }
  for (const { type } of parameters) visit(type)
  if (result) visit(result)
  return resources
}

/** Of what has a memory with such addresses, and moves no values through it. */
export function withoutValues(pointer: 'i32' | 'i64'): Signature {
  return {
    name: '',
    type: { kind: 'function', async: false, parameters: [], result: undefined },
    options: { stringEncoding: 'utf8', pointer, async: false, postReturn: false, callback: false },
  }
}
