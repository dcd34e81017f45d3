/** Elements of streams and futures, moved by generated code: see `runtime/async/element-values.ts`. */
import { numberListClass } from '../../component/number-list.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { ElementValues } from '../../runtime/async/element-values.ts'
import type { CanonicalOptions } from '../../runtime/back-end.ts'
import { bindElements, type ElementCode, type ElementFactories } from './bind-elements.ts'
import type { Outline } from './binding.ts'
import { elementLoadSource, elementsName, elementStoreSource } from './element-source.ts'
import { link } from './link.ts'
import { lowerMembers } from './lower-source.ts'
import { guestMemory } from './memory.ts'
import { TooLarge } from './source.ts'

export const glueElementValues: ElementValues = (element, options) => {
  if (numberListClass(element) !== undefined) return undefined
  const code = new GeneratedElements(element, options)
  return (context) => bindElements(code, context)
}

/** Generated when the first element is moved. */
class GeneratedElements implements ElementCode {
  readonly outline: Outline
  readonly #element: ValueType
  readonly #options: CanonicalOptions
  #factories: ElementFactories | undefined
  #asked = false

  constructor(element: ValueType, options: CanonicalOptions) {
    this.#element = element
    this.#options = options
    this.outline = {
      name: elementsName,
      parameters: [],
      leastArguments: 0,
      memory: (context, between) => guestMemory(context, options, between),
    }
  }

  get factories(): ElementFactories | undefined {
    if (!this.#asked) this.#factories = this.#generate()
    this.#asked = true
    return this.#factories
  }

  #generate(): ElementFactories | undefined {
    try {
      return {
        load: link(elementLoadSource(this.#element, this.#options), lowerMembers),
        store: link(elementStoreSource(this.#element, this.#options), lowerMembers),
      }
    } catch (error) {
      if (error instanceof TooLarge) return undefined
      throw error
    }
  }
}
