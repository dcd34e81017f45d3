/** What people write because other languages have it so, and what WIT has for it; for the notes of messages. */
import { isLabel } from '../component/names.ts'

export const functionHabit = 'a function is written `name: func(…)`'

export const semicolonHabit = 'what ends with a brace has no `;` behind it'

/** Of types, in small letters. */
const types: ReadonlyMap<string, string> = new Map([
  ['array', 'list<…>'],
  ['boolean', 'bool'],
  ['byte', 'u8'],
  ['bytes', 'list<u8>'],
  ['double', 'f64'],
  ['float', 'f32'],
  ['float32', 'f32'],
  ['float64', 'f64'],
  ['hashmap', 'map<…>'],
  ['i16', 's16'],
  ['i32', 's32'],
  ['i64', 's64'],
  ['i8', 's8'],
  ['int', 's32'],
  ['integer', 's64'],
  ['long', 's64'],
  ['maybe', 'option<…>'],
  ['number', 'f64'],
  ['optional', 'option<…>'],
  ['promise', 'future<…>'],
  ['short', 's16'],
  ['str', 'string'],
  ['uint', 'u32'],
  ['uint8', 'u8'],
  ['usize', 'u32'],
  ['vec', 'list<…>'],
  ['vector', 'list<…>'],
])

/** What WIT calls a type that other languages have; undefined where it has none of that name. */
export function typeHabit(name: string): string | undefined {
  return types.get(name.toLowerCase())
}

const characters: ReadonlyMap<string, string> = new Map([
  ['?', 'what may be missing has the type `option<…>`'],
  ['[', 'a list is written `list<…>`, of a fixed length `list<…, 4>`'],
  ['&', 'a resource is lent as `borrow<…>`'],
  ['|', 'of several types a `variant` has one'],
  ['#', 'comments begin with `//`'],
  ["'", 'strings stand in double quotes'],
])

/** For a character that no token begins with. */
export function characterHabit(character: string): string | undefined {
  return characters.get(character)
}

/** `get-it` of `getIt` and `get_it`; undefined where that is no name. */
export function kebabCase(name: string): string | undefined {
  const words = name
    .slice(0, 100)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .split(/[-_]+/)
  const label = words
    .filter((word) => word !== '')
    .join('-')
    .toLowerCase()
  return isLabel(label) ? label : undefined
}

/** For what is defined under a name of its own, and stands where a type is used. */
export function definitionHabit(kind: string): string | undefined {
  const isDefined = ['record', 'variant', 'enum', 'flags', 'resource'].includes(kind)
  return isDefined
    ? `it is defined under a name of its own, \`${kind} name { … }\`, and used by that`
    : undefined
}
