import { uniquenessKey } from '../../component/names.ts'
import type { WitFunction, WitInterface, WitWorld, WorldItem } from '../../wit/package.ts'
import type { Place, Problems } from '../../wit/problems.ts'

/**
 * Reports methods that are called as their resource is, or as each other but for case: as names of one instance they clash
 * (Explainer.md, "Name Uniqueness"), where WIT has nothing against them.
 */
export function refuseClashesInInterface(
  { types, functions, place }: WitInterface,
  problems: Problems,
): void {
  const seen = new Map<string, string>([...types.keys()].map((name) => [uniquenessKey(name), name]))
  for (const [name, one] of functions) check(seen, name, one, place, problems)
}

/** Of the functions of a world's resources. */
export function refuseClashesInWorld({ imports, exports, place }: WitWorld, problems: Problems): void {
  for (const items of [imports, exports]) {
    const seen = new Map<string, string>()
    for (const [name, item] of items) {
      if (item.kind === 'function') check(seen, name, item, place, problems)
      else seen.set(uniquenessKey(name), name)
      refuseInner(item, problems)
    }
  }
}

/** Interfaces that have a name were looked at where they are defined. */
function refuseInner(item: WorldItem, problems: Problems): void {
  if (item.kind === 'interface' && item.interface.name === undefined)
    refuseClashesInInterface(item.interface, problems)
}

function check(
  seen: Map<string, string>,
  name: string,
  one: WitFunction,
  around: Place | undefined,
  problems: Problems,
): void {
  const key = uniquenessKey(name)
  const other = seen.get(key)
  seen.set(key, name)
  const place = one.place ?? around
  if (other === undefined || other === name || place === undefined) return
  problems.report(place, `\`${name}\` and \`${other}\` are one name in a component`, {
    notes: ['a method cannot be called as its resource is: give it another name'],
  })
}
