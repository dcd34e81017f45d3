import { limits } from '../component/limits.ts'
import { DecodeError, type ErrorCode, ValidationError } from '../errors.ts'

/** A core module that cannot be read is found while validating, and stays a `DecodeError`. */
export type Problem = ValidationError | DecodeError

/** Thrown where a definition uses one that was found invalid before: nothing new to report. */
const consequence: unique symbol = Symbol('consequence of a reported problem')

/** A list of definitions that is being checked; where the one at hand is, is asked only where there is a problem. */
export interface Place {
  path(): readonly string[]
}

/**
 * Knows the place that is being checked, and makes its problems into errors. With a list to collect in, checking goes
 * on after a problem; without one, the first is thrown.
 */
export class Reporter {
  /** Of the definition at hand, in the file. */
  offset = 0
  /** How much further than where they were decoded the declarations at hand stand; see `RepeatedTypes` in `binary`. */
  shift = 0
  readonly #places: Place[] = []
  readonly #collected: Problem[] | undefined

  constructor(collected?: Problem[]) {
    this.#collected = collected
  }

  /** The sections that lead to the definition at hand, outermost first. */
  path(): string[] {
    return this.#places.flatMap((place) => place.path())
  }

  /** Reports a problem of the definition at hand, and leaves it. */
  refuse(problem: string, code: ErrorCode = 'validation'): never {
    throw new ValidationError(problem, this.offset, this.path(), code)
  }

  /** Leaves a definition that cannot be checked because of a problem that was reported elsewhere. */
  skip(): never {
    throw consequence
  }

  exceeds(what: string, limit: number): never {
    this.refuse(`${what} exceeds the limit of ${limit}`, 'limit')
  }

  /** From here on definitions are those of another list. Returns what {@link leave} wants back. */
  enter(place: Place): number {
    return this.#places.push(place) - 1
  }

  /** Back where {@link enter} was called, whatever was entered since. */
  leave(depth: number): void {
    this.#places.length = depth
  }

  /**
   * Takes an error that ended a check; throws it where nothing is collected, and what is no problem of the component. Where
   * there are too many problems, throws that.
   */
  collect(error: unknown): void {
    if (error === consequence && this.#collected) return
    if (!this.#collected || !(error instanceof ValidationError || error instanceof DecodeError)) throw error
    this.#collected.push(error)
    // An error of a limit, this one too, is the last anyway.
    if (this.#collected.length === limits.problems && error.code !== 'limit')
      this.exceeds('the count of problems', limits.problems)
  }
}
