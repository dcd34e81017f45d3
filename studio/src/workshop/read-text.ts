import { analyzeWac, formatWac, type WacAnalysis, WacError } from 'tenon/compose'
import type { Analysis, Refusal } from '../contract/workshop.ts'
import { graphOf } from './graph.ts'
import { limits } from './limits.ts'
import type { PackageStore } from './package-store.ts'
import { Parts } from './parts.ts'
import { textName, toProblems } from './problems.ts'
import { refuse } from './refusal.ts'

/** A text that was looked at. */
export interface ReadText {
  readonly analysis: WacAnalysis
  readonly parts: Parts
}

/** Remembers the text that was looked at last: the page asks several things of it, one after the other. */
export class TextReader {
  readonly #store: PackageStore
  #last: (ReadText & { readonly text: string }) | undefined

  constructor(store: PackageStore) {
    this.#store = store
  }

  /** What packages there are has changed. */
  forget(): void {
    this.#last = undefined
  }

  read(text: string): ReadText {
    if (this.#last?.text !== text) {
      const analysis = analyzeWac({ name: textName, text }, this.#store.finder)
      this.#last = { text, analysis, parts: new Parts(analysis, this.#store) }
    }
    return this.#last
  }

  analyze(text: string): Analysis {
    const { analysis, parts } = this.read(text)
    const canBeDrawn = analysis.syntax !== undefined && (analysis.problems.length === 0 || parses(text))
    return {
      graph: canBeDrawn ? graphOf(analysis, parts) : undefined,
      problems: toProblems(analysis.problems),
      isComplete: analysis.problems.length === 0,
    }
  }
}

export function refuseLong(text: string): Refusal | undefined {
  if (text.length <= limits.text) return undefined
  return refuse(
    `a text has at most ${limits.text} characters here`,
    'compose parts of it first, each to a component of its own',
  )
}

/** A text that does not parse is half of what is meant: while it is typed, what was drawn stays. */
function parses(text: string): boolean {
  try {
    formatWac(text, textName)
    return true
  } catch (error) {
    if (error instanceof WacError) return false
    throw error
  }
}
