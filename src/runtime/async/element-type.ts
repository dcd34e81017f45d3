/** The element type of a stream or future, as two ends of one tree of instances compare it. */
import type { ResourceType, ValueType } from '../../component/value-type.ts'
import type { RuntimeResource } from '../resource.ts'

export interface ElementType {
  readonly type: ValueType | undefined
  /** Two ends have equal element types where they have equal numbers. */
  readonly number: number
  /** CanonicalABI.md, "Stream State", `none_or_number_type`. */
  readonly isNoneOrNumber: boolean
}

const numbers = new Set(['u8', 'u16', 'u32', 'u64', 's8', 's16', 's32', 's64', 'f32', 'f64'])

/** @param known the numbers that types of this tree of instances have, by what they consist of */
export function elementType(
  type: ValueType | undefined,
  resource: (type: ResourceType) => RuntimeResource,
  known: Map<string, number>,
): ElementType {
  return {
    type,
    number: type === undefined ? -1 : new Numbering(resource, known).numberOf(type),
    isNoneOrNumber: type === undefined || numbers.has(type.kind),
  }
}

let resourceCount = 0
const resourceNumbers = new WeakMap<RuntimeResource, number>()

function resourceNumber(resource: RuntimeResource): number {
  let number = resourceNumbers.get(resource)
  if (number === undefined) {
    number = resourceCount++
    resourceNumbers.set(resource, number)
  }
  return number
}

/** Gives equal types equal numbers, parts first: types share their parts, so that writing them out could be endless. */
class Numbering {
  readonly #resource: (type: ResourceType) => RuntimeResource
  readonly #known: Map<string, number>
  readonly #seen = new Map<ValueType, number>()

  constructor(resource: (type: ResourceType) => RuntimeResource, known: Map<string, number>) {
    this.#resource = resource
    this.#known = known
  }

  numberOf(type: ValueType): number {
    const seen = this.#seen.get(type)
    if (seen !== undefined) return seen
    const key = `${type.kind} ${this.#parts(type)}`
    const number = this.#known.get(key) ?? this.#known.size
    this.#known.set(key, number)
    this.#seen.set(type, number)
    return number
  }

  #parts(type: ValueType): string {
    const of = (one: ValueType | undefined): number => (one === undefined ? -1 : this.numberOf(one))
    switch (type.kind) {
      case 'list':
        return `${of(type.element)} ${type.length ?? ''}`
      case 'record':
        return JSON.stringify(type.fields.map((field) => [field.name, of(field.type)]))
      case 'variant':
        return JSON.stringify(type.cases.map((one) => [one.name, of(one.type)]))
      case 'tuple':
        return type.types.map(of).join()
      case 'enum':
      case 'flags':
        return JSON.stringify(type.names)
      case 'option':
        return `${of(type.type)}`
      case 'result':
        return `${of(type.ok)} ${of(type.error)}`
      case 'map':
        return `${of(type.key)} ${of(type.value)}`
      case 'own':
      case 'borrow':
        return `${resourceNumber(this.#resource(type.resource))}`
      case 'stream':
      case 'future':
        return `${of(type.element)}`
      default:
        return ''
    }
  }
}
