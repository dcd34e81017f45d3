import type { FunctionType } from '../component/extern-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'

/**
 * Tells whether types are equal; resource types are equal only to themselves. Types share their parts, so each is looked
 * at once, however often it is compared. Labels were checked before: they need no quoting.
 */
export class Structures {
  readonly #numbers = new Map<string, number>()
  readonly #known = new Map<ValueType | FunctionType, number>()
  readonly #resources = new Map<ResourceType, number>()
  readonly #anyResource: boolean

  /** @param anyResource all resource types count as equal: those of two components are never the same objects */
  constructor(anyResource = false) {
    this.#anyResource = anyResource
  }

  equal(a: FunctionType, b: FunctionType): boolean {
    return a === b || this.#number(a) === this.#number(b)
  }

  #number(type: ValueType | FunctionType): number {
    const known = this.#known.get(type)
    if (known !== undefined) return known
    const number = numberOf(this.#numbers, this.#key(type))
    this.#known.set(type, number)
    return number
  }

  #key(type: ValueType | FunctionType): string {
    const part = (one: ValueType | undefined): string => (one ? String(this.#number(one)) : '-')
    const named = ({ name, type }: { readonly name: string; readonly type: ValueType | undefined }): string =>
      `${name} ${part(type)}`
    switch (type.kind) {
      case 'function':
        return `function ${type.async} ${type.parameters.map(named)} ${part(type.result)}`
      case 'record':
        return `record ${type.fields.map(named)}`
      case 'variant':
        return `variant ${type.cases.map(named)}`
      case 'tuple':
        return `tuple ${type.types.map(part)}`
      case 'list':
        return `list ${part(type.element)} ${type.length}`
      case 'flags':
      case 'enum':
        return `${type.kind} ${type.names}`
      case 'option':
        return `option ${part(type.type)}`
      case 'result':
        return `result ${part(type.ok)} ${part(type.error)}`
      case 'map':
        return `map ${part(type.key)} ${part(type.value)}`
      case 'stream':
      case 'future':
        return `${type.kind} ${part(type.element)}`
      case 'own':
      case 'borrow':
        return `${type.kind} ${this.#anyResource ? 0 : numberOf(this.#resources, type.resource)}`
      default:
        return type.kind
    }
  }
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, numbers.size)
  return numbers.size - 1
}
