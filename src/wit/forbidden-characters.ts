import type { Source } from '../diagnostics/source.ts'
import type { Problems } from './problems.ts'

/** What WIT.md, "Lexical structure", forbids everywhere, comments included. */
export const forbiddenCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u0149\u0673\u0f77\u0f79\u17a3\u17a4\u17b4\u17b5]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Reports control characters, those that change the direction of text, and those that Unicode deprecates. */
export function reportForbiddenCharacters(source: Source, problems: Problems): void {
  // Most texts have none: one search without matches to keep is as fast as it gets.
  if (source.text.search(forbiddenCharacters) === -1) return
  for (const { index, 0: character } of source.text.matchAll(forbiddenCharacters)) {
    const code = character.charCodeAt(0)
    problems.report(
      { source, span: { start: index, end: index + 1 } },
      `${describe(code)} U+${code.toString(16).toUpperCase().padStart(4, '0')} is not allowed in WIT`,
      { notes: ['remove it; comments may not contain it either'] },
    )
  }
}

function describe(code: number): string {
  if (code < 0xa0) return 'control character'
  if (code >= 0xd800 && code <= 0xdfff) return 'unpaired surrogate'
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
    ? 'bidirectional override'
    : 'deprecated character'
}
