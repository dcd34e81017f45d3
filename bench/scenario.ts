import type { ContestantName } from './contestants.ts'
import type { Contestant } from './values.ts'

/** One line of the table. */
export interface Scenario {
  readonly name: string
  /** How many times the hand-written time is still good, where there is a goal. */
  readonly goal?: number
  /** Or so many nanoseconds more than that: below them a ratio says little. */
  readonly orMore?: number
  /** Contestants that cannot do it. */
  readonly without?: readonly ContestantName[]
  /** How many operations one turn of the loop is, where it is more than one. */
  readonly operations?: number
  /**
   * True: each sample begins after a garbage collection. Where an operation leaves a memory behind, the dead ones of
   * the last sample would otherwise be paid for now or never, as luck has it. Elsewhere it would only cool things down.
   */
  readonly collectsFirst?: boolean
  /**
   * Returns the loop to be timed, which does the operation so many times and returns something that tells that it did:
   * all contestants must return the same.
   */
  prepare(contestant: Contestant): (times: number) => unknown
}
