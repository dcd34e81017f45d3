import { forbiddenCharacters } from './forbidden-characters.ts'
import type { Stability } from './package.ts'

export interface Annotated {
  readonly docs: string | undefined
  readonly stability: Stability | undefined
  readonly externalId?: string | undefined
}

/** The lines before a definition: its docs, its gates, its external id. */
export function printAnnotations({ docs, stability, externalId }: Annotated): string[] {
  const id = externalId === undefined ? [] : [`@external-id(${quote(externalId)})`]
  return [...printDocs(docs), ...printGates(stability), ...id]
}

/** What may not stand in WIT becomes U+FFFD: docs of binary forms can be anything. */
export function printDocs(docs: string | undefined): string[] {
  const lines = docs?.split('\n').map((line) => line.replace(forbiddenCharacters, '\ufffd')) ?? []
  return lines.map((line) => (line === '' ? '///' : `/// ${line}`))
}

export function printGates(stability: Stability | undefined): string[] {
  if (stability === undefined) return []
  const { deprecated } = stability
  const gate =
    stability.kind === 'since'
      ? `@since(version = ${stability.version})`
      : `@unstable(feature = ${stability.feature})`
  return deprecated === undefined ? [gate] : [gate, `@deprecated(version = ${deprecated})`]
}

/** With escapes for what ends a string, and for what may not stand in one or in WIT at all. */
function quote(text: string): string {
  const escaped = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`
  const inner = text
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u0149\u0673\u0f77\u0f79\u17a3\u17a4\u17b4\u17b5]/gu, escaped)
  return `"${inner}"`
}
