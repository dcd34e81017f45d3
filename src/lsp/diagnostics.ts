import type { CodeLabel } from '../diagnostics/code-frame.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Location, LspDiagnostic } from './protocol.ts'

/** Problems of a file, those that are found by looking at others, too. */
export function toDiagnostic(
  { message, labels, notes }: Diagnostic,
  locate: (label: CodeLabel) => Location,
): LspDiagnostic {
  const [first, ...others] = labels
  const related = others.map((label) => ({ location: locate(label), message: label.text || 'see here' }))
  return {
    range: locate(first!).range,
    severity: 1,
    source: 'tenon',
    message: [message, ...notes].join('\n'),
    relatedInformation: related,
  }
}
