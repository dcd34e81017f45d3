/** Draws numbers and names that depend on nothing but where the drawing began. */

const consonants = 'bcdfghklmnprstvz'
const vowels = 'aeiou'

export class RandomNames {
  #state: number
  readonly #given = new Set<string>()

  constructor(seed: number) {
    this.#state = seed
  }

  /** A whole number, `from` to `to`. */
  number(from: number, to: number): number {
    // "mulberry32"
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (to - from + 1))
  }

  one<T>(items: ArrayLike<T>): T {
    return items[this.number(0, items.length - 1)]!
  }

  /** `count` times what `make` makes. */
  many<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make)
  }

  /** A name in kebab case that was not given before, of one to three words. */
  label(): string {
    for (;;) {
      const label = this.many(this.number(1, 3), () => this.#word()).join('-')
      if (this.#given.has(label.toLowerCase())) continue
      this.#given.add(label.toLowerCase())
      return label
    }
  }

  /** The name of an interface. */
  interface(): string {
    const version = this.many(3, () => this.number(0, 30)).join('.')
    return `${this.label().toLowerCase()}:${this.label().toLowerCase()}/${this.label()}@${version}`
  }

  #word(): string {
    const syllables = this.number(1, 3)
    let word = ''
    for (let i = 0; i < syllables; i++) word += this.one(consonants) + this.one(vowels)
    return this.number(1, 20) === 1 ? word.toUpperCase() : word
  }
}
