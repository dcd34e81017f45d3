import { escapeKeyword } from '../../../wit/keywords.ts'

/** Words that WAC reserves beside those of WIT: other tools read them as keywords everywhere. */
const words: ReadonlySet<string> = new Set(['let', 'new', 'targets'])

/** A name as a text has it: with a `%` where it would be a keyword. */
export function written(name: string): string {
  return words.has(name) ? `%${name}` : escapeKeyword(name)
}
