import { type BackEnd, refuseAsync } from '../../runtime/back-end.ts'
import { canonLift } from './canon-lift.ts'
import { canonLower } from './canon-lower.ts'
import { literalTaskValues } from './task-values.ts'

/**
 * The interpreter of the canonical ABI, written like the specification's definitions.py, heading by heading. It is slow, and
 * the oracle of the property tests; it needs no generated code, so it also serves where a content security policy
 * forbids that.
 */
export const literal: BackEnd = {
  name: 'literal',
  lift(signature) {
    refuseAsync(signature)
    return (context) => canonLift(signature, context)
  },
  lower(signature) {
    refuseAsync(signature)
    return (context) => canonLower(signature, context)
  },
  taskValues: literalTaskValues,
}
