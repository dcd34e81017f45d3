/** Elements of streams and futures, moved by generated code: see `runtime/async/element-values.ts`. */
import { containsAsyncValue } from '../../abi/async-value.ts'
import { numberListClass } from '../../component/number-list.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { ElementMover, ElementValues } from '../../runtime/async/element-values.ts'
import type { CanonicalContext, CanonicalOptions } from '../../runtime/back-end.ts'
import type { Call, Factory } from './bind.ts'
import { LowerBinding, type Outline } from './binding.ts'
import { elementLoadSource, elementStoreSource } from './element-source.ts'
import { link } from './link.ts'
import { lowerMembers } from './lower-source.ts'
import { guestMemory } from './memory.ts'
import { TooLarge } from './source.ts'

export const glueElementValues: ElementValues = (element, options) => {
  if (numberListClass(element) !== undefined || containsAsyncValue(element)) return undefined
  const code = new ElementCode(element, options)
  return (context) => new GeneratedMover(code, context)
}

interface Factories {
  readonly load: Factory<LowerBinding>
  readonly store: Factory<LowerBinding>
}

/** Generated when the first element is moved. */
class ElementCode {
  readonly outline: Outline
  readonly #element: ValueType
  readonly #options: CanonicalOptions
  /** Null where they would be too large. */
  #factories: Factories | null | undefined

  constructor(element: ValueType, options: CanonicalOptions) {
    this.#element = element
    this.#options = options
    this.outline = {
      name: 'stream or future',
      parameters: [],
      leastArguments: 0,
      memory: (context, between) => guestMemory(context, options, between),
    }
  }

  get factories(): Factories | null {
    if (this.#factories === undefined) this.#factories = this.#generate()
    return this.#factories
  }

  #generate(): Factories | null {
    try {
      return {
        load: link(elementLoadSource(this.#element, this.#options), lowerMembers),
        store: link(elementStoreSource(this.#element, this.#options), lowerMembers),
      }
    } catch (error) {
      if (error instanceof TooLarge) return null
      throw error
    }
  }
}

class GeneratedMover implements ElementMover {
  readonly #code: ElementCode
  readonly #context: CanonicalContext
  #load: Call | undefined
  #loadBetween: Call | undefined
  #store: Call | undefined

  constructor(code: ElementCode, context: CanonicalContext) {
    this.#code = code
    this.#context = context
  }

  get works(): boolean {
    return this.#code.factories !== null
  }

  load(pointer: number, count: number, between: boolean): readonly unknown[] {
    const { load } = this.#code.factories!
    if (between) {
      this.#loadBetween ??= this.#bind(load, true)
      return this.#loadBetween(pointer, count) as unknown[]
    }
    this.#load ??= this.#bind(load, false)
    return this.#load(pointer, count) as unknown[]
  }

  store(pointer: number, values: readonly unknown[]): void {
    this.#store ??= this.#bind(this.#code.factories!.store, true)
    this.#store(pointer, values)
  }

  /** As what an import passes and returns: nothing of that is called. */
  #bind({ references, make }: Factory<LowerBinding>, between: boolean): Call {
    const target = between ? this.#context.instance : undefined
    return make(new LowerBinding(this.#code.outline, references, { ...this.#context, callee, target }))
  }
}

const callee = (): void => {}
