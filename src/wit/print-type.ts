import type { ResourceType, ValueType } from '../component/value-type.ts'
import { escapeKeyword } from './keywords.ts'

/**
 * The name under which WIT text in scope knows a type, if it does, without a `%`; types are compared by identity. Of a borrow
 * with `inBorrow` the name between its brackets, where one of the resource's names is meant.
 */
export type TypeNames = (type: ValueType | ResourceType, inBorrow?: boolean) => string | undefined

const noNames: TypeNames = () => undefined

/**
 * A type as WIT text in one line. Records, variants, enums, flags and resources need names in WIT; without `names`
 * they are spelled out (`record { x: u32 }`), which is for people's eyes only.
 *
 * @example
 * printType({ kind: 'list', element: { kind: 'u8' } }) // list<u8>
 */
export function printType(type: ValueType, names: TypeNames = noNames): string {
  const name = names(type)
  return name === undefined ? printStructure(type, names) : escapeKeyword(name)
}

/** The type spelled out one level, its parts by name where they have one. */
export function printStructure(type: ValueType, names: TypeNames = noNames): string {
  const print = (part: ValueType): string => printType(part, names)
  switch (type.kind) {
    case 'list':
      return type.length === undefined
        ? `list<${print(type.element)}>`
        : `list<${print(type.element)}, ${type.length}>`
    case 'record':
      return braces(
        'record',
        type.fields.map((field) => `${escapeKeyword(field.name)}: ${print(field.type)}`),
      )
    case 'tuple':
      return `tuple<${type.types.map(print).join(', ')}>`
    case 'variant':
      return braces(
        'variant',
        type.cases.map(({ name, type }) => `${escapeKeyword(name)}${type ? `(${print(type)})` : ''}`),
      )
    case 'enum':
    case 'flags':
      return braces(type.kind, type.names.map(escapeKeyword))
    case 'option':
      return `option<${print(type.type)}>`
    case 'result':
      return printResult(type.ok && print(type.ok), type.error && print(type.error))
    case 'map':
      return `map<${print(type.key)}, ${print(type.value)}>`
    case 'own':
      return printResource(type.resource, names)
    case 'borrow': {
      const name = names(type, true)
      return `borrow<${name === undefined ? printResource(type.resource, names) : escapeKeyword(name)}>`
    }
    case 'stream':
    case 'future':
      return type.element ? `${type.kind}<${print(type.element)}>` : type.kind
    default:
      return type.kind
  }
}

/**
 * A type for a message: spelled out, but cut after `length` characters. Types share their parts, so the whole text can
 * be far larger than the type.
 */
export function briefType(type: ValueType, length = 160): string {
  let room = length
  const text = printStructure(type, () => {
    room -= 4
    return room < 0 ? '…' : undefined
  })
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

function braces(keyword: string, parts: readonly string[]): string {
  return `${keyword} { ${parts.join(', ')} }`
}

function printResult(ok: string | undefined, error: string | undefined): string {
  if (error !== undefined) return `result<${ok ?? '_'}, ${error}>`
  return ok === undefined ? 'result' : `result<${ok}>`
}

function printResource(resource: ResourceType, names: TypeNames): string {
  const name = names(resource) ?? resource.name
  return name === undefined ? 'resource' : escapeKeyword(name)
}
