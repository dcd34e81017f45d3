import { isTaggedOption } from './option-shape.ts'
import { partsOf } from './type-parts.ts'
import type { Case, ResourceType, ValueType } from './value-type.ts'
import { propertyNames } from './js-name.ts'

/** A handle somewhere in a value. */
export interface HandleInValue {
  readonly handle: object
  readonly resource: ResourceType
}

/**
 * The handles in a value that a function returned, in the order in which they are written.
 *
 * @example
 * handlesIn([file, 3], { kind: 'tuple', types: [{ kind: 'own', resource: blob }, { kind: 'u8' }] })
 * // [{ handle: file, resource: blob }]
 */
export function handlesIn(value: unknown, type: ValueType): readonly HandleInValue[] {
  if (resourcesIn(type).size === 0) return []
  switch (type.kind) {
    case 'own':
    case 'borrow':
      return [{ handle: value as object, resource: type.resource }]
    case 'list':
      return Array.from(value as Iterable<unknown>).flatMap((item) => handlesIn(item, type.element))
    case 'map':
      return Array.from(value as Map<unknown, unknown>).flatMap(([, item]) => handlesIn(item, type.value))
    case 'tuple':
      return type.types.flatMap((part, index) => handlesIn((value as readonly unknown[])[index], part))
    case 'record': {
      const properties = propertyNames(type.fields.map((field) => field.name))
      const record = value as Readonly<Record<string, unknown>>
      return type.fields.flatMap((field, index) => handlesIn(record[properties[index]!], field.type))
    }
    case 'variant':
      return inCase(value as Tagged, type.cases)
    case 'result':
      return inCase(value as Tagged, [
        { name: 'ok', type: type.ok },
        { name: 'err', type: type.error },
      ])
    case 'option':
      if (isTaggedOption(type)) return inCase(value as Tagged, [{ name: 'some', type: type.type }])
      return value === undefined ? [] : handlesIn(value, type.type)
    default:
      return []
  }
}

interface Tagged {
  readonly tag: string
  readonly val?: unknown
}

function inCase({ tag, val }: Tagged, cases: readonly Case[]): readonly HandleInValue[] {
  const type = cases.find((one) => one.name === tag)?.type
  return type ? handlesIn(val, type) : []
}

const known = new WeakMap<ValueType, ReadonlySet<ResourceType>>()

/** The resources that a value of the type may have handles of. */
export function resourcesIn(type: ValueType): ReadonlySet<ResourceType> {
  const found = known.get(type) ?? new Set(findResources(type))
  known.set(type, found)
  return found
}

function* findResources(type: ValueType): Iterable<ResourceType> {
  if (type.kind === 'own' || type.kind === 'borrow') yield type.resource
  for (const part of partsOf(type)) yield* resourcesIn(part)
}
