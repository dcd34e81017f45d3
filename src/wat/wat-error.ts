import { shortenWords } from '../diagnostics/shorten-words.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { WatError } from '../errors.ts'

export function watError(
  source: Source,
  span: Span,
  message: string,
  notes: readonly string[] = [],
): WatError {
  return new WatError({
    message: shortenWords(message),
    labels: [{ source, span, text: '' }],
    notes: notes.map(shortenWords),
  })
}
