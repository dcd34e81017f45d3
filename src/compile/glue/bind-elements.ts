/**
 * Code that moves elements of streams and futures as a mover of live objects (`runtime/async/element-values.ts`). As in `bind.ts`, it is not
 * said here where the code comes from.
 */
import type { ElementMover } from '../../runtime/async/element-values.ts'
import type { CanonicalContext } from '../../runtime/back-end.ts'
import type { Call, Factory } from './bind.ts'
import { LowerBinding, type Outline } from './binding.ts'

export interface ElementCode {
  readonly outline: Outline
  /** Undefined where they would be too large. */
  readonly factories: ElementFactories | undefined
}

/** What only reads never loads, and what only writes never stores. */
export interface ElementFactories {
  readonly load?: Factory<LowerBinding>
  readonly store?: Factory<LowerBinding>
}

export function bindElements(code: ElementCode, context: CanonicalContext): ElementMover {
  return new GeneratedMover(code, context)
}

/** Each function is bound when it is first called. */
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
    return this.#code.factories !== undefined
  }

  load(pointer: number, count: number, between: boolean): readonly unknown[] {
    const load = this.#code.factories!.load!
    if (between) {
      this.#loadBetween ??= this.#bind(load, true)
      return this.#loadBetween(pointer, count) as unknown[]
    }
    this.#load ??= this.#bind(load, false)
    return this.#load(pointer, count) as unknown[]
  }

  store(pointer: number, values: readonly unknown[]): void {
    this.#store ??= this.#bind(this.#code.factories!.store!, true)
    this.#store(pointer, values)
  }

  /** As what an import passes and returns: nothing of that is called. */
  #bind({ references, make }: Factory<LowerBinding>, between: boolean): Call {
    const target = between ? this.#context.instance : undefined
    return make(new LowerBinding(this.#code.outline, references, { ...this.#context, callee, target }))
  }
}

const callee = (): void => {}
