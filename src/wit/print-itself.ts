import type { ExternType } from '../component/extern-type.ts'
import { partsOf } from '../component/type-parts.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { printFunction } from './print-function.ts'
import { printType } from './print-type.ts'

type Type = ExternType | ValueType | ResourceType

/**
 * Makes types print themselves, and all types that they consist of: `String(type)` is WIT text from then on.
 *
 * @example
 * const { parameters } = printsItself(add)
 * `${parameters[0].type}` // s32
 */
export function printsItself<T extends Type>(type: T): T {
  // Types are shared, and may contain each other very often: each is visited once.
  if (Object.hasOwn(type, 'toString')) return type
  Object.defineProperty(type, 'toString', { value: () => print(type) })
  for (const part of partsIn(type)) printsItself(part)
  return type
}

function print(type: Type): string {
  switch (type.kind) {
    case 'function':
      return printFunction(type)
    case 'instance':
      return `interface ${braces(type.exports)}`
    case 'component':
      return `component ${braces(new Map([...type.imports, ...type.exports]))}`
    case 'core-module':
      return 'core module'
    case 'type':
      return String(type.type)
    case 'value':
      return printType(type.type)
    case 'resource':
      return type.name ?? 'resource'
    default:
      return printType(type)
  }
}

function braces(items: ReadonlyMap<string, ExternType>): string {
  const members = Array.from(items, ([name, item]) => ` ${printMember(name, item)};`)
  return `{${members.join('')} }`
}

function printMember(name: string, item: ExternType): string {
  if (item.kind !== 'type') return `${name}: ${item}`
  if (item.type.kind === 'resource') return `resource ${name}`
  return `type ${name} = ${item}`
}

function partsIn(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'function':
      return [...type.parameters.map((parameter) => parameter.type), ...(type.result ? [type.result] : [])]
    case 'instance':
      return [...type.exports.values()]
    case 'component':
      return [...type.imports.values(), ...type.exports.values()]
    case 'type':
    case 'value':
      return [type.type]
    case 'own':
    case 'borrow':
      return [type.resource]
    case 'core-module':
    case 'resource':
      return []
    default:
      return partsOf(type)
  }
}
