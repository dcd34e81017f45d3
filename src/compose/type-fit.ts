import type { ComponentType, ExternType } from '../component/extern-type.ts'
import type { TypeDifference } from '../errors.ts'
import { Reporter } from '../validation/reporter.ts'
import { Matching } from '../validation/subtyping.ts'
import { TypeStore } from '../validation/type-store.ts'
import { bindResources, openResources } from '../validation/bound-resources.ts'
import { typeDifference } from './type-difference.ts'

/**
 * Whether something could stand for an import, whichever resource types it will have to share with other imports then.
 *
 * @param from has the import
 * @returns the difference; undefined where there is none
 *
 * @example
 * const wanted = { kind: 'function', async: false, parameters: [], result: undefined }
 * const given = { ...wanted, parameters: [{ name: 'n', type: { kind: 'u8' } }] }
 * misfitOf(given, wanted, { imports: new Map([['log', wanted]]) }).reason // expected 0 parameters, found 1
 */
export function misfitOf(
  actual: ExternType,
  expected: ExternType,
  from: Pick<ComponentType, 'imports'>,
): TypeDifference | undefined {
  const store = new TypeStore(new Reporter(), 0)
  bindResources(store, actual)
  bindResources(store, expected)
  const words = new Matching(store, new Set(openResources(from.imports.values()))).extern(actual, expected)
  return words === undefined ? undefined : typeDifference(actual, expected, words)
}
