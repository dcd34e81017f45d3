import { DecodeError, type ErrorCode, ValidationError } from '../errors.ts'

/** A core module that cannot be read is found while validating, and stays a `DecodeError`. */
export type Problem = ValidationError | DecodeError

/** Thrown where a definition uses one that was found invalid before: nothing new to report. */
const consequence: unique symbol = Symbol('consequence of a reported problem')

/**
 * Knows the place that is being checked, and makes its problems into errors. With a list to collect in, checking goes
 * on after a problem; without one, the first is thrown.
 */
export class Reporter {
  offset = 0
  readonly #path: string[] = []
  readonly #collected: Problem[] | undefined

  constructor(collected?: Problem[]) {
    this.#collected = collected
  }

  /** Reports a problem of the definition at hand, and leaves it. */
  refuse(problem: string, code: ErrorCode = 'validation'): never {
    throw new ValidationError(problem, this.offset, [...this.#path], code)
  }

  /** Leaves a definition that cannot be checked because of a problem that was reported elsewhere. */
  skip(): never {
    throw consequence
  }

  exceeds(what: string, limit: number): never {
    this.refuse(`${what} exceeds the limit of ${limit}`, 'limit')
  }

  /** Runs a check with a place of its own, the whole file's without a segment; true if it found nothing. */
  at(offset: number, segment: string | undefined, check: () => void): boolean {
    const outer = this.offset
    const depth = this.#path.length
    this.offset = offset
    if (segment !== undefined) this.#path.push(segment)
    try {
      check()
      return true
    } catch (error) {
      if (!this.#collected) throw error
      // What is too much will not become less by going on.
      if (error instanceof ValidationError && error.code === 'limit' && segment !== undefined) throw error
      if (error instanceof ValidationError || error instanceof DecodeError) this.#collected.push(error)
      else if (error !== consequence) throw error
      return false
    } finally {
      this.#path.length = depth
      this.offset = outer
    }
  }
}
