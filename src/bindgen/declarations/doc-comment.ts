import type { Stability } from '../../wit/package.ts'

/** What is said of a definition, in the words of WIT. */
export interface Said {
  readonly docs: string | undefined
  readonly stability?: Stability | undefined
  /** Paragraphs of ours, below its own. */
  readonly notes?: readonly string[]
}

/**
 * Documentation of WIT as a comment that editors show: gates become tags. What would end the comment, or change how the text around
 * it is read, is written as an escape: packages come from anybody.
 *
 * @example
 * docComment({ docs: 'Ends the comment: *\/ here.' }) // ['/** Ends the comment: *\\/ here. *\/']
 */
export function docComment({ docs, stability, notes = [] }: Said): string[] {
  const paragraphs = [docs?.trim() ?? '', ...notes, tagsOf(stability)].filter((text) => text !== '')
  const lines = paragraphs.flatMap((text, i) => [...(i === 0 ? [] : ['']), ...text.split(/\r\n|[\r\n]/)])
  const safe = lines.map((line) => escapeText(line).trimEnd())
  if (safe.length === 0) return []
  if (safe.length === 1) return [`/** ${safe[0]} */`]
  return ['/**', ...safe.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */']
}

function tagsOf(stability: Stability | undefined): string {
  if (stability === undefined) return ''
  const { deprecated } = stability
  const gate =
    stability.kind === 'since'
      ? `@since ${stability.version}`
      : `@experimental unstable feature \`${stability.feature}\``
  return deprecated === undefined ? gate : `${gate}\n@deprecated since ${deprecated}`
}

/** Control characters, what turns the direction of text, and what ends a line in JavaScript but not in WIT. */
const unsafe = /[^\P{Cc}\t]|[\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu

function escapeText(line: string): string {
  return line.replaceAll('*/', '*\\/').replace(unsafe, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)
}
