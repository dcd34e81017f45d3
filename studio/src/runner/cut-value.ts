/** Values with long lists and texts cut, so that a text of them stays short however large they are. */
import type { ValueType } from 'tenon'
import { isTaggedOption, propertyNames } from 'tenon/wave'

type Cases = readonly { readonly name: string; readonly type: ValueType | undefined }[]
type Tagged = { readonly tag: string; readonly val?: unknown }

/** How much room is left: characters, elements and fields count one each. */
export class Room {
  left: number
  /** Something was left out. */
  cut = false

  constructor(size: number) {
    this.left = size
  }

  /** How many of so many there is room for. */
  take(wanted: number): number {
    const taken = Math.min(wanted, Math.max(0, this.left))
    this.left -= wanted
    if (taken < wanted) this.cut = true
    return taken
  }
}

export function cutValue(value: unknown, type: ValueType, room: Room): unknown {
  switch (type.kind) {
    case 'string': {
      const text = value as string
      const most = room.take(text.length)
      // Without half of a surrogate pair at the end.
      return most === text.length ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')
    }
    case 'list': {
      const list = value as ArrayLike<unknown>
      const items: unknown[] = []
      while (items.length < list.length && room.take(1) === 1)
        items.push(cutValue(list[items.length], type.element, room))
      return items
    }
    case 'map': {
      const items = new Map<unknown, unknown>()
      for (const [key, item] of value as Map<unknown, unknown>) {
        if (room.take(1) === 0) break
        items.set(cutValue(key, type.key, room), cutValue(item, type.value, room))
      }
      return items
    }
    case 'tuple':
      return type.types.map((part, i) => cutValue((value as readonly unknown[])[i], part, room))
    case 'record': {
      const names = propertyNames(type.fields.map(({ name }) => name))
      const record = value as Readonly<Record<string, unknown>>
      return Object.fromEntries(
        type.fields.map((field, i) => [names[i]!, cutValue(record[names[i]!], field.type, room)]),
      )
    }
    case 'variant':
      return inCase(value as Tagged, type.cases, room)
    case 'result':
      return inCase(
        value as Tagged,
        [
          { name: 'ok', type: type.ok },
          { name: 'err', type: type.error },
        ],
        room,
      )
    case 'option':
      if (isTaggedOption(type)) return inCase(value as Tagged, [{ name: 'some', type: type.type }], room)
      return value === undefined ? undefined : cutValue(value, type.type, room)
    default:
      room.take(1)
      return value
  }
}

function inCase({ tag, val }: Tagged, cases: Cases, room: Room): Tagged {
  const type = cases.find(({ name }) => name === tag)?.type
  return type ? { tag, val: cutValue(val, type, room) } : { tag, val }
}
