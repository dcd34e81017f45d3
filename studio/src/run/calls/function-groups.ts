import type { ExportedFunction, ExportedInterface } from '../../contract/run.ts'
import { isRun } from '../../workshop/host-interfaces.ts'

export interface FunctionGroup {
  /** `docs:store/types`, `counter of docs:store/types`, or `The world`. */
  readonly label: string
  readonly functions: readonly ExportedFunction[]
}

/** Functions as they stand in a menu: by interface, those of a resource together. Commands' `run` has a button of its own. */
export function functionGroups(exports: readonly ExportedInterface[]): readonly FunctionGroup[] {
  return exports.flatMap(({ name, functions }) => {
    if (name !== undefined && isRun(name)) return []
    const owner = name ?? 'The world'
    const resources = new Set(functions.map(({ resource }) => resource))
    return [...resources].map((resource) => ({
      label: resource === undefined ? owner : `${resource} of ${owner}`,
      functions: functions.filter((one) => one.resource === resource),
    }))
  })
}

/** Functions that begin with a resource of this kind: its methods first, then whatever takes one. */
export function functionsFor(
  resource: string,
  exports: readonly ExportedInterface[],
): readonly ExportedFunction[] {
  const all = functionGroups(exports).flatMap(({ functions }) => functions)
  const methods = all.filter((one) => one.kind === 'method' && one.resource === resource)
  const others = all.filter(
    (one) =>
      !methods.includes(one) &&
      one.parameters.some(
        ({ type }) => (type.kind === 'own' || type.kind === 'borrow') && type.resource === resource,
      ),
  )
  return [...methods, ...others]
}

export function functionAt(
  exports: readonly ExportedInterface[] | undefined,
  path: readonly string[] | undefined,
): ExportedFunction | undefined {
  return exports
    ?.flatMap(({ functions }) => functions)
    .find((one) => one.path.length === path?.length && one.path.every((part, index) => part === path[index]))
}
