import { parseVersion } from '../component/semver.ts'
import type { Span } from '../diagnostics/span.ts'
import type { TokenReader } from './token-reader.ts'

/** A dot that nothing follows belongs to what comes after: `use a:b/c@1.0.0-rc.{d}`. */
const semver = /\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?/y

export interface VersionSyntax extends Span {
  readonly version: string
}

/** `valid-semver`: read as a whole, for its letters and digits are no tokens of WIT. */
export function parseVersionSyntax(tokens: TokenReader): VersionSyntax {
  const { start } = tokens
  semver.lastIndex = start
  const version = semver.exec(tokens.source.text)?.[0]
  if (version === undefined) return missingPart(tokens)
  const end = start + version.length
  const parsed = parseVersion(version)
  if ('problem' in parsed) tokens.report({ start, end }, parsed.problem)
  tokens.advanceTo(end)
  return { version, start, end }
}

export function parseOptionalVersion(tokens: TokenReader): VersionSyntax | undefined {
  return tokens.eat('@') ? parseVersionSyntax(tokens) : undefined
}

/** Says which part it is that is not there. */
function missingPart(tokens: TokenReader): never {
  const details = { notes: ['a version has three numbers, such as `1.0.0`'] }
  for (const part of ['integer', '.', 'integer', '.', 'integer'] as const) tokens.expect(part, details)
  return tokens.unexpected('a version without spaces')
}
