import type { ValueType } from '../component/value-type.ts'

/** Value types by what they take the place of. */
export interface Replacements {
  get(type: ValueType): ValueType | undefined
  set(type: ValueType, by: ValueType): void
}

/**
 * Where the same types are replaced again and again, each time by others: their numbers are found out once, and a list takes less than
 * a map.
 */
export class NumberedReplacements implements Replacements {
  readonly #numbers: Map<ValueType, number>
  readonly #made: (ValueType | undefined)[]

  /** @param numbers shared; types are added as they are met */
  constructor(numbers: Map<ValueType, number>) {
    this.#numbers = numbers
    this.#made = new Array(numbers.size)
  }

  get(type: ValueType): ValueType | undefined {
    const number = this.#numbers.get(type)
    return number === undefined ? undefined : this.#made[number]
  }

  set(type: ValueType, by: ValueType): void {
    let number = this.#numbers.get(type)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(type, number)
    }
    this.#made[number] = by
  }
}
