import { resourcesIn } from '../component/handles-in.ts'
import { propertyNames } from '../component/js-name.ts'
import { isTaggedOption } from '../component/option-shape.ts'
import type { BorrowType, Case, OwnType, ValueType } from '../component/value-type.ts'

type Replace = (handle: unknown, type: OwnType | BorrowType) => unknown

/** The value with other things in the places where its type has handles. What has no handles in it stays as it is. */
export function mapHandles(value: unknown, type: ValueType, replace: Replace): unknown {
  if (resourcesIn(type).size === 0) return value
  const map = (part: unknown, of: ValueType) => mapHandles(part, of, replace)
  switch (type.kind) {
    case 'own':
    case 'borrow':
      return replace(value, type)
    case 'list':
      return Array.from(value as Iterable<unknown>, (item) => map(item, type.element))
    case 'map':
      return new Map(
        Array.from(value as Map<unknown, unknown>, ([key, item]) => [key, map(item, type.value)]),
      )
    case 'tuple':
      return type.types.map((part, index) => map((value as readonly unknown[])[index], part))
    case 'record': {
      const properties = propertyNames(type.fields.map((field) => field.name))
      const record = value as Readonly<Record<string, unknown>>
      return Object.fromEntries(
        type.fields.map((field, index) => [properties[index]!, map(record[properties[index]!], field.type)]),
      )
    }
    case 'variant':
      return mapCase(value as Tagged, type.cases, replace)
    case 'result':
      return mapCase(
        value as Tagged,
        [
          { name: 'ok', type: type.ok },
          { name: 'err', type: type.error },
        ],
        replace,
      )
    case 'option':
      if (isTaggedOption(type)) return mapCase(value as Tagged, [{ name: 'some', type: type.type }], replace)
      return value === undefined ? undefined : map(value, type.type)
    default:
      return value
  }
}

interface Tagged {
  readonly tag: string
  readonly val?: unknown
}

function mapCase(value: Tagged, cases: readonly Case[], replace: Replace): Tagged {
  const type = cases.find((one) => one.name === value.tag)?.type
  return type ? { tag: value.tag, val: mapHandles(value.val, type, replace) } : value
}
