import type { ResourceType, ValueType } from '../component/value-type.ts'

/** What names are given to, and what can be replaced. */
export type NamedType = ValueType | ResourceType

/** Types by what they take the place of. */
export interface Replacements {
  get(type: NamedType): NamedType | undefined
  set(type: NamedType, by: NamedType): void
}

/**
 * Where the same types are replaced again and again, each time by others: their numbers are found out once, and a list takes less than
 * a map.
 */
export class NumberedReplacements implements Replacements {
  readonly #numbers: Map<NamedType, number>
  readonly #made: (NamedType | undefined)[]

  /** @param numbers shared; types are added as they are met */
  constructor(numbers: Map<NamedType, number>) {
    this.#numbers = numbers
    this.#made = new Array(numbers.size)
  }

  get(type: NamedType): NamedType | undefined {
    const number = this.#numbers.get(type)
    return number === undefined ? undefined : this.#made[number]
  }

  set(type: NamedType, by: NamedType): void {
    let number = this.#numbers.get(type)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(type, number)
    }
    this.#made[number] = by
  }
}
