import { shortenWords } from '../diagnostics/shorten-words.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { WaveError } from '../errors.ts'

/** What is wrong at one place of a WAVE text; `other` is a second place that clashes with it. */
export function waveProblem(
  source: Source,
  span: Span,
  message: string,
  label = '',
  notes: readonly string[] = [],
  other?: { readonly span: Span; readonly text: string },
): WaveError {
  const labels = [{ source, span, text: shortenWords(label) }]
  if (other) labels.push({ source, ...other })
  return new WaveError({ message: shortenWords(message), labels, notes: notes.map(shortenWords) })
}
