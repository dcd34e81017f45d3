import type { ResourceType, ValueType } from 'tenon'
import { printValue } from 'tenon/wave'
import { cutText } from './cut-text.ts'
import { cutValue, Room } from './cut-value.ts'

export type NameOfHandle = (handle: unknown, resource: ResourceType) => string

/** A value as WAVE of at most so many characters; where it was cut, it ends in `…` and says so. */
export function waveText(value: unknown, type: ValueType, most: number, nameOf?: NameOfHandle): string {
  const room = new Room(most)
  const text = printValue(cutValue(value, type, room), type, nameOf)
  if (!room.cut && text.length <= most) return text
  return `${cutText(text, most)}${text.length <= most ? '…' : ''} (cut)`
}
