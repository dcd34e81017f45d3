/** What of a function's type an adapter depends on, as text: types of the same shape share their code. */
import { type DespecializedType, despecialize } from '../../abi/despecialize.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import { limits } from '../../component/limits.ts'
import type { ResourceType, ValueType } from '../../component/value-type.ts'

export interface Shape {
  readonly key: string
  /** The resources of the handles in it, in the order in which an adapter meets them: parameters, then the result. */
  readonly parameterHandles: readonly ResourceType[]
  readonly resultHandles: readonly ResourceType[]
  /** How many parts the types have. */
  readonly parts: number
  /** How many of the handles are borrows. */
  readonly borrows: number
  /** Parameters that are borrows: `[parameter, handle]`, each by its number. */
  readonly borrowed: readonly (readonly [parameter: number, handle: number])[]
  /** Parts that are allocated on their own: strings and lists. */
  readonly allocations: number
}

const shapes = new WeakMap<FunctionType, Shape | undefined>()

/** Undefined for a function that adapters are not written for: one with streams and the like, or one that is too large. */
export function shapeOf(type: FunctionType): Shape | undefined {
  if (!shapes.has(type)) shapes.set(type, new ShapeReader().read(type))
  return shapes.get(type)
}

class Unfit extends Error {}

class ShapeReader {
  #left: number = limits.generatedTypeParts
  #handles: ResourceType[] = []
  #borrows = 0
  #allocations = 0

  read({ parameters, result, async }: FunctionType): Shape | undefined {
    if (async) return undefined
    try {
      const borrowed: [parameter: number, handle: number][] = []
      const keys = parameters.map(({ type }, i) => {
        if (type.kind === 'borrow') borrowed.push([i, this.#handles.length])
        return this.#key(type)
      })
      const from = keys.join()
      const parameterHandles = this.#handles
      this.#handles = []
      const to = result === undefined ? '' : this.#key(result)
      const { length } = parameters
      return {
        key: `${length}(${from})${to}`,
        parameterHandles,
        resultHandles: this.#handles,
        parts: limits.generatedTypeParts - this.#left,
        borrows: this.#borrows,
        borrowed,
        allocations: this.#allocations,
      }
    } catch (error) {
      if (error instanceof Unfit) return undefined
      throw error
    }
  }

  #key(type: ValueType): string {
    if (--this.#left < 0) throw new Unfit()
    const plain: DespecializedType = despecialize(type)
    switch (plain.kind) {
      case 'string':
        this.#allocations++
        return plain.kind
      case 'list':
        if (plain.length === undefined) this.#allocations++
        return `${plain.length ?? ''}[${this.#key(plain.element)}]`
      case 'record':
        return `{${plain.fields.map((field) => this.#key(field.type)).join()}}`
      case 'variant':
        this.#left -= plain.cases.length
        return `<${plain.cases.map((one) => (one.type === undefined ? '' : this.#key(one.type))).join('|')}>`
      case 'flags':
        return `flags${plain.names.length}`
      case 'own':
      case 'borrow':
        this.#handles.push(plain.resource)
        if (plain.kind === 'borrow') this.#borrows++
        return plain.kind
      case 'error-context':
      case 'stream':
      case 'future':
        throw new Unfit()
      default:
        return plain.kind
    }
  }
}
