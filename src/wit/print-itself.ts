import type { ExternType } from '../component/extern-type.ts'
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
  for (const part of partsOf(type)) printsItself(part)
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

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'function':
      return [...type.parameters.map((parameter) => parameter.type), ...defined(type.result)]
    case 'instance':
      return [...type.exports.values()]
    case 'component':
      return [...type.imports.values(), ...type.exports.values()]
    case 'type':
    case 'value':
      return [type.type]
    case 'core-module':
    case 'resource':
      return []
    default:
      return partsOfValue(type)
  }
}

function partsOfValue(type: ValueType): readonly Type[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type)
    case 'variant':
      return type.cases.flatMap((one) => defined(one.type))
    case 'tuple':
      return type.types
    case 'list':
      return [type.element]
    case 'stream':
    case 'future':
      return defined(type.element)
    case 'option':
      return [type.type]
    case 'result':
      return [...defined(type.ok), ...defined(type.error)]
    case 'map':
      return [type.key, type.value]
    case 'own':
    case 'borrow':
      return [type.resource]
    default:
      return []
  }
}

function defined<T>(part: T | undefined): readonly T[] {
  return part === undefined ? [] : [part]
}
