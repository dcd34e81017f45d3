import type { FunctionType } from '../component/extern-type.ts'
import { partsOf } from '../component/type-parts.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { shapeOf } from './type-shape.ts'

/** What stands for a type elsewhere; undefined where nothing does. */
export type Counterpart = <T extends ValueType | ResourceType>(type: T) => T | undefined

/**
 * Whether two types are the same where names do not count: types of one model, or one of a model and one that `counterpart` leads from to
 * that model.
 */
export function sameType(
  a: ValueType | undefined,
  b: ValueType | undefined,
  counterpart: Counterpart = () => undefined,
): boolean {
  return isSame(a, b, counterpart, new Map())
}

/** @param same what was found to be so before: types share their parts, so that they can be far larger than their texts */
function isSame(
  a: ValueType | undefined,
  b: ValueType | undefined,
  counterpart: Counterpart,
  same: Map<ValueType, Set<ValueType>>,
): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return false
  if (same.get(a)?.has(b)) return true
  const other = counterpart(b)
  if (
    other !== undefined ? !isSame(a, other, () => undefined, same) : !haveSameParts(a, b, counterpart, same)
  )
    return false
  const known = same.get(a)
  if (known === undefined) same.set(a, new Set([b]))
  else known.add(b)
  return true
}

function haveSameParts(
  a: ValueType,
  b: ValueType,
  counterpart: Counterpart,
  same: Map<ValueType, Set<ValueType>>,
): boolean {
  if (shapeOf(a) !== shapeOf(b)) return false
  if (a.kind === 'own' || a.kind === 'borrow') {
    const { resource } = b as typeof a
    return a.resource === (counterpart(resource) ?? resource)
  }
  const parts = partsOf(b)
  return partsOf(a).every((part, index) => isSame(part, parts[index], counterpart, same))
}

/** The same for functions, of which parameters have names. */
export function sameFunction(a: FunctionType, b: FunctionType, counterpart?: Counterpart): boolean {
  return (
    a.async === b.async &&
    a.parameters.length === b.parameters.length &&
    a.parameters.every(({ name, type }, index) => {
      const other = b.parameters[index]!
      return name === other.name && sameType(type, other.type, counterpart)
    }) &&
    sameType(a.result, b.result, counterpart)
  )
}
