import { listValue } from '../component/number-list.ts'
import { propertyNames } from '../component/js-name.ts'
import { isTaggedOption } from '../component/option-shape.ts'
import type { ValueType } from '../component/value-type.ts'

/** Lists and strings that are longer are simplified by parts: fast-check would take their elements one by one. */
const long = 24

/**
 * The simplest value that fast-check would shrink to, but with lists, strings and maps as long as they are.
 *
 * @example
 * simplestLike([7, 8, 9], { kind: 'list', element: { kind: 's64' } }) // BigInt64Array.of(0n, 0n, 0n)
 */
export function simplestLike(value: unknown, type: ValueType): unknown {
  switch (type.kind) {
    case 'list':
      return listValue(
        type.element,
        Array.from(value as Iterable<unknown>, (item) => simplestLike(item, type.element)),
      )
    case 'string':
      return 'a'.repeat([...(value as string)].length)
    case 'tuple':
      return type.types.map((part, index) => simplestLike((value as unknown[])[index], part))
    case 'record': {
      const properties = propertyNames(type.fields.map((field) => field.name))
      const record = value as Record<string, unknown>
      return Object.fromEntries(
        properties.map((property, index) => [
          property,
          simplestLike(record[property], type.fields[index]!.type),
        ]),
      )
    }
    case 'flags':
      return Object.fromEntries(propertyNames(type.names).map((name) => [name, false]))
    case 'option':
      if (isTaggedOption(type) || value === undefined) return value
      return simplestLike(value, type.type)
    case 's64':
    case 'u64':
      return 0n
    case 'char':
      return 'a'
    case 'bool':
      return false
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 'f32':
    case 'f64':
      return 0
    default:
      return value
  }
}

/** The value with long lists and strings in it simplified: as a whole, by halves, by quarters, down to parts of `long` elements. */
export function* withSimplerParts(value: unknown, type: ValueType): Generator<unknown> {
  switch (type.kind) {
    case 'list': {
      const items = Array.from(value as Iterable<unknown>)
      const simple = Array.from(simplestLike(value, type) as Iterable<unknown>)
      for (const mixed of mixtures(items, simple)) yield listValue(type.element, mixed)
      return
    }
    case 'string': {
      const items = [...(value as string)]
      const simple = items.map(() => 'a')
      for (const mixed of mixtures(items, simple)) yield mixed.join('')
      return
    }
    case 'tuple': {
      const parts = value as readonly unknown[]
      for (const [index, part] of type.types.entries())
        for (const simpler of withSimplerParts(parts[index], part)) yield parts.with(index, simpler)
      return
    }
    case 'record': {
      const record = value as Record<string, unknown>
      const properties = propertyNames(type.fields.map((field) => field.name))
      for (const [index, property] of properties.entries())
        for (const simpler of withSimplerParts(record[property], type.fields[index]!.type))
          yield { ...record, [property]: simpler }
      return
    }
    case 'option':
      if (!isTaggedOption(type) && value !== undefined) yield* withSimplerParts(value, type.type)
      return
    default:
  }
}

/** Copies of `items` that have a part of `simple` in the same place, where that makes a difference. */
function* mixtures<T>(items: readonly T[], simple: readonly T[]): Generator<T[]> {
  if (items.length <= long) return
  for (let size = items.length; size >= long; size = Math.floor(size / 2)) {
    for (let start = 0; start < items.length; start += size) {
      const part = simple.slice(start, start + size)
      if (part.some((one, index) => !Object.is(one, items[start + index])))
        yield items.toSpliced(start, part.length, ...part)
    }
  }
}
