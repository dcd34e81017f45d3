import { nearest } from '../diagnostics/nearest.ts'

/** The note below an error about a word that is none of `words`; none if nothing is like it. */
export function didYouMean(word: string, words: Iterable<string>): readonly string[] {
  const names = nearest(word, words)
  return names.length > 0 ? [`did you mean ${names.map((name) => `\`${name}\``).join(' or ')}?`] : []
}
