import type { WacAnalysis } from 'tenon/compose'
import type { Problem } from '../contract/workshop.ts'
import { limits } from './limits.ts'

type Diagnostic = WacAnalysis['problems'][number]

/** What texts are called where a place in them is told from places elsewhere. */
export const textName = 'composition.wac'

export function toProblems(diagnostics: readonly Diagnostic[]): Problem[] {
  return diagnostics.slice(0, limits.items).map(toProblem)
}

function toProblem({ message, labels, notes }: Diagnostic): Problem {
  // What is wrong with the WIT of a package has its place there.
  const [first, ...others] = labels.filter(({ source }) => source.name === textName)
  return {
    severity: 'error',
    start: first?.span.start ?? 0,
    end: first?.span.end ?? 0,
    message,
    notes,
    related: others.map(({ span, text }) => ({ start: span.start, end: span.end, text: text || 'see here' })),
  }
}

/** In one line, for a block or a wire. */
export function headline({ message, notes }: Diagnostic): string {
  const [note] = notes
  return note === undefined ? message : `${message}: ${note}`
}
