/** What one step of undo brings back, what is saved, and what a link shares. */
import type { Layout } from '../contract/studio.ts'
import type { PackageSummary } from '../contract/workshop.ts'

export interface Snapshot {
  readonly text: string
  readonly layout: Layout
  readonly packages: readonly PackageSummary[]
}

/** The text of a new document. */
export const newText = 'package my:composition;\n'

/**
 * What a document calls itself: the name after `package`, or what is said of one without.
 *
 * @param text of any kind: what is no WAC has no name
 */
export function documentName(text: string): string {
  const withoutComments = text.slice(0, 10_000).replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
  return /^\s*package\s+([a-z%][\w:%-]{0,200})/.exec(withoutComments)?.[1]?.replaceAll('%', '') ?? 'unnamed'
}

/** The last part of a document's name, as a file's. */
export function fileStem(text: string): string {
  return (
    documentName(text)
      .split(':')
      .at(-1)!
      .replaceAll(/[^\w-]/g, '') || 'composition'
  )
}
