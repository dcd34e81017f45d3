import { refuse } from './malformed-plan.ts'

/** The registers of one kind that a Plan says it has, and what its steps have put into them so far. */
export class Registers<T> {
  /** In the singular: `core instance`. */
  readonly #kind: string
  readonly #count: number
  readonly #filled = new Map<number, T>()

  constructor(kind: string, count: number) {
    this.#kind = kind
    this.#count = count
  }

  /** @throws {TenonError} decode: there is no such register, or something is in it */
  fill(register: number, value: T): void {
    if (register >= this.#count)
      refuse(`unknown ${this.#kind} ${register}: there are registers for ${this.#count}`)
    if (this.#filled.has(register)) refuse(`the register for ${this.#kind} ${register} is filled twice`)
    this.#filled.set(register, value)
  }

  /** @throws {TenonError} decode: nothing is in it */
  get(register: number): T {
    if (!this.#filled.has(register)) refuse(`${this.#kind} ${register} is used before it is there`)
    return this.#filled.get(register)!
  }

  /**
   * All of them are filled in the end: instances make room for as many as the Plan says.
   *
   * @throws {TenonError} decode
   */
  checkFull(): void {
    if (this.#filled.size < this.#count)
      refuse(`registers for ${this.#count} ${this.#kind}s, of which ${this.#filled.size} are filled`)
  }
}
