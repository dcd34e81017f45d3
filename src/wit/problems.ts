import type { CodeLabel } from '../diagnostics/code-frame.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { limits } from '../component/limits.ts'
import { WitError } from '../errors.ts'

/** Where something stands. */
export interface Place {
  readonly source: Source
  readonly span: Span
}

export interface ProblemDetails {
  /** Behind the carets. */
  readonly label?: string
  /** What else takes part: the other definition, the other end of a cycle. */
  readonly related?: readonly (Place & { readonly text: string })[]
  readonly notes?: readonly string[]
}

/** Names may be as long as the text. */
function inBounds(text: string): string {
  return text.length > limits.problemText ? `${text.slice(0, limits.problemText).toWellFormed()}…` : text
}

/** Collects what is wrong with WIT texts; stops at `limits.problems`. */
export class Problems {
  readonly #diagnostics: Diagnostic[] = []
  readonly #error: (diagnostics: readonly Diagnostic[]) => Error
  /** Names that may still be compared: each unknown name is compared with all that there are. */
  readonly #comparisons: { left: number }

  /** @param error what is thrown in the end */
  constructor(
    error: (diagnostics: readonly Diagnostic[]) => Error = (all) => new WitError(all),
    comparisons: { left: number } = { left: limits.comparedNames },
  ) {
    this.#error = error
    this.#comparisons = comparisons
  }

  /**
   * What a part of the work makes, and what it reports, which is kept by itself: `add` adds it. It may compare what this may.
   *
   * @throws where it is stopped because it has too much to report; that is added
   */
  part<T>(work: (own: Problems) => T): { readonly made: T; readonly reported: readonly Diagnostic[] } {
    const own = new Problems(this.#error, this.#comparisons)
    try {
      return { made: work(own), reported: own.#diagnostics }
    } catch (error) {
      this.add(own.#diagnostics)
      throw error
    }
  }

  /** What was reported elsewhere. */
  add(diagnostics: readonly Diagnostic[]): void {
    for (const one of diagnostics) this.#push(one)
  }

  get count(): number {
    return this.#diagnostics.length
  }

  report(place: Place, message: string, details: ProblemDetails = {}): void {
    const first: CodeLabel = { source: place.source, span: place.span, text: details.label ?? '' }
    const labels = [first, ...(details.related ?? [])]
    const notes = details.notes?.map(inBounds) ?? []
    this.#push({ message: inBounds(message), labels, notes })
  }

  /** Where two things clash, of which either may come from no text. */
  reportBetween(message: string, place: Place | undefined, other: Place | undefined): void {
    const first = place ?? other
    if (first !== undefined) {
      this.report(first, message, { related: place && other ? [{ ...other, text: 'the other' }] : [] })
      return
    }
    this.#push({ message, labels: [], notes: [] })
  }

  #push(diagnostic: Diagnostic): void {
    this.#diagnostics.push(diagnostic)
    if (this.#diagnostics.length >= limits.problems) this.throwIfAny()
  }

  /** `did you mean …?`, for notes; nothing where nothing is near, or much was compared before. */
  didYouMean(name: string, names: readonly string[]): string[] {
    const likely = this.nearest(name, names)
    return likely === undefined ? [] : [`did you mean \`${likely}\`?`]
  }

  /** Undefined where nothing is near, or much was compared before. */
  nearest(name: string, names: readonly string[]): string | undefined {
    if (this.#comparisons.left <= 0) return undefined
    this.#comparisons.left -= names.length
    return nearest(name, names)[0]
  }

  /** Puts what was reported since there were `start` into the order of the text: tokens are read ahead. */
  sort(start: number): void {
    const sorted = this.#diagnostics
      .splice(start)
      .sort((a, b) => a.labels[0]!.span.start - b.labels[0]!.span.start)
    this.#diagnostics.push(...sorted)
  }

  /** What is reported in all, with what `work` reports: also where that is stopped because there is too much of it. */
  during(work: () => void): readonly Diagnostic[] {
    try {
      work()
      this.throwIfAny()
    } catch (error) {
      if (error instanceof WitError) return error.diagnostics
      throw error
    }
    return []
  }

  throwIfAny(): void {
    if (this.#diagnostics.length > 0) throw this.#error(this.#diagnostics)
  }
}
